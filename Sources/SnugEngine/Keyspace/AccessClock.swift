/// The 24 bits of access data that a record may have, for OBJECT IDLETIME and FREQ and for eviction.
///
///     LRU   24 bits: seconds, modulo 2^24 (194 days)
///     LFU   16 bits: minutes of the last decay, modulo 2^16; 8 bits: logarithmic counter
///
/// The counter's growth and decay follow the public description of Redis's LFU: a hit counts with a chance of
/// 1 / ((counter - 5) * factor + 1), and it loses one for every `decayMinutes` without a hit.
package struct AccessClock: Sendable {
    package var isLFU = false
    /// Whether eviction goes by access data.
    package var isNeeded = false
    /// Whether somebody has asked for access data, and so may ask again.
    package var isAsked = false
    /// Databases of fewer keys keep access data in any case. Tests make it small.
    var keyCountAlwaysKept = 10_000
    /// `lfu-log-factor`.
    package var logFactor = 10
    /// `lfu-decay-time`, minutes; 0 means no decay.
    package var decayMinutes = 1

    static let initialCounter: UInt32 = 5
    private static let mask: UInt32 = 0xff_ffff

    /// The access data of an entry that is made at `now` (milliseconds since 1970).
    func initial(now: Int64) -> UInt32 {
        isLFU ? minutes(now) << 8 | Self.initialCounter : seconds(now)
    }

    /// The access data after an access at `now`.
    func touched(_ access: UInt32, now: Int64, random: inout RandomSource) -> UInt32 {
        guard isLFU else { return seconds(now) }
        var counter = decayedCounter(access, now: now)
        if counter < 255 {
            let base = counter > Self.initialCounter ? counter - Self.initialCounter : 0
            let chance = UInt64(base) &* UInt64(max(logFactor, 0)) &+ 1
            if random.next(below: chance) == 0 { counter += 1 }
        }
        return minutes(now) << 8 | counter
    }

    /// Whole seconds since the last access.
    package func idleSeconds(_ access: UInt32, now: Int64) -> Int64 {
        Int64((seconds(now) &- access) & Self.mask)
    }

    /// The access data of a key that was last used so many seconds ago, modulo 2^24; nil under LFU, which does not know
    /// that.
    package func data(idleSeconds: Int64, now: Int64) -> UInt32? {
        isLFU ? nil : (seconds(now) &- UInt32(truncatingIfNeeded: idleSeconds)) & Self.mask
    }

    /// The access data of a key with that counter, 0 to 255; nil under LRU, which has none.
    package func data(frequency: UInt8, now: Int64) -> UInt32? {
        isLFU ? minutes(now) << 8 | UInt32(frequency) : nil
    }

    /// The counter as of `now`, 0 to 255.
    package func decayedCounter(_ access: UInt32, now: Int64) -> UInt32 {
        let counter = access & 0xff
        guard decayMinutes > 0 else { return counter }
        let elapsed = (minutes(now) &- access >> 8) & 0xffff
        let periods = elapsed / UInt32(clamping: decayMinutes)
        return periods > counter ? 0 : counter - periods
    }

    private func seconds(_ now: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: now / 1000) & Self.mask
    }

    private func minutes(_ now: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: now / 60_000) & 0xffff
    }
}
