/// How much memory may be used and which keys go first.
package struct MemorySettings: Sendable, Equatable {
    /// `maxmemory` in bytes, 0 for no limit. Kept, not enforced yet.
    package var byteCountMax: UInt64 = 0
    package var policy = EvictionPolicy.noEviction
    /// How many keys a round of eviction looks at.
    package var sampleCount = 5
    /// `lfu-log-factor`.
    package var lfuLogFactor = 10
    /// `lfu-decay-time` in minutes, 0 for no decay.
    package var lfuDecayMinutes = 1

    package init() {}
}

/// Which keys are evicted when memory is full. The raw values are the words of `maxmemory-policy`, in Redis's order.
package enum EvictionPolicy: String, Sendable, CaseIterable {
    case volatileLRU = "volatile-lru"
    case volatileLFU = "volatile-lfu"
    case volatileRandom = "volatile-random"
    case volatileTTL = "volatile-ttl"
    case allKeysLRU = "allkeys-lru"
    case allKeysLFU = "allkeys-lfu"
    case allKeysRandom = "allkeys-random"
    case noEviction = "noeviction"

    /// Whether it chooses by how lately or how often keys were used.
    package var needsAccess: Bool {
        switch self {
        case .volatileLRU, .allKeysLRU, .volatileLFU, .allKeysLFU: true
        default: false
        }
    }

    /// Whether keys have a frequency counter instead of the time of their last access.
    package var isLFU: Bool { self == .volatileLFU || self == .allKeysLFU }
}

/// How often the server looks after itself, and how hard it seeks expired keys.
package struct ExpirySettings: Sendable, Equatable {
    /// Rounds of background work a second, 1 to 500.
    package var roundsPerSecond = 10
    /// `active-expire-effort`, 1 to 10.
    package var effort = 1

    package init() {}
}

/// What would be written to disk. Kept, not in force yet.
package struct PersistenceSettings: Sendable, Equatable {
    /// `save`: a snapshot after so many seconds with so many changes.
    package var savePoints: [SavePoint] = []
    package var isAppendOnly = false

    package init() {}
}

package struct SavePoint: Sendable, Equatable {
    package var seconds: Int
    package var changeCount: Int

    package init(seconds: Int, changeCount: Int) {
        self.seconds = seconds
        self.changeCount = changeCount
    }
}
