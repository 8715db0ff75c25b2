internal import SnugMemory

/// Lists: looking up, opening, putting back.
extension Partition {
    /// The list under `key`, or nil. Throws `wrongType`.
    package mutating func list(_ key: RawSpan, _ access: Access = .read) throws(EngineError) -> ListSource? {
        guard let cell = lookup(key, access)?.cell else { return nil }
        guard cell.valueType == .list else { throw .wrongType }
        return ListSource(cell)
    }

    /// How many elements the list under `key` has, 0 when there is none. Throws `wrongType`. Constant time, and a walk
    /// of a small list.
    package mutating func listCount(_ key: RawSpan) throws(EngineError) -> Int { try list(key)?.count ?? 0 }

    /// The list under `key`, or one without elements if there is none, to be changed. Throws `wrongType`.
    package mutating func openList(_ key: RawSpan) throws(EngineError) -> OpenList {
        open(listAt: try listPlace(key))
    }

    /// The list under `key`, to be changed, or nil. Throws `wrongType`.
    package mutating func openListIfPresent(_ key: RawSpan) throws(EngineError) -> OpenList? {
        let location = try listPlace(key)
        return location.isPresent ? open(listAt: location) : nil
    }

    /// Where the list under `key` is or would go. Throws `wrongType`.
    mutating func listPlace(_ key: RawSpan) throws(EngineError) -> PackedMap.Location {
        let location = locate(key, .write)
        if location.isPresent && location.cell.valueType != .list { throw .wrongType }
        return location
    }

    func open(listAt location: PackedMap.Location) -> OpenList {
        OpenList(OpenPlace(location, in: vocabulary), vocabulary, limits)
    }

    /// A list without elements that is to stand under `key`, whatever is there, which goes. The key will not expire.
    package mutating func openNewList(_ key: RawSpan) -> OpenList {
        if let location = lookup(key, .removal) {
            map.value.map.remove(at: location)
            noteChange(of: key, count: 0)
        }
        return open(listAt: locate(key, .peek))
    }

    /// Puts an open list back in which a command has made `changeCount` changes; an empty one is removed. `isTouched`
    /// is whether the key counts as changed for those who watch it although there was none.
    package mutating func closeList(
        _ key: RawSpan, _ list: inout OpenList, changeCount: Int, isTouched: Bool = false
    ) {
        if changeCount > 0 || list.change != nil { settle(&list) }
        if changeCount > 0 || isTouched { noteChange(of: key, count: changeCount) }
    }

    private mutating func settle(_ list: inout OpenList) {
        list.fit(limits)
        if let warning = list.nearLimit { noteNearLimit(of: .list, warning) }
        if let change = list.change { noteEncodingChange(of: .list, change) }
        let place = list.place
        guard list.count > 0 else {
            guard place.location.isPresent else { return }
            countOut(place)
            place.former?.release()
            map.value.map.remove(at: place.location, .settled)
            return
        }
        let vocabulary = vocabulary
        if case .table(let table) = list.form {
            list.handOverTable()
            return put(Reference(table), at: place)
        }
        let byteCount = vocabulary.value.listText.count
        let isInBlock = place.former?.kind == .compact
        if byteCount > (isInBlock ? ListForm.blockByteCountMin : CompactForm.packedByteCountMax) {
            put(blockReference(of: vocabulary.value.listText.bytes, instead: place.former), at: place)
        } else {
            countOut(place)
            place.former?.release()
            store(
                Payload(.compact, vocabulary.value.listText.bytes), expiry: place.location.expiry,
                at: place.location, keepsFormer: true, elements: list.compactFigures)
        }
    }

    // MARK: Moving

    /// Moves the element at one end of the list under `source` to an end of that under `destination`, which is made if
    /// there is none and may be the same; calls `body` with the element. False when there is no source. Throws
    /// `wrongType` before anything is changed.
    package mutating func moveElement(
        from source: RawSpan, _ end: ListEnd, to destination: RawSpan, _ other: ListEnd,
        _ body: (StringValue) -> Void
    ) throws(EngineError) -> Bool {
        guard let from = lookup(source, .write) else { return false }
        guard from.cell.valueType == .list else { throw .wrongType }
        if let to = lookup(destination, .write), to.cell.valueType != .list { throw .wrongType }
        let isSame = source.isEqual(to: destination)
        var list = try openList(source)
        let isCounted = !list.isQuickList
        let integer = take(from: &list, end, body)
        if !isSame {
            closeList(source, &list, changeCount: 1)
            list = try openList(destination)
        }
        push(integer, isCounted: isCounted, to: &list, other)
        if isSame {
            closeList(source, &list, changeCount: 1)
        } else {
            settle(&list)
            noteChange(of: destination, count: 0)
        }
        return true
    }

    /// Pops an element: an integer is returned, a text goes into the vocabulary's `elementText`.
    private func take(from list: inout OpenList, _ end: ListEnd, _ body: (StringValue) -> Void) -> Int64? {
        let vocabulary = vocabulary
        var integer: Int64?
        vocabulary.value.elementText.truncate(to: 0)
        list.pop(at: end) { element in
            body(element)
            switch copy element {
            case .integer(let value): integer = value
            case .bytes(let text): vocabulary.value.elementText.append(text)
            }
        }
        return integer
    }

    /// Pushes an element that has been taken. `isCounted` is whether an integer counts with its text towards the limit;
    /// Redis counts none that comes from a quicklist.
    private func push(_ integer: Int64?, isCounted: Bool, to list: inout OpenList, _ end: ListEnd) {
        if let integer {
            list.prepare(forAdding: 1, byteCount: isCounted ? decimalByteCount(integer) : 0)
            return list.push(.integer(integer), at: end)
        }
        let text = vocabulary.value.elementText.bytes
        list.prepare(forAdding: 1, byteCount: text.byteCount)
        list.push(.bytes(text), at: end)
    }
}
