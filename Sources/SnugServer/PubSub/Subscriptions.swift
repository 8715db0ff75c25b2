/// What a session has subscribed to.
package struct Subscriptions {
    package internal(set) var channels: Set<[UInt8]> = []
    package internal(set) var patterns: Set<[UInt8]> = []

    package var count: Int { channels.count + patterns.count }

    /// Bytes of the names and the tables, without what the allocator adds.
    var byteCount: Int {
        let names = channels.reduce(0) { $0 + $1.count } + patterns.reduce(0) { $0 + $1.count }
        return names + (channels.capacity + patterns.capacity) * MemoryLayout<[UInt8]>.stride
    }
}

/// Which sessions get what is published where. A session is here as long as it is connected.
package struct SubscriberTable {
    /// By channel, in the order in which they subscribed.
    private var channels: [[UInt8]: [Session]] = [:]
    private var patterns: [[UInt8]: [Session]] = [:]

    package var isEmpty: Bool { channels.isEmpty && patterns.isEmpty }
    package var channelCount: Int { channels.count }
    package var patternCount: Int { patterns.count }
    package var channelNames: some Sequence<[UInt8]> { channels.keys }

    func subscribers(of channel: [UInt8]) -> [Session] { channels[channel] ?? [] }

    /// All patterns with their subscribers. Costs no copy.
    var patternSubscribers: [[UInt8]: [Session]] { patterns }

    /// False when the session has subscribed already.
    mutating func add(_ session: Session, channel: [UInt8]) -> Bool {
        guard session.subscriptions.channels.insert(channel).inserted else { return false }
        channels[channel, default: []].append(session)
        return true
    }

    mutating func add(_ session: Session, pattern: [UInt8]) -> Bool {
        guard session.subscriptions.patterns.insert(pattern).inserted else { return false }
        patterns[pattern, default: []].append(session)
        return true
    }

    mutating func remove(_ session: Session, channel: [UInt8]) {
        guard session.subscriptions.channels.remove(channel) != nil else { return }
        Self.remove(session, from: &channels, channel)
    }

    mutating func remove(_ session: Session, pattern: [UInt8]) {
        guard session.subscriptions.patterns.remove(pattern) != nil else { return }
        Self.remove(session, from: &patterns, pattern)
    }

    /// Takes the session out of everything.
    mutating func removeAll(of session: Session) {
        for channel in session.subscriptions.channels { Self.remove(session, from: &channels, channel) }
        for pattern in session.subscriptions.patterns { Self.remove(session, from: &patterns, pattern) }
        session.subscriptions = Subscriptions()
    }

    /// A step for each subscriber of the name.
    private static func remove(_ session: Session, from table: inout [[UInt8]: [Session]], _ name: [UInt8]) {
        table[name]?.removeAll { $0 === session }
        if table[name]?.isEmpty == true { table[name] = nil }
    }

    /// Bytes of the tables, without the sessions' own and what the allocator adds.
    package var byteCount: Int {
        let word = MemoryLayout<Session>.stride
        let lists = channels.values.reduce(0) { $0 + $1.capacity } + patterns.values.reduce(0) { $0 + $1.capacity }
        return (lists + 2 * (channels.capacity + patterns.capacity)) * word
    }
}
