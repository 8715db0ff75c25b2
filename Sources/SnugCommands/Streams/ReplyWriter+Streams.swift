internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// An id written out, without an allocation.
private struct StreamIDDigits {
    private var digits: InlineArray<41, UInt8> = .init(repeating: 0)
    private var first = 41

    init(_ id: StreamID) {
        write(id.sequence)
        first &-= 1
        digits[first] = UInt8(ascii: "-")
        write(id.milliseconds)
    }

    private mutating func write(_ number: UInt64) {
        var rest = number
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            first &-= 1
            digits[first] = UInt8(truncatingIfNeeded: 48 &+ digit)
            rest = quotient
        } while rest != 0
    }

    var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: bytes have no padding, so their raw representation is fully initialised.
            unsafe digits.span.bytes.extracting(droppingFirst: first)
        }
    }
}

extension ReplyWriter {
    /// An id as a bulk string.
    mutating func streamID(_ id: StreamID) {
        let digits = StreamIDDigits(id)
        bulk(digits.bytes)
    }

    /// An entry: its id, and its fields and values in one array.
    mutating func streamEntry(_ entry: StreamEntry) {
        array(2)
        streamID(entry.id)
        array(2 * entry.pairCount)
        entry.forEachPair { field, value in
            string(field)
            string(value)
        }
    }

    /// The entry of an id, or nothing. False when it is not there.
    mutating func streamEntry(_ id: StreamID, of stream: Box<EntryStream>) -> Bool {
        var isThere = false
        stream.value.forEach(from: id, through: id) { entry in
            streamEntry(entry)
            isThere = true
            return false
        }
        return isThere
    }

    /// The entries of a range, at most `limit`, as an array. Returns how many they are.
    @discardableResult
    mutating func streamRange(
        _ stream: Box<EntryStream>, from start: StreamID, through end: StreamID, limit: Int, reversed: Bool = false
    ) -> Int {
        // Where all entries lie in the range their number is known before.
        if let first = stream.value.firstEntryID, start <= first, end >= stream.value.lastID {
            let count = min(limit, stream.value.count)
            array(count)
            var left = count
            stream.value.forEach(from: start, through: end, reversed: reversed) { entry in
                streamEntry(entry)
                left -= 1
                return left > 0
            }
            return count
        }
        let mark = mark
        var count = 0
        stream.value.forEach(from: start, through: end, reversed: reversed) { entry in
            streamEntry(entry)
            count += 1
            return count < limit
        }
        insertHead(.array, count: count, at: mark)
        return count
    }

    /// The text that answers for a group that is not there: words, names from the request between them. A name ends at
    /// a zero byte, as in Redis.
    mutating func noGroup(_ parts: (StaticString, RawSpan), _ second: (StaticString, RawSpan), _ end: StaticString) {
        var text = GrowableBytes()
        text.append("NOGROUP ")
        for part in 0..<2 {
            text.append(part == 0 ? parts.0 : second.0)
            let name = part == 0 ? parts.1 : second.1
            var count = 0
            while count < name.byteCount && name[count] != 0 { count += 1 }
            text.append(name.extracting(first: count))
        }
        text.append(end)
        error(bytes: text.bytes.makeArray())
    }
}
