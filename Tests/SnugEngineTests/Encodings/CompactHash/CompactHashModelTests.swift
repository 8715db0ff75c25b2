import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct CompactHashModelTests {
    @Test func emptyHash() {
        var model = CompactHashModel()
        model.check(strangers: [[], bytes("1"), bytes("x")])
        model.remove(bytes("x"))
        model.check()
    }

    /// Every hash of up to three pairs over a few fields, of which one is interned before, one after the hash is made,
    /// and every change of one field that follows.
    @Test func everySmallHash() {
        let fields = ["", "name", "late", "7"].map { bytes($0) }
        let values = ["", "x", "5", "70000"].map { bytes($0) }
        var hashes: [[CompactHashModel.Pair]] = [[]]
        var shorter = hashes
        for _ in 0..<3 {
            shorter = shorter.flatMap { pairs in
                fields.filter { field in !pairs.contains { $0.field == field } }.flatMap { field in
                    values.map { pairs + [CompactHashModel.Pair(field: field, value: $0)] }
                }
            }
            hashes += shorter
        }
        #expect(hashes.count == 1 + 16 + 192 + 1536)
        for pairs in hashes { checkChanges(of: pairs, fields, changing: pairs.count < 3 ? values : [bytes("ab")]) }
    }

    private func checkChanges(
        of pairs: [CompactHashModel.Pair], _ fields: [[UInt8]], changing values: [[UInt8]]
    ) {
        var model = CompactHashModel(hashCount: 2, interning: [bytes("name")])
        for pair in pairs { model.set(pair.field, to: pair.value) }
        model.hold(bytes("late"))
        model.check(strangers: fields)
        for field in fields {
            model.copy(0, to: 1)
            model.remove(field, from: 1)
            model.check(strangers: fields)
            for value in values {
                model.copy(0, to: 1)
                model.set(field, to: value, in: 1)
                model.check(strangers: fields)
            }
        }
        model.check(strangers: fields)
    }

    @Test func everyPairOfBoundaryValues() {
        var words = boundaryIntegers.map { bytes(String($0)) }
        words += [-2049, -2048, 10239, 10240, 1 << 40, 1 << 39, 1 << 47, 1 << 55].map { bytes(String($0)) }
        for count in [0, 1, 59, 60, 61, 62, 63, 64, 65, 255, 256, 319, 320, 65535, 65599, 65600] {
            words.append([UInt8](repeating: 120, count: count))
        }
        var model = CompactHashModel()
        model.set(bytes("before"), to: bytes("1"))
        for first in words {
            model.set(first, to: first)
            for second in words { model.set(first, to: second) }
            model.set(bytes("behind"), to: bytes("2"))
            model.check(strangers: words)
            model.remove(first)
            model.remove(bytes("behind"))
        }
        model.check()
    }

    @Test func generatedChanges() {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for _ in 0..<60 {
            let fields = (0..<12).map { index in index < 8 ? bytes("field\(index)") : drawWord(&random) }
            var model = CompactHashModel(hashCount: 4, interning: [fields[0], fields[1]].filter { !$0.isInteger })
            for step in 0..<150 {
                let hash = Int(random.next(below: 4))
                let field = fields[Int(random.next(below: UInt64(fields.count)))]
                switch random.next(below: 18) {
                case 0: model.clear(hash)
                case 1: model.copy(hash, to: Int(random.next(below: 4)))
                case 2: if !field.isInteger && field.count < 100 && !field.isEmpty { model.hold(field) }
                case 3..<7: model.remove(field, from: hash)
                default: model.set(field, to: drawWord(&random), in: hash)
                }
                if step % 6 == 0 { model.check(strangers: fields) }
            }
            model.check(strangers: fields)
            for hash in 0..<4 { model.clear(hash) }
            model.check(strangers: fields)
        }
    }
}
