internal import SnugEngine
internal import SnugMemory

/// Reads streams. A stream is
///
///     count of nodes, to each: its first id (a string of 16 bytes, high bits first), a listpack
///     count of entries, last id, and from 7.0 on: first id, greatest id deleted, count of entries ever added
///     count of groups, to each: name, last id, and from 7.0 on how many entries it has read, or 2^64 - 1
///         count of pending entries, to each: id (16 bytes), time of delivery (8), count of deliveries
///         count of consumers, to each: name, when it was seen (8), from 7.2 on when it was active (8),
///             count of its pending entries, to each: id (16 bytes)
///
/// where an id that is not 16 bytes is two lengths. A node's listpack is
///
///     entries, deleted entries, fields, each field, 0
///     to each entry: 1 if deleted + 2 if it has the node's fields, milliseconds and sequence beyond the first id,
///         [count of its fields,] each field and value, or the values alone; how many elements those were
struct StreamReading {
    let type: RDBType
    let limits: EncodingLimits

    /// Reads all of a stream into one without entries.
    func read(_ reader: inout RDBReader, into stream: Box<EntryStream>) throws(RDBReadError) {
        var idBuffer = GrowableBytes()
        var buffer = GrowableBytes()
        for _ in 0..<(try reader.length()) {
            let first = try StreamID(try reader.blob(using: &idBuffer))
            try readNode(try reader.blob(using: &buffer), from: first, into: stream)
        }
        let count = try reader.length()
        guard count == stream.value.count else { throw .corrupt }
        let last = try reader.streamID()
        guard last >= stream.value.lastID else { throw .corrupt }
        var added = Int64(count)
        var deleted = StreamID.zero
        if type != .stream {
            _ = try reader.streamID()
            deleted = try reader.streamID()
            added = Int64(try reader.length())
        }
        stream.value.set(lastID: last, addedCount: added, deletedIDMax: deleted)
        for _ in 0..<(try reader.length()) { try readGroup(&reader, into: stream) }
    }

    // MARK: Nodes

    private func readNode(
        _ bytes: RawSpan, from first: StreamID, into stream: Box<EntryStream>
    ) throws(RDBReadError) {
        var cursor = try ElementCursor(listpack: bytes)
        let count = try cursor.count()
        let deletedCount = try cursor.count()
        let fieldCount = try cursor.count()
        let fields = cursor
        try cursor.skip(fieldCount)
        guard try cursor.integer() == 0 else { throw .corrupt }
        var (live, dead) = (0, 0)
        while !cursor.isAtEnd {
            let flags = try cursor.integer()
            guard (0...3).contains(flags) else { throw .corrupt }
            let hasNodeFields = flags & 2 != 0
            let milliseconds = first.milliseconds &+ UInt64(bitPattern: try cursor.integer())
            let id = StreamID(
                milliseconds: milliseconds, sequence: first.sequence &+ UInt64(bitPattern: try cursor.integer()))
            let pairCount = hasNodeFields ? fieldCount : try cursor.count()
            let items = cursor
            try cursor.skip(hasNodeFields ? pairCount : pairCount.multipliedReportingOverflow(by: 2).partialValue)
            let elementCount = hasNodeFields ? pairCount + 3 : pairCount * 2 + 4
            guard try cursor.integer() == Int64(elementCount) else { throw .corrupt }
            if flags & 1 != 0 {
                dead += 1
                continue
            }
            live += 1
            guard pairCount > 0, id > stream.value.lastID else { throw .corrupt }
            try add(id, pairCount, fields: hasNodeFields ? fields : nil, items, to: stream)
        }
        guard live == count, dead == deletedCount else { throw .corrupt }
    }

    /// Adds an entry whose values, and fields unless they are given apart, begin at `items`.
    private func add(
        _ id: StreamID, _ pairCount: Int, fields: ElementCursor?, _ items: ElementCursor, to stream: Box<EntryStream>
    ) throws(RDBReadError) {
        var entry = stream.value.beginEntry(pairCount: pairCount)
        try forEachPair(pairCount, fields, items) { stream.value.measure($0, $1, for: &entry) }
        guard entry.byteCount <= EntryStream.entryByteCountMax else { throw .corrupt }
        stream.value.decide(&entry, limits)
        try forEachPair(pairCount, fields, items) { stream.value.write($0, $1, for: &entry) }
        stream.value.append(entry, id: id)
    }

    private func forEachPair(
        _ count: Int, _ fields: ElementCursor?, _ items: ElementCursor, _ body: (RawSpan, RawSpan) -> Void
    ) throws(RDBReadError) {
        var items = items
        if var fields {
            for _ in 0..<count { give(try fields.element(), try items.element(), body) }
        } else {
            for _ in 0..<count { give(try items.element(), try items.element(), body) }
        }
    }

