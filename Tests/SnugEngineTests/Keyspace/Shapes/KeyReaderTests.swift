import SnugMemory
import Testing

@testable import SnugEngine

/// A reader, and checks of everything that must hold for a key.
private struct ReaderAudit: ~Copyable {
    private let hasher = KeyedHash(key0: 11, key1: 12)
    var reader = KeyReader(hasher: KeyedHash(key0: 11, key1: 12))
    private(set) var failures: [[UInt8]] = []
    private(set) var count = 0

    /// Reads the key and notes it among the failures when it does not come back, or is not read by the rules.
    mutating func check(_ key: [UInt8]) {
        count += 1
        reader.read(key.rawBytes)
        var written = GrowableBytes()
        appendKey(template: reader.template, parts: reader.parts, index: reader.index, to: &written)
        var good = written.bytes.isEqual(to: key.rawBytes)
        good = good && reader.hash == hashOfRun(template: reader.template, parts: reader.parts, hasher: hasher)
        good = good && reader.bytes.byteCount == reader.template.byteCount + reader.parts.byteCount
        good = good && reader.isIndexed == isIndexed(template: reader.template)
        good = good && (0..<64).contains(reader.index)
        // The parts are found among what may stand behind them.
        let more = reader.parts.makeArray() + [0xff, 0x80, 1]
        good = good && partsByteCount(template: reader.template, in: more.rawBytes) == reader.parts.byteCount
        good = good && reading() == modelReading(of: key)
        if !good { failures.append(key) }
    }

    func reading() -> KeyReading {
        var out = GrowableBytes()
        appendDisplayedTemplate(reader.template, to: &out)
        return KeyReading(displayed: out.bytes.makeString(), index: reader.index, isIndexed: reader.isIndexed)
    }

    mutating func displayed(_ key: String) -> String {
        reader.read(bytes(key).rawBytes)
        return reading().displayed
    }

    func expectNoFailures() {
        let texts = failures.prefix(10).map { String(decoding: $0, as: UTF8.self) }
        #expect(texts == [], "\(failures.count) of \(count) keys")
    }
}

private let uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

@Suite struct KeyReaderTests {
    @Test(arguments: [
        ("user:10001:blocked", "user:#:blocked"), ("user:0:blocked", "user:#:blocked"), ("key:000000012345", "key:#12"),
        ("0001", "#4"), ("user123", "user#"), ("12ab", "#ab"), ("a1b2", "*"), ("1a2", "*"), ("user:a1b2", "user:*"),
        ("session:\(uuid)", "session:<uuid>"), ("\(uuid.uppercased()).1", "<UUID>.#"),
        ("session:\(uuid)0", "session:3f2504e0-4f89-41d3-9a0c-<hex13>"),
        ("d41d8cd98f00b204e9800998ecf8427e", "<hex32>"),
        ("etag/D41D8CD98F00B204", "etag/<HEX16>"), ("12345678901234567890", "<hex20>"),
        ("x12345678901234567890", "x<hex20>"),
        ("1234567890123456789", "#"), ("session:AbC", "session:*"), ("config", "*"), ("", "*"), ("a:", "a:*"),
        ("bob@example.com", "*@example.com"), ("user:bob@example.com", "user:*@example.com"), ("@bob", "*"),
        ("a@b@c", "*@c"), ("a|b/c", "a|b/*"), ("1:2:3:4:5:6:7:8:9:10", "#:#:#:#:#:#:#:#:9:10"), ("ąę7", "ąę#"),
        ("a\n1", "*"), (String(repeating: "7:", count: 128), "*"), ("1-2", "#-#"), ("-1", "-#"), ("v1.02", "v#.#2"),
    ])
    func readsAsPeopleWould(key: String, displayed: String) {
        var audit = ReaderAudit()
        let shown = audit.displayed(key)
        #expect(shown == displayed)
        audit.check(bytes(key))
        audit.expectNoFailures()
    }

