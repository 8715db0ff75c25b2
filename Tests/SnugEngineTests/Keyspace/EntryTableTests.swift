import SnugMemory
import Testing

@testable import SnugEngine

/// A way of giving hashes to the numbered keys of a test.
enum TestHash: String, CaseIterable, Sendable {
    /// As in service.
    case keyed
    /// One after the other, so that every bucket gets its turn.
    case counting
    /// Equal in the low bits, by which buckets are chosen until there are very many.
    case equalLowBits
    /// Equal in the high bits, by which a scan is ordered last.
    case equalHighBits
    /// All the same.
    case equal

    func hash(of number: Int) -> UInt32 {
        switch self {
        case .keyed: UInt32(truncatingIfNeeded: KeyedHash(key0: 1, key1: 2).hash(bytes("\(number)").rawBytes))
        case .counting: UInt32(number)
        case .equalLowBits: UInt32(number) << 20 | 5
        case .equalHighBits: 0xffff_0000 | UInt32(number & 0xffff)
        case .equal: 77
        }
    }

    /// How many keys a test may take without taking long.
    var reasonableCount: Int { self == .equal ? 600 : 2600 }
}

/// A table of numbered keys.
struct NumberTable: ~Copyable {
    var table = EntryTable(hasher: KeyedHash(key0: 1, key1: 2))
    let hash: TestHash

    init(_ hash: TestHash) { self.hash = hash }

    /// What is kept for the number, or nil.
    func word(of number: Int) -> UInt64? {
        table.find(bytes("\(number)").rawBytes, hash: hash.hash(of: number))?.word
    }

    mutating func insert(_ number: Int) {
        let entry = table.insert(
            bytes("\(number)").rawBytes, hash: hash.hash(of: number), kind: .integer, payloadByteCount: 8)
        entry.word = UInt64(number)
    }

    mutating func remove(_ number: Int) -> Bool {
        table.remove(bytes("\(number)").rawBytes, hash: hash.hash(of: number))
    }
}

@Suite struct EntryTableTests {
    @Test(arguments: TestHash.allCases)
    func growsAndShrinksByOne(hash: TestHash) {
        var numbers = NumberTable(hash)
        let most = hash.reasonableCount
        for number in 0..<most {
            numbers.insert(number)
            if number < 20 || number % 500 == 0 { numbers.table.audit() }
        }
        numbers.table.audit()
        let wrong = (0..<most).filter { numbers.word(of: $0) != UInt64($0) }
        #expect(wrong == [])
        let stranger = numbers.word(of: most)
        #expect(stranger == nil)
        var failures = 0
        for number in 0..<most {
            if !numbers.remove(number) || numbers.remove(number) { failures += 1 }
            if number % 500 == 0 || number > most - 20 { numbers.table.audit() }
        }
        numbers.table.audit()
        #expect(failures == 0)
        #expect(numbers.table.count == 0)
        #expect(numbers.table.bucketCount <= EntryTable.segmentBucketCount)
        #expect(numbers.table.entryByteCount == 0)
    }

    @Test func everyCountUpToThreeSegments() {
        var numbers = NumberTable(.counting)
        var failures = 0
        for count in 1...1600 {
            numbers.insert(count)
            if numbers.table.count != count || numbers.table.bucketCount != count { failures += 1 }
            if numbers.word(of: 1 + count / 2) == nil { failures += 1 }
        }
        #expect(failures == 0)
        numbers.table.audit()
    }

    @Test func payloadsChangeKindAndSize() {
        var table = EntryTable(hasher: KeyedHash(key0: 1, key1: 2))
        let key = bytes("key")
        let hash = table.hash(of: key.rawBytes)
        var entry = table.insert(key.rawBytes, hash: hash, kind: .bytes, payloadByteCount: 0)
        for byteCount in [0, 1, 5, 100, 99, 5000, 40, 0, 1_000_000, 3] {
            for expiry in [nil, 5, 6, nil, 7] as [Int64?] {
                entry = table.resizePayload(of: entry, kind: .rawBytes, byteCount: byteCount)
                entry.block.fill(UInt8(byteCount & 255), at: entry.payloadOffset, byteCount: byteCount)
                entry = table.setExpiry(of: entry, to: expiry)
                #expect(entry.expiry == expiry)
                #expect(entry.payloadByteCount == byteCount)
                let payload = entry.payload(of: table)
                for offset in 0..<byteCount where payload[offset] != UInt8(byteCount & 255) {
                    Issue.record("byte \(offset) of \(byteCount)")
                    break
                }
                let bits = table.find(key.rawBytes, hash: hash)?.block.bits
                #expect(bits == entry.block.bits)
                table.audit()
            }
        }
    }

    @Test func accessDataAndKindDoNotDisturbEachOther() {
        var table = EntryTable(hasher: KeyedHash(key0: 1, key1: 2))
        let entry = table.insert(bytes("k").rawBytes, hash: 1, kind: .bytes, payloadByteCount: 8)
        entry.access = 0xabcdef
        #expect(entry.kind == .bytes && entry.access == 0xabcdef)
        entry.kind = .integer
        #expect(entry.kind == .integer && entry.access == 0xabcdef)
        let expiring = table.setExpiry(of: entry, to: 9)
        #expect(expiring.kind == .integer && expiring.access == 0xabcdef && expiring.expiry == 9)
        expiring.access = 0xff_ffff
        #expect(expiring.kind == .integer && expiring.hasExpiry)
    }

    @Test func aCopyIsEqualAndApart() {
        var numbers = NumberTable(.keyed)
        for number in 0..<1500 { numbers.insert(number) }
        var copy = numbers.table.copied()
        copy.audit()
        #expect(copy.count == 1500)
        for number in 0..<1500 { _ = numbers.remove(number) }
        let wrong = (0..<1500).filter { number in
            let key = bytes("\(number)")
            return copy.find(key.rawBytes, hash: TestHash.keyed.hash(of: number))?.word != UInt64(number)
        }
        #expect(wrong == [])
        let removed = copy.remove(bytes("7").rawBytes, hash: TestHash.keyed.hash(of: 7))
        #expect(removed)
    }

    @Test func aSweepRemovesWhatIsNotKept() {
        for minimumCount in [1, 10, 100_000] {
            var numbers = NumberTable(.keyed)
            for number in 0..<2000 { numbers.insert(number) }
            var cursor: UInt64 = 0
            var visited: Set<UInt64> = []
            repeat {
                cursor = numbers.table.sweep(from: cursor, minimumCount: minimumCount) { entry in
                    visited.insert(entry.word)
                    return entry.word % 10 == 0
                }
                if minimumCount > 1 { numbers.table.audit() }
            } while cursor != 0
            numbers.table.audit()
            #expect(visited.count == 2000)
            #expect(numbers.table.count == 200)
            let wrong = (0..<2000).filter { (numbers.word(of: $0) != nil) != ($0 % 10 == 0) }
            #expect(wrong == [])
        }
    }
}
