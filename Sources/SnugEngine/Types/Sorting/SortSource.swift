internal import SnugMemory

/// What SORT sorts: a list, a set or a sorted set that has been looked up. Valid until a map of the partition changes.
package enum SortSource: ~Copyable {
    case list(ListSource)
    case set(SetSource)
    case sortedSet(OpenSortedSet)

    package var count: Int {
        switch self {
        case .list(let list): list.count
        case .set(let set): set.count
        case .sortedSet(let set): set.count
        }
    }

    /// Whether the elements have no order of their own.
    package var isSet: Bool {
        switch self {
        case .set: true
        case .list: false
        case .sortedSet: false
        }
    }

    /// Copies the elements of these numbers, which must be there, in the order of the list or sorted set, or from its
    /// end on.
    package func elements(_ range: Range<Int>, reversed: Bool = false) -> SortElements {
        var elements = SortElements()
        switch self {
        case .list(let list):
            let count = list.count
            list.forEach(reversed ? count - range.upperBound..<count - range.lowerBound : range, reversed: reversed) {
                element in element.withBytes { elements.append($0) }
            }
        case .set(let set):
            var index = 0
            set.forEach { member in
                if range.contains(index) { member.withBytes { elements.append($0) } }
                index += 1
            }
        case .sortedSet(let set):
            let count = set.count
            let ranks = reversed ? count - range.upperBound..<count - range.lowerBound : range
            set.forEach(ranks: ranks, reversed: reversed) { member, _ in elements.append(member) }
        }
        return elements
    }
}

extension Partition {
    /// The list, set or sorted set under `key`, or nil. Throws `wrongType`.
    package mutating func sortSource(_ key: RawSpan) throws(EngineError) -> SortSource? {
        guard let cell = lookup(key, .read)?.cell else { return nil }
        switch cell.valueType {
        case .list: return .list(ListSource(cell))
        case .set: return .set(SetSource(cell))
        case .sortedSet: return .sortedSet(OpenSortedSet(cell, vocabulary, limits))
        default: throw .wrongType
        }
    }

    /// Stores elements of these numbers as a list under `key`, whatever was there; without elements the key is removed.
    /// The key does not expire.
    package mutating func storeList(_ elements: borrowing SortElements, _ range: Range<Int>, under key: RawSpan) {
        guard !range.isEmpty else {
            _ = delete(key)
            return
        }
        var list = openNewList(key)
        for index in range {
            list.prepare(forAdding: 1, byteCount: elements[index].byteCount)
            list.push(elements[index], at: .right)
        }
        closeList(key, &list, changeCount: range.count)
    }
}