    /// A reader compares short keys with the last one: what it has read must be what a new reader reads.
    @Test func aKeyIsReadAnewUnlessItIsTheLast() {
        let hasher = KeyedHash(key0: 1, key1: 2)
        let keys = [
            "", "\0", "a", "a\0", "a\0\0", "user:1", "user:2", "12345678", "123456789", "1234567890123456",
            "12345678901234567", "x234567890123456", String(repeating: "k", count: 300),
        ].map(bytes)
        var reader = KeyReader(hasher: hasher)
        for first in keys {
            for second in keys {
                for key in [first, second, second, first] {
                    var fresh = KeyReader(hasher: hasher)
                    fresh.read(key.rawBytes)
                    reader.read(key.rawBytes)
                    let isEqual =
                        reader.bytes.isEqual(to: fresh.bytes) && reader.hash == fresh.hash
                        && reader.template.isEqual(to: fresh.template) && reader.index == fresh.index
                        && reader.isIndexed == fresh.isIndexed
                    #expect(isEqual, "\(first), then \(second)")
                }
            }
        }
    }

    @Test func everyShortKeyComesBack() {
        var audit = ReaderAudit()
        let alphabet = bytes("01af:-@")
        var keys: [[UInt8]] = [[]]
        for _ in 0...5 {
            for key in keys { audit.check(key) }
            if keys[0].count < 5 { keys = keys.flatMap { key in alphabet.map { key + [$0] } } }
        }
        for byte in UInt8.min...UInt8.max {
            audit.check([byte])
            audit.check([97, byte, 49])
        }
        audit.expectNoFailures()
    }

    @Test func generatedKeysComeBack() {
        var random = RandomSource(seed: newSeed())
        var audit = ReaderAudit()
        for _ in 0..<20_000 { audit.check(drawKey(&random)) }
        audit.expectNoFailures()
    }

    @Test func numbersAtTheirBounds() {
        var audit = ReaderAudit()
        for shift in UInt64(0)..<64 {
            for distance in UInt64(0)...2 {
                let edge = UInt64(1) << shift &+ distance &- 1
                for key in ["\(edge)", "k:\(edge):v", "0\(edge)", "k00\(edge)", "\(edge):7"] { audit.check(bytes(key)) }
            }
        }
        for count in 1...260 {
            for digit in ["0", "1", "9"] { audit.check(bytes(String(repeating: digit, count: count))) }
            for letter in ["a", "F", "g"] {
                audit.check(bytes(String(repeating: "1", count: count - 1) + letter))
                audit.check(bytes("k:" + letter + String(repeating: "1", count: count)))
            }
        }
        let powers: [UInt64] = (0...19).map { power in (0..<power).reduce(1) { product, _ in product &* 10 } }
        for power in powers { for value in [power - 1, power, power + 1] { audit.check(bytes("\(value)")) } }
        audit.expectNoFailures()
    }

    /// A reader looks at 64 bytes at a time.
    @Test func tokensAtEveryOffset() {
        var audit = ReaderAudit()
        let words = [
            uuid, "12345", "00012", "abc123", "123abc", "d41d8cd98f00b204e9800998ecf8427e", "12345678901234567890",
            String(repeating: "x", count: 70) + "9", String(repeating: "0f", count: 66), "żółć7",
        ]
        for offset in 0...150 {
            let padding = String(repeating: offset % 2 == 0 ? "-" : "a:", count: offset)
            for word in words {
                for ending in ["", ":", ":7", "\u{1}"] { audit.check(bytes(padding + word + ending)) }
            }
        }
        audit.expectNoFailures()
    }

    @Test func textsOfEveryLength() {
        var random = RandomSource(seed: newSeed())
        var audit = ReaderAudit()
        let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")
        for count in 0...300 {
            var text = (0..<count).map { _ in alphabet[Int(random.next(below: 54))] }
            audit.check(text)
            audit.check(bytes("s:") + text)
            // Too long to be split, so digits are text too.
            audit.check(text + [UInt8](repeating: 48 + UInt8(count % 10), count: 256))
            if count > 0 {
                text[Int(random.next(below: UInt64(count)))] = UInt8(ascii: "~")
                audit.check(text)
            }
        }
        audit.expectNoFailures()
        audit.reader.read(bytes("session:AbCdEfGhIjKlMnOpQrSt").rawBytes)
        #expect(audit.reader.parts.byteCount == 16, "twenty characters in fifteen bytes, and their count")
    }

