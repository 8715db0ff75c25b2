internal import SnugMemory

/// What works on whole databases.
extension Partition {
    /// Removes all keys of a database and returns how many they were, those past their time included. Transactions that
    /// watch one of them fail. Costs as much as there are keys.
    package mutating func flush(database index: Int) -> Int {
        databases[index].value.watches.noteChanges { isLive($0, inDatabase: index) }
        let removed = databases[index].value.map.count
        databases[index].value.map = PackedMap(vocabulary: vocabulary, countsShapes: true)
        databases[index].value.expiryPack = 0
        changeCount &+= UInt64(removed)
        return removed
    }

    /// Removes all keys of all databases; returns how many they were.
    package mutating func flushAll() -> Int {
        var removed = 0
        for index in 0..<databaseCount { removed += flush(database: index) }
        return removed
    }

    /// Exchanges the contents of two databases. Watches stay with their database, and fail when the key is there before
    /// or after. Throws `noSuchDatabase`. Costs as much as keys are watched.
    package mutating func swapDatabases(_ first: Int, _ second: Int) throws(EngineError) {
        guard databases.indices.contains(first), databases.indices.contains(second) else { throw .noSuchDatabase }
        changeCount &+= 1
        guard first != second else { return }
        for index in [first, second] {
            databases[index].value.watches.noteChanges { key in
                isLive(key, inDatabase: first) || isLive(key, inDatabase: second)
            }
        }
        databases.swapAt(first, second)
        let (left, right) = (databases[first], databases[second])
        swap(&left.value.watches, &right.value.watches)
    }
}
