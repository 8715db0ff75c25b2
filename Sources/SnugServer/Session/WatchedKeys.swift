internal import SnugEngine
internal import SnugMemory

/// The keys that one session watches. A key is watched once however often WATCH names it.
package struct WatchedKeys {
    private struct Place: Hashable {
        let database: Int
        let key: [UInt8]
    }

    private var tokens: [Place: WatchToken] = [:]

    package var count: Int { tokens.count }
    package var isEmpty: Bool { tokens.isEmpty }

    /// Bytes of the keys and of what is kept beside them.
    package var byteCount: Int {
        let fixed = MemoryLayout<Place>.stride + MemoryLayout<WatchToken>.stride
        return tokens.capacity * fixed + tokens.keys.reduce(0) { $0 + $1.key.count }
    }

    /// Watches `key` of the partition's selected database from now on. Constant time.
    mutating func add(_ key: RawSpan, _ partition: inout Partition) {
        let place = Place(database: partition.selected, key: key.makeArray())
        guard tokens[place] == nil else { return }
        tokens[place] = partition.watch(key)
    }

    /// Gives every token back to the partition.
    mutating func removeAll(_ partition: inout Partition) {
        guard !tokens.isEmpty else { return }
        for token in tokens.values { partition.unwatch(token) }
        tokens = [:]
    }

    /// Whether one of the keys has changed or expired since it was first watched. Costs a look at each key.
    func haveChanged(in partition: borrowing Partition) -> Bool {
        for token in tokens.values where partition.hasChanged(since: token) { return true }
        return false
    }
}

extension Session {
    /// Forgets the watched keys.
    func unwatchAll(_ partition: inout Partition) {
        watches.removeAll(&partition)
    }
}