    @Test func aLongKeyComesBackAndIsForgotten() {
        var audit = ReaderAudit()
        for byte in [UInt8(ascii: "a"), UInt8(ascii: "~"), 0] {
            audit.check([UInt8](repeating: byte, count: 3_000_001))
            audit.check(bytes("user:10001:blocked"))
            #expect(audit.reader.buffer.allocatedByteCount < 10_000)
        }
        audit.expectNoFailures()
    }

    @Test func aRunHasOneHash() {
        var reader = KeyReader(hasher: KeyedHash(key0: 1, key1: 2))
        var runs: [[UInt8]: UInt64] = [:]
        var hashes: Set<UInt64> = []
        for number in 0..<2000 {
            reader.read(bytes("user:\(number):blocked").rawBytes)
            let run = reader.parts.makeArray()
            #expect(reader.index == number % 64)
            #expect(runs[run, default: reader.hash] == reader.hash)
            runs[run] = reader.hash
            hashes.insert(reader.hash)
        }
        #expect(runs.count == 32 && hashes.count == 32)
    }

    @Test func theHashKnowsWhereTheTemplateEnds() {
        let hasher = KeyedHash(key0: 1, key1: 2)
        let all = bytes("abcdefghijklmnopqrstuvwxyz")
        var hashes: Set<UInt64> = []
        for count in 0...all.count {
            let first = Array(all[..<count])
            let second = Array(all[count...])
            hashes.insert(hashOfRun(template: first.rawBytes, parts: second.rawBytes, hasher: hasher))
            let joined = hasher.hash(all.rawBytes, tag: 7)
            #expect(hasher.hash(first.rawBytes, second.rawBytes, tag: 7) == joined)
        }
        #expect(hashes.count == all.count + 1)
    }

    @Test func differentKeysAreReadDifferently() {
        var random = RandomSource(seed: newSeed())
        var reader = KeyReader(hasher: KeyedHash(key0: 1, key1: 2))
        var keys: [[UInt8]: [UInt8]] = [:]
        for _ in 0..<20_000 {
            let key = drawKey(&random)
            reader.read(key.rawBytes)
            let read = reader.bytes.makeArray() + [UInt8(reader.index), UInt8(reader.templateByteCount & 255)]
            #expect(keys[read, default: key] == key)
            keys[read] = key
        }
    }

    /// What has been read ahead is what a reader reads at its turn, whatever comes of the keys that were announced.
    @Test func announcedKeys() {
        var random = RandomSource(seed: newSeed())
        let hasher = KeyedHash(key0: 1, key1: 2)
        var reader = KeyReader(hasher: hasher)
        var plain = KeyReader(hasher: hasher)
        for _ in 0..<1000 {
            let keys = (0..<random.next(below: 20)).map { _ in
                random.next(below: 2) == 0 ? drawKey(&random) : bytes("key:\(random.next(below: 9))")
            }
            reader.forgetAnnounced()
            for (number, key) in keys.enumerated() {
                plain.read(key.rawBytes)
                let hash = reader.announce(key.rawBytes, hasher: hasher)?.value.hash
                let mayBeRefused = number >= KeyLookahead.countMax || key.count > ShortKey.byteCountMax
                #expect(hash == plain.hash || hash == nil && mayBeRefused)
            }
            for key in keys where random.next(below: 5) > 0 {
                let read = random.next(below: 5) > 0 ? key : drawKey(&random)
                reader.read(read.rawBytes)
                plain.read(read.rawBytes)
                #expect(reader.bytes.isEqual(to: plain.bytes) && reader.hash == plain.hash)
                #expect(reader.templateByteCount == plain.templateByteCount)
                #expect(reader.index == plain.index && reader.isIndexed == plain.isIndexed)
            }
        }
    }
}
