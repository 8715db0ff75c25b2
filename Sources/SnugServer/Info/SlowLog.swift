internal import SnugMemory
package import SnugRESP

/// The latest commands that took long. Arguments are cut when they are recorded, so that an entry's bytes are bounded
/// whatever the command's were.
package struct SlowLog: Sendable {
    /// Most arguments of an entry, the note on those left out included.
    static let argumentCountMax = 32
    /// Most bytes of an argument, the note on those left out aside.
    static let argumentByteCountMax = 128

    package struct Entry: Sendable {
        /// Counts from 0 in the life of the server.
        package let id: UInt64
        /// When the command was run, seconds since 1970.
        package let unixSeconds: Int64
        package let microseconds: Int64
        package let arguments: [[UInt8]]
        package let address: String
        package let clientName: [UInt8]
    }

    /// Oldest first from `first` on; what stands before it is gone and is removed from time to time.
    private var entries: [Entry] = []
    private var first = 0
    private var nextID: UInt64 = 0

    package init() {}

    package var count: Int { entries.count - first }

    /// The latest `most` entries, latest first.
    package func latest(_ most: Int) -> [Entry] {
        Array(entries[first...].suffix(max(most, 0)).reversed())
    }

    package mutating func removeAll() {
        entries = []
        first = 0
    }

    /// Adds an entry and lets the oldest go beyond `most`. `now` in milliseconds since 1970; `isHidden` says which
    /// arguments are not to be shown. Costs the bytes that are kept.
    package mutating func record(
        arguments: borrowing Arguments, microseconds: Int64, session: Session, now: Int64, keepingAtMost most: Int,
        isHidden: (Int) -> Bool = { _ in false }
    ) {
        let entry = Entry(
            id: nextID, unixSeconds: now / 1000, microseconds: microseconds,
            arguments: Self.trimmed(arguments, isHidden: isHidden), address: session.address,
            clientName: session.name)
        nextID &+= 1
        entries.append(entry)
        trim(toAtMost: most)
    }

    /// Lets the oldest entries go until at most `most` are left.
    package mutating func trim(toAtMost most: Int) {
        first = max(first, entries.count - max(most, 0))
        if first > 16 && first > entries.count / 2 {
            entries.removeFirst(first)
            first = 0
        }
    }

    /// Bytes that the log keeps, without what the allocator adds.
    package var byteCount: Int {
        entries[first...].reduce(entries.capacity * MemoryLayout<Entry>.stride) { sum, entry in
            entry.arguments.reduce(sum + entry.address.utf8.count + entry.clientName.count) { $0 + 40 + $1.count }
        }
    }

    static func trimmed(_ arguments: borrowing Arguments, isHidden: (Int) -> Bool) -> [[UInt8]] {
        let count = arguments.count
        let shown = count > argumentCountMax ? argumentCountMax - 1 : count
        var kept: [[UInt8]] = []
        kept.reserveCapacity(min(count, argumentCountMax))
        for index in 0..<shown {
            kept.append(isHidden(index) ? Array("(redacted)".utf8) : trimmed(arguments[index]))
        }
        if shown < count { kept.append(Array("... (\(count - shown) more arguments)".utf8)) }
        return kept
    }

    private static func trimmed(_ argument: RawSpan) -> [UInt8] {
        let count = argument.byteCount
        guard count > argumentByteCountMax else { return argument.makeArray() }
        return argument.extracting(first: argumentByteCountMax).makeArray()
            + Array("... (\(count - argumentByteCountMax) more bytes)".utf8)
    }
}
