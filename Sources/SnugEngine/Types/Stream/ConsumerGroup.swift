internal import SnugMemory

/// A consumer group of a stream: how far it has read, what it has given out, and its consumers.
package struct ConsumerGroup: ~Copyable {
    private let nameBlock: Block
    private let nameByteCount: Int
    /// The id of the entry that was given out last, or what XGROUP has set.
    package internal(set) var lastID: StreamID
    /// How many entries of the stream have been read up to that, nil when that is not known.
    package internal(set) var readCount: Int64?
    package internal(set) var pending: PendingList
    package internal(set) var consumers = ConsumerTable()

    init(name: RawSpan, lastID: StreamID, readCount: Int64?) {
        nameBlock = .allocate(byteCount: max(name.byteCount, 1))
        nameBlock.store(name, at: 0)
        nameByteCount = name.byteCount
        self.lastID = lastID
        self.readCount = readCount
        pending = PendingList()
    }

    deinit { nameBlock.free() }

    package var name: RawSpan {
        @_lifetime(borrow self)
        borrowing get { nameBlock.bytes(at: 0, count: nameByteCount, of: self) }
    }

    /// Everything that the allocator set aside for the group, its box included. Constant time.
    var allocatedByteCount: Int {
        nameBlock.allocatedByteCount + pending.allocatedByteCount + consumers.allocatedByteCount + Self.boxByteCount
    }

    private static let boxByteCount = Box<ConsumerGroup>.probedByteCount()

    /// An equal group that shares nothing with this one.
    func copied() -> ConsumerGroup {
        var copy = ConsumerGroup(name: name, lastID: lastID, readCount: readCount)
        copy.pending = pending.copied()
        copy.consumers = consumers.copied()
        return copy
    }

    // MARK: Giving out

    /// Notes that an entry belongs to `consumer`, whoever had it.
    mutating func give(_ entry: PendingEntry, to consumer: Consumer, from former: Int?) {
        if let former { consumers.consumer(numbered: former).pendingCount -= 1 }
        consumer.pendingCount += 1
        pending.put(entry)
    }

    /// Notes that an entry has been acknowledged, or has gone. False when it was not pending.
    mutating func take(_ id: StreamID) -> Bool {
        guard let entry = pending.remove(id) else { return false }
        consumers.consumer(numbered: entry.consumer).pendingCount -= 1
        return true
    }
}

/// One consumer of a group: a handle, valid until the consumer is removed.
///
///     offset 0         8           16            24       28           32
///            ┌─────────┬───────────┬─────────────┬────────┬────────────┬──────┐
///            │ pending │ seen time │ active time │ number │ name bytes │ name │
///            │ 8       │ 8         │ 8           │ 4      │ 4          │      │
///            └─────────┴───────────┴─────────────┴────────┴────────────┴──────┘
package struct Consumer: BitwiseCopyable {
    fileprivate let block: Block
    fileprivate static let headerByteCount = 32

    fileprivate init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a consumer without a block") }
        self.block = block
    }

    fileprivate init(_ name: RawSpan, number: Int, now: Int64) {
        block = .allocate(byteCount: Self.headerByteCount + name.byteCount)
        block.store(UInt32(number), at: 24)
        block.store(UInt32(name.byteCount), at: 28)
        block.store(name, at: Self.headerByteCount)
        pendingCount = 0
        seenTime = now
        activeTime = nil
    }

    fileprivate func copied() -> Consumer {
        let byteCount = Self.headerByteCount + nameByteCount
        let copy = Block.allocate(byteCount: byteCount)
        copy.store(block.bytes(at: 0, count: byteCount, of: block), at: 0)
        return Consumer(bits: copy.bits)
    }

    /// How many entries it has been given and has not acknowledged.
    package fileprivate(set) var pendingCount: Int {
        get { block.load(Int.self, at: 0) }
        nonmutating set { block.store(newValue, at: 0) }
    }

    /// When it has asked for entries last, milliseconds since 1970.
    package var seenTime: Int64 {
        get { block.load(Int64.self, at: 8) }
        nonmutating set { block.store(newValue, at: 8) }
    }

    /// When it has got some last, nil when it never has.
    package var activeTime: Int64? {
        get {
            let time = block.load(Int64.self, at: 16)
            return time < 0 ? nil : time
        }
        nonmutating set { block.store(newValue ?? -1, at: 16) }
    }

    package var number: Int { Int(block.load(UInt32.self, at: 24)) }

    private var nameByteCount: Int { Int(block.load(UInt32.self, at: 28)) }

    @_lifetime(borrow owner)
    package func name<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: Self.headerByteCount, count: nameByteCount, of: owner)
    }
}

/// The consumers of a group, by name and by number. Numbers of consumers that have gone are given out again.
package struct ConsumerTable: ~Copyable {
    private var byName = WordList()
    /// The bits of each number's consumer, 0 for a number that is free.
    private var byNumber = WordList()
    private var consumerByteCount = 0

    deinit {
        for index in 0..<byName.count { Consumer(bits: byName[index]).block.free() }
    }

    package var count: Int { byName.count }

    var allocatedByteCount: Int { byName.allocatedByteCount + byNumber.allocatedByteCount + consumerByteCount }

    /// The consumer of an index in the order of names.
    package subscript(index: Int) -> Consumer { Consumer(bits: byName[index]) }

    package func consumer(numbered number: Int) -> Consumer { Consumer(bits: byNumber[number]) }

    private func find(_ name: RawSpan) -> (index: Int, isThere: Bool) {
        byName.find {
            let consumer = Consumer(bits: $0)
            return consumer.name(of: consumer.block).order(comparedTo: name)
        }
    }

    /// The consumer of a name, or nil.
    package func consumer(named name: RawSpan) -> Consumer? {
        let place = find(name)
        return place.isThere ? self[place.index] : nil
    }

    /// Adds a consumer; the name must be new.
    mutating func add(_ name: RawSpan, now: Int64) -> Consumer {
        var number = 0
        // Few numbers are ever free, and those only after a consumer has been removed.
        if byName.count < byNumber.count {
            while byNumber[number] != 0 { number += 1 }
        } else {
            number = byNumber.count
            byNumber.insert(0, at: number)
        }
        let consumer = Consumer(name, number: number, now: now)
        byNumber[number] = consumer.block.bits
        byName.insert(consumer.block.bits, at: find(name).index)
        consumerByteCount += consumer.block.allocatedByteCount
        return consumer
    }

    /// Removes a consumer, whose entries must have been removed.
    mutating func remove(_ name: RawSpan) {
        let place = find(name)
        precondition(place.isThere, "a consumer that is not there")
        let consumer = self[place.index]
        byNumber[consumer.number] = 0
        byName.remove(at: place.index)
        consumerByteCount -= consumer.block.allocatedByteCount
        consumer.block.free()
    }

    func copied() -> ConsumerTable {
        var copy = ConsumerTable()
        for number in 0..<byNumber.count { copy.byNumber.insert(0, at: number) }
        for index in 0..<count {
            let consumer = self[index].copied()
            copy.consumerByteCount += consumer.block.allocatedByteCount
            copy.byName.insert(consumer.block.bits, at: index)
            copy.byNumber[consumer.number] = consumer.block.bits
        }
        return copy
    }
}
