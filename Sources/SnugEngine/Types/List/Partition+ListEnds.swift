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
        let location = try listPlace(key)
        if let reference = quickList(at: location) {
            let table = reference.listTable
            let before = ValueFigures(reference, in: vocabulary)
            forEach { table.value.push(StringValue(reading: $0), at: end) }
            recount(reference, at: location, before: before)
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
        let location = try listPlace(key)
        guard location.isPresent else { return false }
        if let reference = quickList(at: location), reference.listTable.value.count > 1 {
            let before = ValueFigures(reference, in: vocabulary)
            reference.listTable.value.sequence.pop(atEnd: end == .right, body)
            recount(reference, at: location, before: before)
            if reference.listTable.value.reverts(limits) {
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

    /// What the record refers to if that is what OBJECT ENCODING calls a quicklist, to be changed under the limit of
    /// now.
    private func quickList(at location: PackedMap.Location) -> Reference? {
        guard location.isPresent else { return nil }
        let cell = location.cell
        guard cell.kind == .reference else { return nil }
        let reference = cell.reference
        guard reference.kind == .listTable, !reference.listTable.value.isListpack else { return nil }
        reference.listTable.value.sequence.limit = limits.listNode
        return reference
    }
}
