import SnugMemory
import Testing

@testable import SnugEngine

/// A listpack beside an array of words.
struct ListpackModel {
    var listpack = Listpack.make()
    var words: [[UInt8]] = []

    /// Replaces `removed` words from `index` on by `inserted`, which has at most two words.
    mutating func replace(at index: Int, removing removed: Int, with inserted: [[UInt8]]) {
        let places = self.places
        let range = places[index]..<places[index + removed]
        let first = inserted.first ?? []
        let second = inserted.last ?? []
        switch inserted.count {
        case 0: listpack.delete(range, count: removed)
        case 1:
            let value = StringValue(reading: first.rawBytes)
            listpack.replace(range, removing: removed, with: ListpackElements(value))
        default:
            let pair = ListpackElements(StringValue(reading: first.rawBytes), StringValue(reading: second.rawBytes))
            listpack.replace(range, removing: removed, with: pair)
        }
        words.replaceSubrange(index..<index + removed, with: inserted)
    }

    /// The places of all elements, and the end.
    var places: [Int] {
        let reader = listpack.reader(of: listpack.block)
        var places = [reader.firstOffset]
        while let last = places.last, last < reader.endOffset { places.append(reader.offset(after: last)) }
        return places
    }

    /// Everything that can be read, compared with the words.
    func check() {
        let bytes = listpack.block.bytes(at: 0, count: listpack.byteCount, of: listpack.block)
        guard let reader = ListpackReader(validating: bytes) else {
            Issue.record("the validator refuses what the editor wrote")
            return
        }
        #expect(reader.count == words.count)
        var offset = reader.firstOffset
        for (index, word) in words.enumerated() {
            #expect(reader.value(at: offset).text == word)
            #expect(reader.offset(ofIndex: index) == offset)
            offset = reader.offset(after: offset)
        }
        #expect(offset == reader.endOffset)
        #expect(reader.offset(ofIndex: words.count) == nil)
        var backwards: [[UInt8]] = []
        while let previous = reader.offset(before: offset) {
            backwards.append(reader.value(at: previous).text)
            offset = previous
        }
        #expect(backwards == words.reversed())
        #expect(listpack.block.allocatedByteCount >= listpack.byteCount)
    }

    /// Finding each word, and some that are not there, at every step of `skipping`.
    func checkFinding(_ strangers: [[UInt8]]) {
        let reader = listpack.reader(of: listpack.block)
        let places = self.places
        for skipping in 0...2 {
            for word in words + strangers {
                let index = stride(from: 0, to: words.count, by: skipping + 1).first { words[$0] == word }
                let found = reader.find(word.rawBytes, from: reader.firstOffset, skipping: skipping)
                #expect(found == index.map { places[$0] })
            }
        }
    }

    func free() { listpack.block.free() }
}

@Suite struct ListpackModelTests {
    @Test func emptyListpack() {
        let model = ListpackModel()
        defer { model.free() }
        model.check()
        model.checkFinding([[], bytes("1"), bytes("x")])
    }

    @Test func everyPairOfBoundaryWords() {
        var words = boundaryIntegers.map { bytes(String($0)) }
        for count in [0, 1, 63, 64, 126, 127, 4095, 4096] { words.append([UInt8](repeating: 120, count: count)) }
        for first in words {
            for second in words {
                var model = ListpackModel()
                model.replace(at: 0, removing: 0, with: [first, second])
                model.check()
                model.replace(at: 0, removing: 1, with: [second])
                model.replace(at: 1, removing: 1, with: [first])
                model.check()
                model.free()
            }
        }
    }

    @Test func everySmallSequenceOfChanges() {
        // All ways of replacing up to two of up to three words by up to two words of three kinds.
        let kinds = [bytes("a"), bytes("7"), bytes("4096")]
        let insertions: [[[UInt8]]] = [[]] + kinds.map { [$0] } + kinds.flatMap { a in kinds.map { [a, $0] } }
        for start in 0...3 {
            for index in 0...start {
                for removed in 0...min(2, start - index) {
                    for inserted in insertions {
                        var model = ListpackModel()
                        for word in 0..<start { model.replace(at: word, removing: 0, with: [bytes("w\(word)")]) }
                        model.replace(at: index, removing: removed, with: inserted)
                        model.check()
                        model.checkFinding(kinds)
                        model.free()
                    }
                }
            }
        }
    }

    @Test func generatedChanges() {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for _ in 0..<40 {
            var model = ListpackModel()
            for step in 0..<120 {
                let index = Int(random.next(below: UInt64(model.words.count + 1)))
                let removed = Int(random.next(below: UInt64(min(3, model.words.count - index) + 1)))
                let inserted = (0..<random.next(below: 3)).map { _ in drawWord(&random) }
                model.replace(at: index, removing: removed, with: inserted)
                if step % 8 == 0 { model.check() }
            }
            model.check()
            model.checkFinding((0..<10).map { _ in drawWord(&random) })
            model.free()
        }
    }

    @Test func shrinkingGivesMemoryBack() {
        var model = ListpackModel()
        defer { model.free() }
        for _ in 0..<50 { model.replace(at: 0, removing: 0, with: [[UInt8](repeating: 120, count: 100)]) }
        let held = model.listpack.block.allocatedByteCount
        for _ in 0..<45 { model.replace(at: 0, removing: 1, with: []) }
        #expect(model.listpack.block.allocatedByteCount < held / 2)
        model.check()
    }

    @Test func countsBeyondTheHeader() {
        var model = ListpackModel()
        defer { model.free() }
        var offset = model.listpack.endOffset
        for index in 0..<65600 {
            model.listpack.append(ListpackElements(.integer(Int64(index % 100))))
            model.words.append(bytes(String(index % 100)))
            if index % 4099 == 0 { offset = model.listpack.endOffset }
        }
        #expect(offset < model.listpack.endOffset)
        model.checkCounts(65600)
        let first = model.listpack.reader(of: model.listpack.block).firstOffset
        for _ in 0..<100 { model.listpack.delete(first..<first + 2, count: 1) }
        model.checkCounts(65500)
    }
}

extension ListpackModel {
    /// The count alone, for listpacks whose header does not say it.
    fileprivate func checkCounts(_ count: Int) {
        let bytes = listpack.block.bytes(at: 0, count: listpack.byteCount, of: listpack.block)
        #expect(ListpackReader(validating: bytes)?.count == count)
    }
}
