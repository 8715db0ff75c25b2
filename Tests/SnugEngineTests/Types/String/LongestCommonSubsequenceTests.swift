import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct LongestCommonSubsequenceTests {
    private func buffer(_ bytes: [UInt8]) -> GrowableBytes {
        var buffer = GrowableBytes()
        buffer.append(bytes.rawBytes)
        return buffer
    }

    /// The longest length, by the definition.
    private func plainCount(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        guard let first = left.first else { return 0 }
        let without = plainCount(left.dropFirst(), right)
        guard let place = right.firstIndex(of: first) else { return without }
        return max(without, 1 + plainCount(left.dropFirst(), right[(place + 1)...]))
    }

    private func isSubsequence(_ part: [UInt8], of whole: [UInt8]) -> Bool {
        var rest = whole[...]
        for byte in part {
            guard let place = rest.firstIndex(of: byte) else { return false }
            rest = rest[(place + 1)...]
        }
        return true
    }

    private func check(_ left: [UInt8], _ right: [UInt8]) {
        let comparison = LongestCommonSubsequence(buffer(left), buffer(right))
        let found = comparison.bytes().bytes.makeArray()
        #expect(comparison.count == plainCount(left[...], right[...]))
        #expect(found.count == comparison.count)
        #expect(isSubsequence(found, of: left) && isSubsequence(found, of: right))
        var (joined, ends) = ([UInt8](), (left.count, right.count))
        comparison.forEachRange { first, second in
            #expect(left[first] == right[second] && !first.isEmpty)
            #expect(first.upperBound <= ends.0 && second.upperBound <= ends.1)
            ends = (first.lowerBound, second.lowerBound)
            joined = Array(left[first]) + joined
        }
        #expect(joined == found)
    }

    @Test func allShortTextsOfTwoLetters() {
        var texts: [[UInt8]] = [[]]
        var all = texts
        for _ in 0..<5 {
            texts = texts.flatMap { text in [text + [97], text + [98]] }
            all += texts
        }
        for left in all {
            for right in all { check(left, right) }
        }
    }

    @Test func generatedTexts() {
        var random = RandomSource(seed: newSeed())
        for _ in 0..<100 {
            let letters = 1 + random.next(below: 5)
            func text() -> [UInt8] { (0..<random.next(below: 13)).map { _ in UInt8(97 + random.next(below: letters)) } }
            check(text(), text())
        }
    }

    @Test func theChoiceAmongEqualsIsThatOfRedis() {
        let comparison = LongestCommonSubsequence(buffer(bytes("ohmytext")), buffer(bytes("mynewtext")))
        #expect(comparison.count == 6)
        #expect(comparison.bytes().bytes.makeString() == "mytext")
        var ranges: [[Int]] = []
        comparison.forEachRange { ranges.append([$0.lowerBound, $0.upperBound - 1, $1.lowerBound, $1.upperBound - 1]) }
        #expect(ranges == [[4, 7, 5, 8], [2, 3, 0, 1]])
    }

    @Test func tableSizes() {
        #expect(LongestCommonSubsequence.tableByteCount(0, 0) == 4)
        #expect(LongestCommonSubsequence.tableByteCount(3, 4) == 80)
        #expect(LongestCommonSubsequence.tableByteCount(1 << 32, 1 << 32) == nil)
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        partition.limits.stringByteCountMax = 79
        partition.setString(bytes("a").rawBytes, to: bytes("abc").rawBytes)
        partition.setString(bytes("b").rawBytes, to: bytes("abcd").rawBytes)
        let isRefused =
            (try? partition.longestCommonSubsequence(of: bytes("a").rawBytes, and: bytes("b").rawBytes)) == nil
        #expect(isRefused)
    }
}
