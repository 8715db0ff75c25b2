import SnugMemory
import Testing

@testable import SnugEngine

/// Where lists of which size are kept, and the bytes that docs/packed-map.md draws.
@Suite struct ListDrawingTests {
    private let key = bytes("l")

    private func payload(_ model: inout ListModel) -> KeyLayout.Payload? {
        model.partition.layout(of: key.rawBytes)?.payload
    }

    @Test func smallLists() throws {
        var model = ListModel(seed: 1)
        try model.push(key, ["red", "640017", "7", "red"].map { bytes($0) }, .right)
        guard let location = model.partition.lookup(key.rawBytes, .peek) else {
            Issue.record("the list has gone")
            return
        }
        let found = location.cell.compactBytes(of: location.cell.block).makeArray()
        #expect(found == [0x7c, 3] + bytes("red") + [0x71, 0x11, 0xc4, 0x09, 0x87, 3] + bytes("red"))
    }

    @Test func formsBySize() throws {
        var random = RandomSource(seed: 1)
        var model = ListModel(seed: 1)
        try model.push(key, (0..<38).map { bytes("a\(100 + $0)") }, .left)
        #expect(payload(&model) == .compact(.list))
        try model.push(key, [bytes("b"), bytes("c")], .left)
        #expect(payload(&model) == .largeCompact(.list))
        try model.push(key, (0..<63).map { bytes("a\(100 + $0)") }, .right)
        #expect(payload(&model) == .largeCompact(.list))
        try model.push(key, [bytes("a"), bytes("b")], .right)
        #expect(payload(&model) == .listTable(KeyLayout.ListTableFigures(elements: 105, nodes: 1)))
        #expect(model.lists[key]?.encoding == .listpack)
        try model.checkAll(&random)
        while case .listTable = payload(&model) { try model.pop(key, .left) }
        #expect(payload(&model) == .largeCompact(.list) && model.lists[key]?.words.count == 42)
        try model.checkAll(&random)
        while case .largeCompact = payload(&model) { try model.pop(key, .right) }
        #expect(payload(&model) == .compact(.list) && model.lists[key]?.words.count == 25)
        try model.checkAll(&random)
    }

    /// Half a percent over the bytes of the listpacks, and a list that was taken off leaves nothing.
    @Test func largeListsAreFull() throws {
        var model = ListModel(seed: 1)
        for number in 0..<50 {
            let words = (0..<400).map { bytes("\(1_000_000_000 + number * 400 + $0)") }
            try model.push(key, words, number % 2 == 0 ? .left : .right)
        }
        let outside = model.partition.memory(ofDatabase: 0).outside
        let listpacks = Listpack.bytes(of: model.lists[key]?.words ?? []).count
        #expect(outside < listpacks + listpacks / 50 + 2 * 8192)
        try model.remove(key, 0..<20_000)
        #expect(model.partition.memory(ofDatabase: 0).total == 0)
    }
}
