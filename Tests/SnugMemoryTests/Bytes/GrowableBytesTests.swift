import SnugMemory
import Testing

/// A growable buffer beside an array of bytes.
@Suite struct GrowableBytesTests {
    @Test func emptyOnesHoldNothing() {
        let buffer = GrowableBytes()
        #expect(buffer.count == 0 && buffer.capacity == 0 && buffer.bytes.byteCount == 0)
        let reserved = GrowableBytes(capacity: 100)
        #expect(reserved.count == 0 && reserved.capacity == 100)
    }

    @Test func generatedOperations() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("generatedOperations: seed \(seed)")
        var random = SeededRandom(seed)
        for _ in 0..<200 {
            var buffer = GrowableBytes(capacity: random.below(3) * 10)
            var model: [UInt8] = []
            for _ in 0..<60 {
                change(&buffer, &model, &random)
                #expect(buffer.count == model.count && buffer.capacity >= buffer.count)
            }
            #expect(buffer.bytes.makeArray() == model)
        }
    }

    private func change(_ buffer: inout GrowableBytes, _ model: inout [UInt8], _ random: inout SeededRandom) {
        let word = (0..<random.below(100)).map { _ in UInt8(random.below(256)) }
        let offset = random.below(model.count + 1)
        switch random.below(10) {
        case 0:
            buffer.append(7)
            model.append(7)
        case 1, 2:
            buffer.append(word.rawBytes)
            model += word
        case 3:
            buffer.append("literal" as StaticString)
            buffer.append("tëxt" as String)
            model += Array("literaltëxt".utf8)
        case 4:
            buffer.append(bytesOf: UInt32(0x0403_0201))
            model += [1, 2, 3, 4]
        case 5:
            buffer.append(repeating: 9, count: word.count)
            model += [UInt8](repeating: 9, count: word.count)
        case 6:
            let removed = random.below(model.count - offset + 1)
            buffer.replace(at: offset, removing: removed, with: word.rawBytes)
            model.replaceSubrange(offset..<offset + removed, with: word)
        case 7:
            buffer.removeFirst(offset)
            model.removeFirst(offset)
        case 8:
            buffer.truncate(to: offset)
            model.removeLast(model.count - offset)
        default:
            guard offset < model.count else { return }
            buffer.set(3, at: offset)
            model[offset] = 3
        }
    }

    @Test func forgettingKeepsLittle() {
        var buffer = GrowableBytes(capacity: 100)
        buffer.append(repeating: 1, count: 50)
        buffer.removeAll(keepingAtMost: 100)
        #expect(buffer.count == 0 && buffer.capacity == 100)
        buffer.append(repeating: 1, count: 150)
        buffer.removeAll(keepingAtMost: 100)
        #expect(buffer.count == 0 && buffer.capacity == 0)
        buffer.append(5)
        #expect(buffer.bytes.makeArray() == [5])
    }

    @Test func growthIsGeometric() {
        var buffer = GrowableBytes()
        var moves = 0
        var capacity = 0
        for _ in 0..<100_000 {
            buffer.append(1)
            if buffer.capacity != capacity { moves += 1 }
            capacity = buffer.capacity
        }
        #expect(moves < 20)
    }
}

/// A small generator whose seed can be printed.
struct SeededRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed | 1 }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
