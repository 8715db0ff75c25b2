internal import SnugEngine
internal import SnugMemory

/// Lengths, strings and numbers as RDB files and payloads hold them (`RDBLayout`).
extension GrowableBytes {
    /// Appends a length or count, which must not be negative. 1 to 9 bytes.
    mutating func append(rdbLength length: Int) { append(rdbNumber: UInt64(length)) }

    /// Appends a number that is laid out as lengths are.
    mutating func append(rdbNumber number: UInt64) {
        switch number {
        case ...RDBLayout.sixBitMax: append(UInt8(number))
        case ...RDBLayout.fourteenBitMax:
            append(0x40 | UInt8(number >> 8))
            append(UInt8(truncatingIfNeeded: number))
        case ...UInt64(UInt32.max):
            append(RDBLayout.thirtyTwoBits)
            append(bytesOf: UInt32(number).bigEndian)
        default:
            append(RDBLayout.sixtyFourBits)
            append(bytesOf: number.bigEndian)
        }
    }

    /// Appends a string; an integer of up to 32 bits as such.
    mutating func append(rdbString value: StringValue) {
        switch copy value {
        case .integer(let integer):
            if appendShort(integer) { return }
            append(rdbLength: decimalByteCount(integer))
            append(decimal: integer)
        case .bytes(let text):
            if text.byteCount <= RDBLayout.integerByteCountMax, let integer = text.canonicalInteger,
                appendShort(integer)
            {
                return
            }
            append(rdbLength: text.byteCount)
            append(text)
        }
    }

    /// Appends an integer of up to 32 bits; false for a larger one.
    private mutating func appendShort(_ integer: Int64) -> Bool {
        let bits = UInt64(bitPattern: integer)
        if Int8(exactly: integer) != nil {
            append(RDBLayout.integer8)
            append(low: 1, of: bits)
        } else if Int16(exactly: integer) != nil {
            append(RDBLayout.integer16)
            append(low: 2, of: bits)
        } else if Int32(exactly: integer) != nil {
            append(RDBLayout.integer32)
            append(low: 4, of: bits)
        } else {
            return false
        }
        return true
    }

    /// Makes a string of the bytes from `start` on, which have been appended: puts their length before them. Moves
    /// them.
    mutating func insertRDBLength(at start: Int) {
        var length = GrowableBytes(capacity: 9)
        length.append(rdbLength: count - start)
        replace(at: start, removing: 0, with: length.bytes)
    }
}
