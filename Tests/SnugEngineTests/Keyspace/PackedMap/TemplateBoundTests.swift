import SnugMemory
import Testing

@testable import SnugEngine

/// The dictionary of templates is bounded, and given back.
@Suite struct TemplateBoundTests {
    private func partition() -> Partition {
        Partition(databaseCount: 1, hasher: KeyedHash(key0: newSeed(), key1: 2), seed: 3)
    }

    /// Keys whose text never repeats, of makes that have it in their template.
    private func key(_ number: Int) -> [UInt8] {
        let text = letters(number, 12)
        switch number % 3 {
        case 0: return bytes("\(text):1")
        case 1: return bytes("\(text):\(text)")
        default: return bytes("\(text)/\(number)/x")
        }
    }

    @Test func textThatNeverRepeatsAddsNothing() {
        var partition = partition()
        let value = bytes("1")
        for number in 0..<20_000 { partition.setString(key(number).rawBytes, to: value.rawBytes) }
        let before = partition.vocabularyMemory.templates
        for number in 20_000..<200_000 {
            partition.setString(key(number).rawBytes, to: value.rawBytes)
            if number >= 60_000 { _ = partition.delete(key(number - 40_000).rawBytes) }
        }
        // The filter takes two strings for one with a chance of one in millions.
        #expect(partition.vocabulary.value.templates.count <= 2)
        #expect(partition.vocabularyMemory.templates <= before + 4096)
        #expect(partition.vocabulary.value.shapes.others.keys >= partition.keyCount(inDatabase: 0) - 4)
        partition.audit()
    }

    @Test func templatesThatRecurAreKeptUpToTheBound() {
        var partition = partition()
        let bound = Vocabulary.templateCountMax
        for shape in 0..<bound + 2000 {
            let text = letters(shape, 12)
            for number in 0..<6 {
                partition.setString(bytes("\(text):\(number * 64)").rawBytes, to: bytes("1").rawBytes)
            }
        }
        #expect(partition.vocabulary.value.templates.count == bound)
        let shapes = partition.largestShapes(by: .keys, atMost: .max)
        #expect(shapes.count == bound + 1 && shapes.reduce(0) { $0 + $1.keys } == partition.keyCount(inDatabase: 0))
        partition.audit()
        for shape in 0..<bound + 2000 {
            let text = letters(shape, 12)
            for number in 0..<6 { _ = partition.delete(bytes("\(text):\(number * 64)").rawBytes) }
        }
        #expect(partition.vocabulary.value.templates.count == 0)
        #expect(partition.largestShapes(by: .keys, atMost: .max).isEmpty)
        #expect(partition.memory(ofDatabase: 0).total == 0)
        partition.audit()
    }
}
