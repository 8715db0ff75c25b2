internal import SnugMemory

/// When a key expires.
package enum KeyExpiry: Sendable, Equatable {
    /// There is no such key.
    case noKey
    /// The key does not expire.
    case never
    /// Milliseconds since 1970.
    case at(Int64)
}

/// On which former expiry a new one depends. A key that does not expire counts as one that expires last of all.
package struct ExpiryCondition: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The key has none.
    package static let none = ExpiryCondition(rawValue: 1 << 0)
    /// The key has one.
    package static let some = ExpiryCondition(rawValue: 1 << 1)
    /// The new one is later.
    package static let later = ExpiryCondition(rawValue: 1 << 2)
    /// The new one is earlier.
    package static let earlier = ExpiryCondition(rawValue: 1 << 3)

    func allows(_ new: Int64, instead former: Int64?) -> Bool {
        if contains(.none) && former != nil { return false }
        if contains(.some) && former == nil { return false }
        if contains(.later) {
            guard let former, new > former else { return false }
        }
        if contains(.earlier), let former, new >= former { return false }
        return true
    }
}

/// Expiry of single keys.
extension Partition {
    /// When the key expires.
    package mutating func expiry(of key: RawSpan, _ access: Access = .readWithoutUse) -> KeyExpiry {
        guard let location = lookup(key, access) else { return .noKey }
        return location.expiry.map { .at($0) } ?? .never
    }

    /// Makes the key expire at `time`, milliseconds since 1970; a time that is past removes it at once. False when
    /// there is no such key or the condition does not hold.
    package mutating func setExpiry(of key: RawSpan, to time: Int64, if condition: ExpiryCondition = []) -> Bool {
        guard let location = lookup(key, .write), condition.allows(time, instead: location.expiry) else { return false }
        if time <= now {
            map.value.map.remove(at: location)
        } else {
            let vocabulary = vocabulary
            vocabulary.value.noteExpiry(now: now)
            map.value.map.setExpiry(time, at: location)
        }
        noteChange(of: key)
        return true
    }

    /// Makes the key stay. False when there is no such key or it does not expire.
    package mutating func persist(_ key: RawSpan) -> Bool {
        guard let location = lookup(key, .write), location.expiry != nil else { return false }
        map.value.map.setExpiry(nil, at: location)
        noteChange(of: key)
        return true
    }
}
