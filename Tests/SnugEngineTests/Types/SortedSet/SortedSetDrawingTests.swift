import SnugMemory
import Testing

@testable import SnugEngine

/// The bytes that docs/packed-map.md draws.
@Suite struct SortedSetDrawingTests {
    @Test func leaf() throws {
        var model = SortedSetModel(seed: 1)
        let entries: [(Double, String)] = [(640, "player:1017"), (652, "player:99"), (652, "player:2000")]
        try model.set(bytes("z"), entries.map { ModelEntry(score: $0.0, member: bytes($0.1)) })
        guard let location = model.partition.lookup(bytes("z").rawBytes, .peek) else {
            Issue.record("the sorted set has gone")
            return
        }
        let found = location.cell.compactBytes(of: location.cell.block).makeArray()
        let head: [UInt8] = [
            0x7f, 0x28, 0, 0, 0, 3, 0, 0x2d, 1, 0, 0, 0, 0, 0, 0, 0x84, 0xc0, 0, 0, 0, 0, 7, 0x11,
        ]
        #expect(found == head + bytes("player:") + [0, 3, 3, 2, 2, 1, 0x21, 0x28, 0x31, 0x11, 0xaa])
    }
}
