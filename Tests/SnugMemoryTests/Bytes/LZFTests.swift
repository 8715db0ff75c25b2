import Testing

@testable import SnugMemory

@Suite struct LZFTests {
    private func decompressed(_ compressed: [UInt8], _ byteCount: Int) -> [UInt8]? {
        var bytes = GrowableBytes()
        bytes.append("before")
        guard bytes.append(decompressing: compressed.rawBytes, byteCount: byteCount) else {
            #expect(bytes.count == 6, "a refused string has left bytes")
            return nil
        }
        return bytes.bytes.extracting(droppingFirst: 6).makeArray()
    }

    @Test func bytesAsTheyAre() {
        #expect(decompressed([2, 97, 98, 99], 3) == [97, 98, 99])
        #expect(decompressed([0, 97, 1, 98, 99], 3) == [97, 98, 99])
        #expect(decompressed([], 0) == [])
    }

    @Test func repetitions() {
        // As `redis-server` compresses a hundred times "a".
        let hundred: [UInt8] = [0x01, 0x61, 0x61, 0xe0, 0x57, 0x00, 0x01, 0x61, 0x61]
        #expect(decompressed(hundred, 100) == Array(repeating: 97, count: 100))
        #expect(decompressed([2, 97, 98, 99, 0x20, 2], 6) == Array("abcabc".utf8))
        #expect(decompressed([2, 97, 98, 99, 0xe0, 0, 2], 12) == Array("abcabcabcabc".utf8))
    }

    @Test func longestRepetition() {
        let bytes = decompressed([0, 97, 0xe0, 255, 0], 265)
        #expect(bytes == Array(repeating: 97, count: 265))
    }

    @Test func whatDoesNotFitIsRefused() {
        #expect(decompressed([2, 97, 98], 3) == nil, "cut off bytes")
        #expect(decompressed([0, 97, 0x20], 4) == nil, "a cut off repetition")
        #expect(decompressed([0, 97, 0xe0, 5], 15) == nil, "a cut off long repetition")
        #expect(decompressed([0, 97, 0x20, 1], 4) == nil, "from before the string's beginning")
        #expect(decompressed([2, 97, 98, 99], 2) == nil, "more than claimed")
        #expect(decompressed([2, 97, 98, 99], 4) == nil, "less than claimed")
        #expect(decompressed([0, 97, 0x20, 0], 3) == nil, "a repetition beyond what is claimed")
        #expect(decompressed([0, 97], -1) == nil)
    }

    /// A claim beyond what so few bytes can hold is refused before anything is allocated.
    @Test func claimsAreBounded() {
        #expect(decompressed([0, 97, 0xe0, 255, 0], .max) == nil)
        #expect(decompressed([0, 97, 0xe0, 255, 0], 1 << 40) == nil)
    }
}
