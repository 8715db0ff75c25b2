/// That a value has another encoding because of a limit, or comes near to one.
package struct EncodingEvent: Sendable, Equatable {
    package enum Kind: UInt8, Sendable {
        case changed
        /// The value has come within `encoding-warn-percent` of the limit; `from` and `to` are what passing it changes.
        case near
    }

    package let kind: Kind
    package let database: Int
    package let key: [UInt8]
    /// The key's template as people write it: `user:#:profile`.
    package let shape: [UInt8]
    package let type: ValueType
    package let from: Encoding
    package let to: Encoding
    package let reached: LimitReached

    package init(
        _ kind: Kind, database: Int, key: [UInt8], shape: [UInt8], type: ValueType, from: Encoding, to: Encoding,
        _ reached: LimitReached
    ) {
        self.kind = kind
        self.database = database
        self.key = key
        self.shape = shape
        self.type = type
        self.from = from
        self.to = to
        self.reached = reached
    }
}

/// How often values of a type have gone from one encoding to another because of a limit.
package struct EncodingTotal: Sendable, Equatable {
    package let type: ValueType
    package let from: Encoding
    package let to: Encoding
    package fileprivate(set) var count: UInt64 = 0
}

/// What has been noted of encodings: events until they are taken, and totals for as long as the partition lives.
///
/// Bounded: of events that nobody takes the first 64 are kept, and the others counted.
package struct EncodingJournal: Sendable {
    /// Most events that wait to be taken.
    static let eventCountMax = 64

    private var events: [EncodingEvent] = []
    /// Whether there are events to be taken.
    package private(set) var hasEvents = false
    /// How many events have not been kept because nobody took those before them.
    package private(set) var lostCount: UInt64 = 0
    /// By type and direction; those of hashes are always there.
    package private(set) var totals = EncodingJournal.noTotals
    /// How many values have come near to a limit.
    package private(set) var nearCount: UInt64 = 0

    private static let noTotals = [
        EncodingTotal(type: .hash, from: .listpack, to: .hashTable),
        EncodingTotal(type: .hash, from: .listpackWithExpiry, to: .hashTable),
        EncodingTotal(type: .hash, from: .hashTable, to: .listpack),
        EncodingTotal(type: .hash, from: .hashTable, to: .listpackWithExpiry),
    ]

    package init() {}

    /// Gives the events since the last call, oldest first, and forgets them.
    package mutating func takeEvents() -> [EncodingEvent] {
        defer { events = [] }
        hasEvents = false
        return events
    }

    /// Sets all counts to 0. Events stay.
    package mutating func resetTotals() {
        totals = Self.noTotals
        nearCount = 0
        lostCount = 0
    }

    mutating func note(_ event: EncodingEvent) {
        switch event.kind {
        case .changed:
            dropWarning(before: event)
            count(event)
        case .near: nearCount &+= 1
        }
        guard events.count < Self.eventCountMax else {
            lostCount &+= 1
            return
        }
        events.append(event)
        hasEvents = true
    }

    /// A value that comes near to a limit and passes it in one command has only passed it.
    private mutating func dropWarning(before event: EncodingEvent) {
        guard let last = events.last, last.kind == .near, last.database == event.database, last.key == event.key
        else { return }
        events.removeLast()
        nearCount &-= 1
    }

    private mutating func count(_ event: EncodingEvent) {
        let index = totals.firstIndex { $0.type == event.type && $0.from == event.from && $0.to == event.to }
        if index == nil { totals.append(EncodingTotal(type: event.type, from: event.from, to: event.to)) }
        totals[index ?? totals.count - 1].count &+= 1
    }
}
