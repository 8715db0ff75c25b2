import SnugMemory
import Testing

@testable import SnugServer

@Suite struct UnsentBytesTests {
    /// A socket that takes no more than `room` bytes of each offer.
    private func drain(_ unsent: inout UnsentBytes, room: Int, into taken: inout [UInt8]) {
        unsent.send { offered in
            let count = min(room, offered.byteCount)
            taken += offered.extracting(first: count).makeArray()
            return count
        }
    }

    @Test(arguments: [1, 7, 16 << 10, 1 << 20, 3 << 20])
    func bytesLeaveInTheOrderInWhichTheyCame(room: Int) {
        var random = Generator(state: UInt64(room))
        var unsent = UnsentBytes()
        var expected: [UInt8] = []
        var taken: [UInt8] = []
        for _ in 0..<40 {
            let byteCount = Int(random.next() % [3, 900, 70_000][Int(random.next() % 3)])
            let bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            expected += bytes
            unsent.append(bytes.rawBytes)
            #expect(unsent.count == expected.count - taken.count)
            if random.next() % 4 == 0 { drain(&unsent, room: room, into: &taken) }
        }
        while !unsent.isEmpty {
            let before = unsent.count
            drain(&unsent, room: room, into: &taken)
            #expect(unsent.count < before)
        }
        #expect(taken == expected)
    }

    @Test func aSocketThatTakesNothingIsAskedOnce() {
        var unsent = UnsentBytes()
        unsent.append([1, 2, 3].rawBytes)
        var offers = 0
        unsent.send { _ in
            offers += 1
            return 0
        }
        #expect(offers == 1)
        #expect(unsent.count == 3)
    }
}
