internal import SnugMemory

/// Lists as queues: elements come and go at the ends. A quicklist is changed where it stands, without being opened.
extension Partition {
    /// Adds elements at one end of the list under `key`; without one it is made, unless `onlyIfPresent`. `forEach`
    /// calls its argument with each of the `addedCount` elements, which is at least one; their texts have `byteCount`
    /// bytes together. Returns how many elements there are then, 0 for no list. Throws `wrongType`.
    package mutating func push(
        _ addedCount: Int, byteCount: Int, to key: RawSpan, _ end: ListEnd, onlyIfPresent: Bool,
        forEach: ((RawSpan) -> Void) -> Void
    ) throws(EngineError) -> Int {
        let location = locate(key, .write)
        if let table = try quickList(at: location) {
            let before = ValueFigures(quickList: table)
            forEach { table.value.push(StringValue(reading: $0), at: end) }
            recount(table, at: location, before: before)
            noteChange(of: key, count: addedCount)
            return table.value.count
        }
        if !location.isPresent && onlyIfPresent { return 0 }
        var list = open(listAt: location)
        list.prepare(forAdding: addedCount, byteCount: byteCount)
        forEach { list.push($0, at: end) }
        let count = list.count
        closeList(key, &list, changeCount: addedCount)
        return count
    }

    /// Removes the element at one end of the list under `key` and calls `body` with it before. False when there is no
    /// list. Throws `wrongType`.
    package mutating func pop(
        from key: RawSpan, _ end: ListEnd, _ body: (StringValue) -> Void
    ) throws(EngineError) -> Bool {
        let location = locate(key, .write)
        guard location.isPresent else { return false }
        if let table = try quickList(at: location), table.value.count > 1 {
            let before = ValueFigures(quickList: table)
            table.value.sequence.pop(atEnd: end == .right, body)
            recount(table, at: location, before: before)
            if table.value.reverts(limits) {
                var list = open(listAt: location)
                list.noteRemoval()
                closeList(key, &list, changeCount: 1)
            } else {
                noteChange(of: key)
            }
            return true
        }
        var list = open(listAt: location)
        list.pop(at: end, body)
        closeList(key, &list, changeCount: 1)
        return true
    }

    /// The table of the record if that is what OBJECT ENCODING calls a quicklist, to be changed under the limit of now.
    /// Throws `wrongType` unless the record is a list or not there.
    @inline(__always)
    private func quickList(at location: PackedMap.Location) throws(EngineError) -> Box<ListTable>? {
        guard location.isPresent else { return nil }
        let cell = location.cell
        if cell.kind == .reference && cell.reference.kind == .listTable {
            let table = cell.reference.listTable
            if table.value.isListpack { return nil }
            table.value.sequence.limit = limits.listNode
            return table
        }
        if cell.valueType != .list { throw .wrongType }
        return nil
    }

    @inline(__always)
    private func recount(_ table: Box<ListTable>, at location: PackedMap.Location, before: ValueFigures) {
        map.value.map.recount(before, as: ValueFigures(quickList: table), template: location.head?.template)
    }
}
