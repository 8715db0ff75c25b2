import SnugMemory
import Testing

@testable import SnugEngine

/// A list in nodes beside an array of words.
struct ListpackSequenceModel: ~Copyable {
    var list: ListpackSequence
    var words: [[UInt8]] = []

    init(_ limit: ListNodeLimit, branchMax: Int) {
        list = ListpackSequence(limit: limit, branchMax: branchMax)
    }

    mutating func append(_ word: [UInt8]) {
        list.append(StringValue(reading: word.rawBytes))
        words.append(word)
    }

    mutating func prepend(_ word: [UInt8]) {
        list.prepend(StringValue(reading: word.rawBytes))
        words.insert(word, at: 0)
    }

    mutating func insert(_ word: [UInt8], at index: Int) {
        list.insert(StringValue(reading: word.rawBytes), at: index)
        words.insert(word, at: index)
    }

    mutating func replace(at index: Int, with word: [UInt8]) {
        list.replace(at: index, with: StringValue(reading: word.rawBytes))
        words[index] = word
    }

    mutating func pop(atEnd: Bool) {
        var popped: [UInt8]?
        list.pop(atEnd: atEnd) { popped = $0.text }
        #expect(popped == words.remove(at: atEnd ? words.count - 1 : 0))
    }

    mutating func remove(_ range: Range<Int>) {
        list.remove(range)
        words.removeSubrange(range)
    }

    mutating func remove(equalTo word: [UInt8], atMost most: Int, reversed: Bool) {
        let places = words.indices.filter { words[$0] == word }
        let removed = reversed ? places.suffix(most) : places.prefix(most)
        #expect(list.remove(equalTo: word.rawBytes, atMost: most, reversed: reversed) == removed.count)
        for place in removed.reversed() { words.remove(at: place) }
    }

    func read(_ range: Range<Int>, reversed: Bool, atMost most: Int = .max) -> [[UInt8]] {
        var found: [[UInt8]] = []
        var expectedIndex = reversed ? range.upperBound - 1 : range.lowerBound
        list.forEach(range, reversed: reversed) { index, value in
            #expect(index == expectedIndex)
            expectedIndex += reversed ? -1 : 1
            found.append(value.text)
            return found.count < most
        }
        return found
    }

    /// Everything that can be read, and what the nodes and branches hold.
    func check(_ random: inout RandomSource) {
        #expect(list.count == words.count)
        #expect(read(0..<words.count, reversed: false) == words)
        #expect(read(0..<words.count, reversed: true) == words.reversed())
        let (first, second) = (
            Int(random.next(below: UInt64(words.count + 1))), Int(random.next(below: UInt64(words.count + 1)))
        )
        let range = min(first, second)..<max(first, second)
        #expect(read(range, reversed: false) == Array(words[range]))
        #expect(read(range, reversed: true) == Array(words[range].reversed()))
        #expect(read(range, reversed: false, atMost: 2) == Array(words[range].prefix(2)))
        #expect(read(range, reversed: true, atMost: 2) == Array(words[range].reversed().prefix(2)))
        for (index, word) in words.enumerated() { #expect(list.value(at: index).text == word) }
        checkNodes()
    }

    private func checkNodes() {
        let audit = CountedTreeAudit(list.tree)
        var nodeByteCount = 0
        for child in audit.leaves {
            let node = ListNode(word: child.word)
            nodeByteCount += node.allocatedByteCount
            #expect(node.allocatedByteCount >= node.byteCount)
            guard !node.isPlain else {
                #expect(child.count == 1 && node.string.byteCount > list.limit.byteCountMax - 16)
                continue
            }
            let bytes = node.listpack.reader(of: node.listpack.block).bytes
            #expect(ListpackReader(validating: bytes)?.count == child.count)
            #expect(child.count > 0 && list.limit.allows(count: child.count, byteCount: bytes.byteCount))
        }
        #expect(list.elementByteCount == Listpack.bytes(of: words).count - ListpackLayout.emptyByteCount)
        #expect(list.allocatedByteCount == nodeByteCount + audit.allocatedByteCount)
    }
}