    private func give(_ field: StringValue, _ value: StringValue, _ body: (RawSpan, RawSpan) -> Void) {
        field.withBytes { field in value.withBytes { body(field, $0) } }
    }

    // MARK: Groups

    private func readGroup(_ reader: inout RDBReader, into stream: Box<EntryStream>) throws(RDBReadError) {
        var buffer = GrowableBytes()
        let group = try addGroup(try reader.string(using: &buffer), &reader, to: stream)
        var pending: [StreamID: (time: Int64, count: UInt64)] = [:]
        for _ in 0..<(try reader.length()) {
            let id = try StreamID(try reader.bytes(StreamID.byteCount))
            let time = try reader.milliseconds()
            let count = UInt64(try reader.length())
            guard time >= 0, pending.updateValue((time, count), forKey: id) == nil else { throw .corrupt }
        }
        for _ in 0..<(try reader.length()) {
            let consumer = try addConsumer(try reader.string(using: &buffer), &reader, of: group, in: stream)
            for _ in 0..<(try reader.length()) {
                let id = try StreamID(try reader.bytes(StreamID.byteCount))
                guard let (time, count) = pending.removeValue(forKey: id) else { throw .corrupt }
                let entry = PendingEntry(
                    id: id, consumer: consumer.number, deliveryTime: time, deliveryCount: count)
                stream.value.claim(entry, for: consumer, of: group, from: nil)
            }
        }
        guard pending.isEmpty else { throw .corrupt }
    }

    private func addGroup(
        _ name: StringValue, _ reader: inout RDBReader, to stream: Box<EntryStream>
    ) throws(RDBReadError) -> Box<ConsumerGroup> {
        let last = try reader.streamID()
        var readCount: Int64?
        if type == .stream {
            readCount = stream.value.entriesAdded(upTo: last)
        } else {
            let number = try reader.number()
            if number != .max {
                guard let exact = Int64(exactly: number) else { throw .corrupt }
                readCount = exact
            }
        }
        let group = name.withBytes { stream.value.addGroup($0, lastID: last, readCount: readCount) }
        guard let group else { throw .corrupt }
        return group
    }

    private func addConsumer(
        _ name: StringValue, _ reader: inout RDBReader, of group: Box<ConsumerGroup>, in stream: Box<EntryStream>
    ) throws(RDBReadError) -> Consumer {
        let seen = try reader.milliseconds()
        let active = type == .streamWithActiveTimes ? try reader.milliseconds() : seen
        guard seen >= 0, active >= -1 else { throw .corrupt }
        let (consumer, isNew) = name.withBytes { stream.value.consumer($0, of: group, now: seen) }
        guard isNew else { throw .corrupt }
        consumer.activeTime = active < 0 ? nil : active
        return consumer
    }
}

/// The elements of a listpack from one of them on. A copy goes on by itself.
private struct ElementCursor: ~Escapable, BitwiseCopyable {
    private let reader: ListpackReader
    private var offset: Int

    @_lifetime(copy bytes)
    init(listpack bytes: RawSpan) throws(RDBReadError) {
        guard let reader = ListpackReader(validating: bytes) else { throw .corrupt }
        self.reader = reader
        offset = reader.firstOffset
    }

    var isAtEnd: Bool { offset >= reader.endOffset }

    @_lifetime(copy self)
    mutating func element() throws(RDBReadError) -> StringValue {
        guard !isAtEnd else { throw .corrupt }
        let place = offset
        offset = reader.offset(after: place)
        return reader.value(at: place)
    }

    mutating func integer() throws(RDBReadError) -> Int64 {
        guard case .integer(let integer) = try element() else { throw .corrupt }
        return integer
    }

    /// A count, which is at most that of the elements.
    mutating func count() throws(RDBReadError) -> Int {
        let count = try integer()
        guard count >= 0, count <= Int64(reader.bytes.byteCount) else { throw .corrupt }
        return Int(count)
    }

    mutating func skip(_ count: Int) throws(RDBReadError) {
        for _ in 0..<count { _ = try element() }
    }
}

extension StreamID {
    fileprivate static let byteCount = 16

    /// The id whose 16 bytes these are. Throws `corrupt` for another number of bytes.
    fileprivate init(_ bytes: RawSpan) throws(RDBReadError) {
        guard bytes.byteCount == Self.byteCount else { throw .corrupt }
        self.init(
            milliseconds: UInt64(bigEndian: bytes.load(UInt64.self, at: 0)),
            sequence: UInt64(bigEndian: bytes.load(UInt64.self, at: 8)))
    }
}

extension RDBReader {
    /// An id of two lengths.
    fileprivate mutating func streamID() throws(RDBReadError) -> StreamID {
        let milliseconds = try number()
        return StreamID(milliseconds: milliseconds, sequence: try number())
    }
}
