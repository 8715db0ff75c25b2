internal import SnugMemory
internal import SnugRESP

extension RawSpan {
    /// A cursor of SCAN as Redis reads it, with C's `strtoul`: an optional sign, digits up to the first zero byte,
    /// nothing at all for 0. Nil for anything else, or beyond 64 bits.
    var scanCursor: UInt64? {
        var offset = 0
        var isNegative = false
        if byteCount > 0 && (self[0] == UInt8(ascii: "-") || self[0] == UInt8(ascii: "+")) {
            isNegative = self[0] == UInt8(ascii: "-")
            offset = 1
            guard byteCount > 1, self[1] != 0 else { return nil }
        }
        var cursor: UInt64 = 0
        while offset < byteCount && self[offset] != 0 {
            let digit = self[offset] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (product, overflow) = cursor.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carried { return nil }
            cursor = sum
            offset += 1
        }
        return isNegative ? 0 &- cursor : cursor
    }
}

extension ReplyWriter {
    /// Puts the head of a scan's reply, the cursor and how many elements there are, before the elements that have been
    /// written since `mark`. Moves those once.
    mutating func insertScanHead(cursor: UInt64, count: Int, at mark: Mark) {
        var head = ReplyWriter(capacity: 64)
        head.array(2)
        head.bulk(decimal: Int64(bitPattern: cursor))
        head.array(count)
        insert(head.buffer.bytes, at: mark)
    }
}
