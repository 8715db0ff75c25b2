import SnugMemory
import Testing

/// SipHash-1-3 written once more, straight from the paper's description and with no eye to speed.
private struct PlainSipHash {
    private var state: [UInt64]

    init(key0: UInt64, key1: UInt64) {
        let constants = Array("somepseudorandomlygeneratedbytes".utf8)
        let words = (0..<4).map { index in
            constants[index * 8..<index * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        state = [words[0] ^ key0, words[1] ^ key1, words[2] ^ key0, words[3] ^ key1]
    }

    private mutating func halfRound(_ a: Int, _ b: Int, _ c: Int, _ d: Int, _ s: UInt64, _ t: UInt64) {
        state[a] = state[a] &+ state[b]
        state[c] = state[c] &+ state[d]
        state[b] = (state[b] << s | state[b] >> (64 - s)) ^ state[a]
        state[d] = (state[d] << t | state[d] >> (64 - t)) ^ state[c]
        state[a] = state[a] << 32 | state[a] >> 32
    }

    private mutating func round() {
        halfRound(0, 1, 2, 3, 13, 16)
        halfRound(2, 1, 0, 3, 17, 21)
    }

    /// `compressions` rounds for each word, `finalizations` at the end.
    mutating func hash(_ bytes: [UInt8], compressions: Int, finalizations: Int) -> UInt64 {
        var padded = bytes
        while padded.count % 8 != 7 { padded.append(0) }
        padded.append(UInt8(truncatingIfNeeded: bytes.count))
        for start in stride(from: 0, to: padded.count, by: 8) {
            let word = padded[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            state[3] ^= word
            for _ in 0..<compressions { round() }
            state[0] ^= word
        }
        state[2] ^= 0xff
        for _ in 0..<finalizations { round() }
        return state[0] ^ state[1] ^ state[2] ^ state[3]
    }
}

@Suite struct KeyedHashTests {
    private let key0: UInt64 = 0x0706_0504_0302_0100
    private let key1: UInt64 = 0x0f0e_0d0c_0b0a_0908

    @Test func theSecondImplementationIsSipHash() {
        // The paper's own example, for SipHash-2-4.
        var plain = PlainSipHash(key0: key0, key1: key1)
        #expect(plain.hash(Array(0..<15), compressions: 2, finalizations: 4) == 0xa129_ca61_49be_45e5)
    }

    @Test func everyLengthUpToAHundred() {
        for key in [(key0, key1), (0, 0), (.max, 1)] as [(UInt64, UInt64)] {
            let subject = KeyedHash(key0: key.0, key1: key.1)
            for count in 0...100 {
                let bytes = (0..<count).map { UInt8($0 * 37 & 255) }
                var plain = PlainSipHash(key0: key.0, key1: key.1)
                #expect(subject.hash(bytes.rawBytes) == plain.hash(bytes, compressions: 1, finalizations: 3))
            }
        }
    }

    @Test func eachByteAndTheKeyMatter() {
        let subject = KeyedHash(key0: key0, key1: key1)
        let bytes = [UInt8](0..<32)
        var seen: Set<UInt64> = [subject.hash(bytes.rawBytes)]
        for index in 0..<32 {
            var changed = bytes
            changed[index] ^= 1
            seen.insert(subject.hash(changed.rawBytes))
        }
        seen.insert(KeyedHash(key0: key0 ^ 1, key1: key1).hash(bytes.rawBytes))
        seen.insert(KeyedHash(key0: key0, key1: key1 ^ 1).hash(bytes.rawBytes))
        #expect(seen.count == 35)
    }
}
