import SnugMemory
import Testing

/// The kernels against bits in an array, at every alignment of small strings.
@Suite struct BitTests {
    private static func bits(_ bytes: [UInt8]) -> [Bool] {
        bytes.flatMap { byte in (0..<8).map { byte & 0x80 >> UInt8($0) != 0 } }
    }

    /// Strings with few bits set, few clear, and of both.
    private static func samples(_ count: Int) -> [[UInt8]] {
        var state = UInt64(count) &* 977 &+ 1
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        let mixed = (0..<count).map { _ in next() }
        let sparse = mixed.map { $0 < 40 ? $0 & 0x11 : 0 }
        return [mixed, sparse, sparse.map { ~$0 }, mixed.map { _ in 0 }, mixed.map { _ in 0xff }]
    }

    @Test func countsAndFirstsOfEveryRange() {
        for count in 1...6 {
            for bytes in Self.samples(count) {
                let bits = Self.bits(bytes)
                for first in bits.indices {
                    for last in first..<bits.count {
                        let part = bits[first...last]
                        #expect(bytes.rawBytes.setBitCount(from: first, through: last) == part.count { $0 })
                        for value in [false, true] {
                            #expect(
                                bytes.rawBytes.firstBit(value, from: first, through: last)
                                    == part.firstIndex(of: value))
                        }
                    }
                }
            }
        }
    }

    /// Long enough for every step of the counting, at every place in memory.
    @Test func countsOfEveryLengthAndAlignment() {
        for count in Array(0...80) + [127, 128, 129, 511, 512, 513, 640, 1_000, 4_099] {
            for bytes in Self.samples(count) {
                let padded = [UInt8](repeating: 0xff, count: 8) + bytes + [0xff]
                let expected = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
                for shift in 0..<8 {
                    let moved = Array(padded[(8 - shift)...])
                    let part = moved.rawBytes.slice(from: shift, count: count)
                    #expect(part.setBitCount == expected)
                    #expect(part.setBitCountPortably == expected)
                }
            }
        }
    }

    @Test func firstsFarAway() {
        for count in [63, 64, 65, 200, 1_000] {
            for place in [0, 1, 62, 63, 64, 65, 127, 128, 199, 999] where place < count {
                for bit in 0..<8 {
                    for value in [false, true] {
                        var bytes = [UInt8](repeating: value ? 0 : 0xff, count: count)
                        bytes[place] ^= 0x80 >> UInt8(bit)
                        let last = count * 8 - 1
                        #expect(bytes.rawBytes.firstBit(value, from: 0, through: last) == place * 8 + bit)
                        #expect(bytes.rawBytes.firstBit(value, from: place * 8 + bit, through: last) == place * 8 + bit)
                        if place * 8 + bit < last {
                            #expect(bytes.rawBytes.firstBit(value, from: place * 8 + bit + 1, through: last) == nil)
                        }
                        if place * 8 + bit > 0 {
                            #expect(bytes.rawBytes.firstBit(value, from: 0, through: place * 8 + bit - 1) == nil)
                        }
                    }
                }
            }
        }
    }

    @Test func fieldsOfEveryWidthAndOffset() {
        for bytes in Self.samples(10) {
            let bits = Self.bits(bytes) + [Bool](repeating: false, count: 80)
            for offset in 0..<88 {
                for count in 1...64 {
                    let expected = bits[offset..<offset + count].reduce(UInt64(0)) { $0 << 1 | ($1 ? 1 : 0) }
                    #expect(bytes.rawBytes.bits(at: offset, count: count) == expected)
                }
                #expect(bytes.rawBytes.bit(at: offset) == bits[offset])
            }
        }
    }

    @Test func combinationsOfEveryLengthAndAlignment() {
        let functions: [(BitCombination, (UInt8, UInt8) -> UInt8)] = [
            (.and, { $0 & $1 }), (.or, { $0 | $1 }), (.xor, { $0 ^ $1 }), (.firstOnly, { $0 & ~$1 }),
            (.secondOnly, { ~$0 & $1 }),
        ]
        for count in Array(0...40) + [63, 64, 65, 127, 130, 515] {
            let (left, right) = (Self.samples(count)[0], Self.samples(count + 1)[0].dropLast())
            for shift in [0, 1, 3, 8, 15] {
                let block = Block.allocate(byteCount: count + shift + 16)
                defer { block.free() }
                func result() -> [UInt8] { block.bytes(at: shift, count: count, of: block).makeArray() }
                for (combination, function) in functions {
                    let expected = zip(left, right).map(function)
                    block.store(left.rawBytes, at: shift)
                    block.combine(combination, with: Array(right).rawBytes, at: shift)
                    #expect(result() == expected)
                    block.fill(0x5a, at: 0, byteCount: count + shift)
                    block.storeCombination(combination, of: left.rawBytes, Array(right).rawBytes, at: shift)
                    #expect(result() == expected)
                }
                block.storeComplement(of: left.rawBytes, at: shift)
                #expect(result() == left.map { ~$0 })
            }
        }
    }

    @Test func bitsSeenOnceAndTwice() {
        let sources = (0..<4).map { index in Self.samples(100 + index)[0].prefix(100).map { $0 & $0 >> 1 } }
        let (once, twice) = (Block.allocate(byteCount: 116), Block.allocate(byteCount: 116))
        defer {
            once.free()
            twice.free()
        }
        once.fill(0, at: 0, byteCount: 116)
        twice.fill(0, at: 0, byteCount: 116)
        for source in sources { once.noteBits(source.rawBytes, at: 16, twice: twice) }
        for index in 0..<800 {
            let seen = sources.count { $0.rawBytes.bit(at: index) }
            #expect(once.bytes(at: 16, count: 100, of: once).bit(at: index) == (seen > 0))
            #expect(twice.bytes(at: 0, count: 100, of: twice).bit(at: index) == (seen > 1))
        }
    }
}
