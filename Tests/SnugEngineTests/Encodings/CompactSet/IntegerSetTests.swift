import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct IntegerSetTests {
    private func members(of bytes: borrowing GrowableBytes) -> [Int64] {
        if bytes.count == 0 { return [] }
        let set = IntegerSet(bytes.bytes)
        return (0..<set.count).map { set[$0] }
    }

    /// The bytes are those that the members make when they are written at once.
    private func check(_ bytes: borrowing GrowableBytes, _ expected: [Int64], strangers: [Int64] = []) {
        #expect(members(of: bytes) == expected)
        var anew = GrowableBytes()
        IntegerSetBytes.write(expected, to: &anew)
        #expect(anew.bytes.makeArray() == bytes.bytes.makeArray())
        guard bytes.count > 0 else { return }
        let set = IntegerSet(bytes.bytes)
        #expect(set.base == expected.first && set.greatest == expected.last)
        for (index, member) in expected.enumerated() {
            let (found, isFound) = set.find(member)
            #expect(isFound && found == index)
        }
        for stranger in strangers where !expected.contains(stranger) {
            let (place, isFound) = set.find(stranger)
            #expect(!isFound && place == expected.count { $0 < stranger })
        }
    }

    /// Every sequence of additions and removals of up to five out of eight integers.
    @Test func allShortSequences() {
        let integers: [Int64] = [.min, -70_000, -1, 0, 1, 255, 256, .max]
        func go(_ bytes: [UInt8], _ expected: [Int64], depth: Int) {
            for integer in integers {
                var changed = GrowableBytes()
                changed.append(bytes.rawBytes)
                var after = expected
                let isThere = expected.contains(integer)
                if isThere {
                    after.removeAll { $0 == integer }
                    let removed = IntegerSetBytes.remove(integer, from: &changed)
                    #expect(removed)
                } else {
                    after = (after + [integer]).sorted()
                    let inserted = IntegerSetBytes.insert(integer, into: &changed)
                    #expect(inserted)
                    let again = IntegerSetBytes.insert(integer, into: &changed)
                    #expect(!again)
                }
                check(changed, after, strangers: integers)
                if depth > 1 { go(changed.bytes.makeArray(), after, depth: depth - 1) }
            }
        }
        go([], [], depth: 4)
    }

    @Test func generatedChanges() {
        var random = RandomSource(seed: newSeed())
        for _ in 0..<40 {
            var bytes = GrowableBytes()
            var expected: Set<Int64> = []
            let shift = Int64(random.next(below: 64))
            for _ in 0..<150 {
                let integer =
                    random.next(below: 4) == 0
                    ? boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))]
                    : Int64(bitPattern: random.next()) >> shift
                if random.next(below: 3) == 0, let member = expected.randomElement(using: &random) {
                    let removed = IntegerSetBytes.remove(member, from: &bytes)
                    #expect(removed)
                    expected.remove(member)
                } else {
                    let inserted = IntegerSetBytes.insert(integer, into: &bytes)
                    #expect(inserted == expected.insert(integer).inserted)
                }
                let removed = IntegerSetBytes.remove(integer &+ 1, from: &bytes)
                #expect(removed == (expected.remove(integer &+ 1) != nil))
            }
            check(bytes, expected.sorted(), strangers: boundaryIntegers)
        }
    }

    @Test func theBytesAreAsDrawn() {
        func written(_ members: [Int64]) -> [UInt8] {
            var bytes = GrowableBytes()
            IntegerSetBytes.write(members, to: &bytes)
            return bytes.bytes.makeArray()
        }
        #expect(written([]) == [])
        #expect(written([0]) == [0x7e, 0x00])
        #expect(written([5]) == [0x7e, 0x10, 10])
        #expect(written([-1, 0, 254]) == [0x7e, 0x11, 1, 1, 255])
        #expect(written([1000, 1001, 1256]) == [0x7e, 0x22, 0xd0, 0x07, 1, 0, 0, 1])
        #expect(written([640_000, 640_001, 640_009, 640_100, 640_200]).count == 9)
        #expect(written([.min, .max]) == [0x7e, 0x88] + [UInt8](repeating: 255, count: 16))
    }
}
