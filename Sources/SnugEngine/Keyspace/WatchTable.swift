internal import SnugMemory

/// Which keys of a database somebody watches, and how often they have changed since.
///
/// Two counters, because Redis lets a transaction pass when a key that was already expired at WATCH is merely reclaimed,
/// and refuses it when the key expired afterwards.
struct WatchTable {
    struct State {
        var watchers = 0
        var changes: UInt64 = 0
        var expirations: UInt64 = 0
    }

    private var states: [[UInt8]: State] = [:]

    @inline(__always)
    var isEmpty: Bool { states.isEmpty }
    var count: Int { states.count }
    var keys: [[UInt8]] { Array(states.keys) }

    mutating func add(_ key: [UInt8]) -> State {
        states[key, default: State()].watchers += 1
        return states[key] ?? State()
    }

    mutating func remove(_ key: [UInt8]) {
        guard var state = states[key] else { return }
        state.watchers -= 1
        states[key] = state.watchers > 0 ? state : nil
    }

    func state(of key: [UInt8]) -> State? { states[key] }

    mutating func noteChange(of key: [UInt8]) {
        states[key]?.changes += 1
    }

    mutating func noteExpiration(of key: [UInt8]) {
        states[key]?.expirations += 1
    }
}

/// What a session keeps of one WATCH, to be compared at EXEC.
package struct WatchToken: Sendable, Equatable {
    package let database: Int
    package let key: [UInt8]
    let changes: UInt64
    let expirations: UInt64
    let wasExpired: Bool
}

extension Partition {
    /// Starts watching `key` in the selected database. Every token must be given back by `unwatch`.
    package mutating func watch(_ key: RawSpan) -> WatchToken {
        let bytes = key.makeArray()
        let expired = isExpired(bytes, inDatabase: selected)
        let state = databases[selected].value.watches.add(bytes)
        return WatchToken(
            database: selected, key: bytes, changes: state.changes, expirations: state.expirations, wasExpired: expired)
    }

    package mutating func unwatch(_ token: WatchToken) {
        databases[token.database].value.watches.remove(token.key)
    }

    /// Whether the watched key has been changed or has expired since the token was made.
    package func hasChanged(since token: WatchToken) -> Bool {
        guard let state = databases[token.database].value.watches.state(of: token.key) else { return true }
        if state.changes != token.changes { return true }
        if token.wasExpired { return false }
        return state.expirations != token.expirations || isExpired(token.key, inDatabase: token.database)
    }

    /// Whether the key is there but past its time.
    private func isExpired(_ key: [UInt8], inDatabase index: Int) -> Bool {
        let bytes = key.rawBytes
        let hash = databases[index].value.entries.hash(of: bytes)
        guard let expiry = databases[index].value.entries.find(bytes, hash: hash)?.expiry else { return false }
        return expiry <= now
    }
}
