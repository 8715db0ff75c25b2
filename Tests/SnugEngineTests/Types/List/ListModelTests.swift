import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct ListModelTests {
    private let key = bytes("l")
    private static let sizes = [-2, -1, 0, 1, 2, 7, 40, 5000]

    /// One generated change of one of a few keys.
    private func change(_ model: inout ListModel, _ random: inout RandomSource, grows: Bool) throws {
        func end() -> ListEnd { random.next(below: 2) == 0 ? .left : .right }
        func word() -> [UInt8] {
            let words = ["7", "word", "300", "-5000", ""]
            return random.next(below: 6) == 0 ? drawWord(&random) : bytes(words[Int(random.next(below: 5))])
        }
        let keys = (0..<3).map { bytes("list:\($0)") }
        let key = keys[Int(random.next(below: 3))]
        let words = model.lists[key]?.words ?? []
        let index = words.isEmpty ? 0 : Int(random.next(below: UInt64(words.count)))
        switch random.next(below: grows ? 8 : 16) {
        case 0...4: try model.push(key, (0...random.next(below: 6)).map { _ in word() }, end())
        case 5: try model.insert(key, word(), beside: words.isEmpty ? word() : words[index], after: index % 2 == 0)
        case 6 where !words.isEmpty: try model.replace(key, at: index, with: word())
        case 7, 8: try model.move(key, end(), keys[Int(random.next(below: 3))], end())
        case 9, 10: try model.pop(key, end())
        case 11: try model.remove(key, index..<min(words.count, index + Int(random.next(below: 30))))
        case 12: try model.remove(key, 0..<index)
        case 13: try model.remove(key, index..<words.count)
        case 14: try model.copy(key, to: keys[0])
        default:
            let most = [1, 2, Int.max][Int(random.next(below: 3))]
            try model.remove(key, word(), atMost: most, reversed: random.next(below: 2) == 0)
        }
    }

    @Test(arguments: 0..<8) func generatedChangesAroundTheLimits(size: Int) throws {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for round in 0..<6 {
            var model = ListModel(seed: seed &+ UInt64(round), size: Self.sizes[size])
            model.partition.limits.encodingsRevert = random.next(below: 4) > 0
            for step in 0..<200 {
                // The limit may become another in the midst of it.
                if round > 3 && step % 50 == 0 {
                    model.partition.limits.listListpackSize = Self.sizes[Int(random.next(below: 8))]
                }
                try change(&model, &random, grows: step % 100 < 60)
                if step % 10 == 0 { try model.checkAll(&random) }
            }
            try model.checkAll(&random)
            for key in Array(model.lists.keys) {
                let isDeleted = model.partition.delete(key.rawBytes)
                #expect(isDeleted)
                model.lists[key] = nil
            }
            #expect(model.partition.memory(ofDatabase: 0).total == 0)
        }
    }

    /// All ways to change lists of up to four words of three kinds, in the pack, in nodes of one and of two.
    @Test(arguments: [-2, 1, 2]) func everySmallChange(size: Int) throws {
        var random = RandomSource(seed: 1)
        let kinds = [bytes("7"), bytes("word"), [UInt8](repeating: 120, count: 600)]
        func made(_ count: Int) throws -> ListModel {
            var model = ListModel(seed: 1, size: size)
            for number in 0..<count { try model.push(key, [kinds[number % 3]], .right) }
            return model
        }
        for count in 0...4 {
            for kind in kinds {
                for end in [ListEnd.left, .right] {
                    var model = try made(count)
                    try model.push(key, [kind, kinds[0]], end)
                    try model.checkAll(&random)
                    for after in [false, true] {
                        model = try made(count)
                        try model.insert(key, kind, beside: kinds[1], after: after)
                        try model.checkAll(&random)
                        model = try made(count)
                        try model.remove(key, kind, atMost: after ? 1 : 9, reversed: end == .left)
                        try model.checkAll(&random)
                        model = try made(count)
                        try model.move(key, end, after ? key : bytes("m"), after ? .left : .right)
                        try model.checkAll(&random)
                    }
                }
                for index in 0..<count {
                    var model = try made(count)
                    try model.replace(key, at: index, with: kind)
                    try model.checkAll(&random)
                }
            }
            for start in 0...count {
                for end in start...count {
                    var model = try made(count)
                    try model.remove(key, start..<end)
                    try model.checkAll(&random)
                }
            }
        }
    }

    /// What Redis counts before it adds: the bytes of the listpack that there is, and the text of what comes.
    @Test func aListpackEndsWhereRedisEndsIt() throws {
        var random = RandomSource(seed: 1)
        var model = ListModel(seed: 1)
        // 13 bytes each, and seven around them: 8,184 bytes.
        for index in 0..<629 { try model.push(key, [bytes("element-\(100 + index)")], .right) }
        #expect(Listpack.bytes(of: model.lists[key]?.words ?? []).count == 8184)
        try model.push(key, [bytes("12345678")], .left)
        #expect(model.lists[key]?.encoding == .listpack)
        try model.checkAll(&random)
        try model.push(key, [bytes("")], .left)
        #expect(model.lists[key]?.encoding == .listpack)
        try model.checkAll(&random)
        try model.push(key, [bytes("x")], .left)
        #expect(model.lists[key]?.encoding == .quickList)
        try model.checkAll(&random)
        while let list = model.lists[key], list.encoding == .quickList { try model.pop(key, .left) }
        #expect(Listpack.bytes(of: model.lists[key]?.words ?? []).count == 4089)
        try model.checkAll(&random)
        while model.lists[key] != nil { try model.pop(key, .right) }
        try model.checkAll(&random)
        #expect(model.partition.memory(ofDatabase: 0).total == 0)
    }

    @Test func limitsThatChangeEncodingsAreNoted() throws {
        var model = ListModel(seed: 11, size: 10)
        func taken() -> [String] { model.partition.encodings.takeEvents().map(\.words) }
        for index in 0..<8 { try model.push(key, [bytes("\(index)")], .right) }
        #expect(taken().isEmpty)
        try model.push(key, [bytes("8")], .right)
        #expect(taken() == ["near list listpack>quicklist list-max-listpack-size 10 9"])
        for index in 9..<12 { try model.push(key, [bytes("\(index)")], .right) }
        #expect(taken() == ["changed list listpack>quicklist list-max-listpack-size 10 11"])
        try model.remove(key, 0..<6)
        #expect(taken().isEmpty)
        try model.pop(key, .left)
        #expect(taken() == ["changed list quicklist>listpack list-max-listpack-size 10 5"])
        try model.push(bytes("m"), [[UInt8](repeating: 120, count: 8190)], .right)
        #expect(taken() == ["changed list listpack>quicklist listpack-bytes 8192 8197"])
        model.partition.limits.listListpackSize = -1
        try model.push(bytes("n"), [[UInt8](repeating: 120, count: 3600)], .right)
        #expect(taken().isEmpty)
        try model.push(bytes("n"), [[UInt8](repeating: 120, count: 80)], .right)
        #expect(taken() == ["near list listpack>quicklist list-max-listpack-size 4096 3694"])
        try model.push(bytes("n"), [[UInt8](repeating: 120, count: 500)], .right)
        #expect(taken() == ["changed list listpack>quicklist list-max-listpack-size 4096 4194"])
        try model.replace(bytes("n"), at: 0, with: bytes("1"))
        #expect(taken() == ["changed list quicklist>listpack list-max-listpack-size 4096 596"])
        // Too large for a moment only.
        try model.push(bytes("o"), [[UInt8](repeating: 120, count: 4000)], .right)
        _ = taken()
        try model.replace(bytes("o"), at: 0, with: [UInt8](repeating: 120, count: 200))
        #expect(taken().isEmpty && model.lists[bytes("o")]?.encoding == .listpack)
    }

    @Test func anotherTypeIsRefusedAndKept() throws {
        var model = ListModel(seed: 1)
        try model.push(key, [bytes("a")], .left)
        model.partition.setString(bytes("s").rawBytes, to: bytes("text").rawBytes)
        #expect(throws: EngineError.wrongType) { try model.partition.listCount(bytes("s").rawBytes) }
        #expect(throws: EngineError.wrongType) { _ = try model.partition.openList(bytes("s").rawBytes).count }
        #expect(throws: EngineError.wrongType) {
            _ = try model.partition.openListIfPresent(bytes("s").rawBytes)?.count
        }
        for (source, destination) in [("s", "l"), ("l", "s")] {
            #expect(throws: EngineError.wrongType) {
                try model.partition.moveElement(
                    from: bytes(source).rawBytes, .left, to: bytes(destination).rawBytes, .left
                ) { _ in }
            }
        }
        #expect(throws: EngineError.wrongType) { _ = try model.partition.string(key.rawBytes) }
        #expect(throws: EngineError.wrongType) { try model.partition.setCount(key.rawBytes) }
        #expect(throws: EngineError.wrongType) { try model.partition.hashCount(key.rawBytes) }
        #expect(try model.partition.listCount(key.rawBytes) == 1)
        model.partition.audit()
    }

    @Test func everyChangeIsCounted() throws {
        var model = ListModel(seed: 1)
        try model.push(key, [bytes("a"), bytes("b"), bytes("a")], .left)
        #expect(model.partition.changeCount == 3)
        try model.move(key, .left, bytes("m"), .left)
        #expect(model.partition.changeCount == 4)
        try model.move(key, .left, key, .right)
        #expect(model.partition.changeCount == 5)
        try model.remove(key, bytes("a"), atMost: 9, reversed: false)
        #expect(model.partition.changeCount == 6)
        try model.remove(key, bytes("a"), atMost: 9, reversed: false)
        #expect(model.partition.changeCount == 6)
    }

    @Test func aNewListTakesThePlaceOfWhatIsThere() throws {
        var random = RandomSource(seed: 1)
        var model = ListModel(seed: 1)
        model.partition.setString(key.rawBytes, to: bytes("text").rawBytes, expiry: .set(1_000_000))
        for words in [[bytes("a"), bytes("1")], (0..<1100).map { bytes("word \($0)") }, []] {
            var list = model.partition.openNewList(key.rawBytes)
            list.prepare(forAdding: words.count, byteCount: words.reduce(0) { $0 + $1.count })
            for word in words { list.push(word.rawBytes, at: .right) }
            model.partition.closeList(key.rawBytes, &list, changeCount: words.count)
            model.lists[key] =
                words.isEmpty
                ? nil : ListModel.Content(words: words, encoding: words.count > 100 ? .quickList : .listpack)
            #expect(model.partition.describe(key.rawBytes)?.expiry == nil)
            try model.checkAll(&random)
        }
        #expect(model.partition.memory(ofDatabase: 0).outside == 0)
    }

    /// Compaction goes through large lists in slices, and on to the next.
    @Test func compactionLeavesListsAsTheyAre() throws {
        var random = RandomSource(seed: newSeed())
        var model = ListModel(seed: 1, size: 8)
        let keys = (0..<5).map { bytes("list:\($0)") }
        for step in 0..<4000 {
            try model.push(keys[step % 5], [drawBytes(count: 10, &random)], step % 2 == 0 ? .left : .right)
        }
        try model.push(bytes("small"), [bytes("a")], .left)
        for key in keys { try model.remove(key, 100..<500) }
        var calls = 1
        while !model.partition.compact(packCount: 1) && calls < 10_000 { calls += 1 }
        #expect(calls > 5 && calls < 10_000)
        try model.checkAll(&random)
    }
}
