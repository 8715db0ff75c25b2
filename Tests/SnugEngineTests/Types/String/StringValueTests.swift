import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct StringValueTests {
    /// All small ranges against the definition: offsets counted from the front, then clipped.
    @Test func rangesOfShortTexts() {
        for count in 0...5 {
            for first in -8...8 {
                for last in -8...8 {
                    let start = max(0, first < 0 ? first + count : first)
                    let end = min(count - 1, max(0, last < 0 ? last + count : last))
                    let isTurned = first < 0 && last < 0 && first > last
                    let expected = isTurned || start > end ? 0..<0 : start..<end + 1
                    #expect(byteRange(from: Int64(first), through: Int64(last), of: count) == expected)
                }
            }
        }
    }

    @Test(arguments: [Int64.min, .min + 1, -1, 0, 1, .max])
    func extremeOffsets(offset: Int64) {
        for count in [0, 1, 10] {
            for other in [Int64.min, -1, 0, .max] {
                let range = byteRange(from: offset, through: other, of: count)
                #expect(range.isEmpty || range.upperBound <= count)
            }
        }
    }

    @Test func integersAreWrittenOut() {
        for number in boundaryIntegers {
            let value = StringValue.integer(number)
            let text = value.withBytes { $0.makeString() }
            let byteCount = value.byteCount
            #expect(text == "\(number)")
            #expect(byteCount == text.utf8.count)
        }
    }

    /// Memory of one key: what its pack and its blocks take, whatever it holds.
    @Test func memoryUsageIsThatOfTheBlocks() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        let key = bytes("key")
        let absent = partition.memoryUsage(of: key.rawBytes)
        #expect(absent == nil)
        for byteCount in [0, 10, 100, 1000, 100_000] {
            partition.setString(key.rawBytes, to: [UInt8](repeating: 120, count: byteCount).rawBytes)
            let usage = partition.memoryUsage(of: key.rawBytes) ?? 0
            let memory = partition.memory(ofDatabase: 0)
            #expect(usage == memory.packs + memory.outside)
            #expect(usage >= byteCount * 3 / 4)
        }
    }
}
