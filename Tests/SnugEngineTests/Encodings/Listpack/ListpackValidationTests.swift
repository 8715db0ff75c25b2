import SnugMemory
import Testing

@testable import SnugEngine

/// Bytes from outside: what the validator must accept and refuse.
@Suite struct ListpackValidationTests {
    private func accepts(_ bytes: [UInt8]) -> Bool { ListpackReader(validating: bytes.rawBytes) != nil }

    /// A listpack around `elements` with a true total.
    private func wrapped(_ elements: [UInt8], count: UInt16) -> [UInt8] {
        let total = UInt32(elements.count + 7)
        let header = [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: total >> UInt32($0)) }
        return header + [UInt8(truncatingIfNeeded: count), UInt8(count >> 8)] + elements + [0xff]
    }

    @Test func acceptsEveryEncoding() {
        let elements: [[UInt8]] = [
            [0x05, 1], [0x83, 97, 98, 99, 4], [0xdf, 0xff, 2], [0xe0, 1, 97, 3], [0xf0, 1, 0, 0, 0, 97, 6],
            [0xf1, 0, 0, 3], [0xf2, 0, 0, 0, 4], [0xf3, 0, 0, 0, 0, 5], [0xf4, 0, 0, 0, 0, 0, 0, 0, 0, 9],
        ]
        for element in elements { #expect(accepts(wrapped(element, count: 1))) }
        let all = wrapped(elements.flatMap(\.self), count: UInt16(elements.count))
        #expect(accepts(all))
        #expect(accepts(wrapped(elements.flatMap(\.self), count: 65535)))
        // Whatever is cut off, it is no listpack any more.
        for count in 0..<all.count { #expect(!accepts(Array(all.prefix(count)))) }
        #expect(!accepts(all + [0xff]))
    }

    @Test func refusesFalseHeaders() {
        #expect(!accepts([]))
        #expect(!accepts([7, 0, 0, 0, 0, 0]))
        #expect(accepts([7, 0, 0, 0, 0, 0, 0xff]))
        #expect(!accepts([8, 0, 0, 0, 0, 0, 0xff]))
        #expect(!accepts([7, 0, 0, 0, 0, 0, 0]))
        #expect(!accepts([7, 0, 0, 0, 1, 0, 0xff]))
        #expect(!accepts(wrapped([5, 1], count: 2)))
        #expect(!accepts(wrapped([5, 1], count: 0)))
    }

    @Test func refusesFalseElements() {
        for head: UInt8 in 0xf5...0xff { #expect(!accepts(wrapped([head, 1], count: 1))) }
        #expect(!accepts(wrapped([5, 2], count: 1)), "a back length that is not its element's")
        #expect(!accepts(wrapped([5, 0x81], count: 1)), "a back length that goes on")
        #expect(!accepts(wrapped([0x84, 97, 98, 99, 4], count: 1)), "a string beyond the end")
        #expect(!accepts(wrapped([0xf0, 0xff, 0xff, 0xff, 0xff, 97, 6], count: 1)), "a string of 4 GB")
        #expect(!accepts(wrapped([0xf0, 1, 0], count: 1)), "a head that is cut off")
        #expect(!accepts(wrapped([0xff, 1, 5, 1], count: 2)), "an end in the middle")
        #expect(!accepts(wrapped([0xf4, 0, 0, 0], count: 1)), "an integer that is cut off")
    }

    @Test func flippedBitsNeverReadOutside() {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for _ in 0..<300 {
            var model = ListpackModel()
            for _ in 0..<4 {
                model.replace(at: 0, removing: 0, with: [drawBytes(count: Int(random.next(below: 9)), &random)])
            }
            var bytes = model.listpack.block.bytes(at: 0, count: model.listpack.byteCount, of: model.listpack.block)
                .makeArray()
            model.free()
            for bit in 0..<bytes.count * 8 {
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                readAll(bytes)
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
    }

    private func readAll(_ bytes: [UInt8]) {
        guard let reader = ListpackReader(validating: bytes.rawBytes) else { return }
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            _ = reader.value(at: offset).byteCount
            offset = reader.offset(after: offset)
        }
        while let previous = reader.offset(before: offset) { offset = previous }
    }
}
