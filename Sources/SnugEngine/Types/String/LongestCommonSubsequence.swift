package import SnugMemory

/// The longest common subsequence of two byte strings, by the table of all pairs of prefixes: `cell(i, j)` is the
/// length for the first `i` bytes of one and the first `j` of the other.
///
/// Which of several subsequences of that length is meant follows Redis: walking back from the ends, a byte of the
/// second string is given up before one of the first when both ways are as long.
package struct LongestCommonSubsequence: ~Copyable {
    private let left: GrowableBytes
    private let right: GrowableBytes
    /// `(left.count + 1) * (right.count + 1)` cells of four bytes, row by row.
    private let table: Block

    /// How many bytes the table for strings of these byte counts takes, or nil beyond the range of `Int`.
    package static func tableByteCount(_ left: Int, _ right: Int) -> Int? {
        let (cells, overflow) = (left + 1).multipliedReportingOverflow(by: right + 1)
        let (bytes, overflowToo) = cells.multipliedReportingOverflow(by: 4)
        return overflow || overflowToo ? nil : bytes
    }

    /// Fills the table. Takes `tableByteCount` bytes, which must have a value, and as many quarters of steps.
    package init(_ left: consuming GrowableBytes, _ right: consuming GrowableBytes) {
        guard let byteCount = Self.tableByteCount(left.count, right.count) else {
            preconditionFailure("a table beyond the address space")
        }
        table = Block.allocate(byteCount: byteCount)
        self.left = left
        self.right = right
        fill()
    }

    deinit {
        table.free()
    }

    /// The length of the subsequence.
    package var count: Int { Int(cell(left.count, right.count)) }

    private func offset(_ row: Int, _ column: Int) -> Int { (row &* (right.count &+ 1) &+ column) &* 4 }

    private func cell(_ row: Int, _ column: Int) -> UInt32 { table.load(UInt32.self, at: offset(row, column)) }

    private func fill() {
        let (rows, columns) = (left.count, right.count)
        table.fill(0, at: 0, byteCount: (columns + 1) * 4)
        for row in 0..<rows {
            table.store(UInt32(0), at: offset(row + 1, 0))
            let byte = left.bytes[row]
            var before: UInt32 = 0
            for column in 0..<columns {
                let value = right.bytes[column] == byte ? cell(row, column) + 1 : max(before, cell(row, column + 1))
                table.store(value, at: offset(row + 1, column + 1))
                before = value
            }
        }
    }

    /// The subsequence itself.
    package func bytes() -> GrowableBytes {
        var result = GrowableBytes(capacity: count)
        result.append(repeating: 0, count: count)
        var end = count
        forEachRange { first, _ in
            end -= first.count
            for (index, offset) in first.enumerated() { result.set(left.bytes[offset], at: end + index) }
        }
        return result
    }

    /// Calls `body` with the places in both strings of each run of bytes that are next to each other in both, the last
    /// first. Both ranges have the same count.
    package func forEachRange(_ body: (_ left: Range<Int>, _ right: Range<Int>) -> Void) {
        var (row, column) = (left.count, right.count)
        var matched = 0
        func emit() {
            if matched > 0 { body(row..<row + matched, column..<column + matched) }
            matched = 0
        }
        while row > 0 && column > 0 {
            if left.bytes[row - 1] == right.bytes[column - 1] {
                row -= 1
                column -= 1
                matched += 1
            } else {
                emit()
                if cell(row - 1, column) > cell(row, column - 1) { row -= 1 } else { column -= 1 }
            }
        }
        emit()
    }
}

extension Partition {
    /// Compares two strings; one that is not there counts as empty. Nil when the table for it would take more bytes
    /// than a string may have. Throws `wrongType`.
    package mutating func longestCommonSubsequence(
        of first: RawSpan, and second: RawSpan
    ) throws(EngineError) -> LongestCommonSubsequence? {
        let left = try copiedString(first)
        let right = try copiedString(second)
        guard let byteCount = LongestCommonSubsequence.tableByteCount(left.count, right.count),
            byteCount <= limits.stringByteCountMax
        else { return nil }
        return LongestCommonSubsequence(left, right)
    }

    private mutating func copiedString(_ key: RawSpan) throws(EngineError) -> GrowableBytes {
        var copy = GrowableBytes()
        if let value = try string(key) {
            value.withBytes { copy.append($0) }
        }
        return copy
    }
}
