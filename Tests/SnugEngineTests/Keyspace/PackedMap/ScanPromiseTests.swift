import SnugMemory
import Testing

@testable import SnugEngine

/// What SCAN and HSCAN promise while the map grows, shrinks and lays runs out anew between the calls.
@Suite struct ScanPromiseTests {
    /// Which makes of key stay throughout a scan, and which come and go.
    private static let mixes: [(staying: [KeyMake], passing: [KeyMake])] = [
        ([.dense], [.dense]), ([.sparse], [.sparse]), ([.text], [.text]), ([.dense], [.text, .uuid]),
        ([.dense, .sparse, .text, .long, .severalNumbers], [.dense, .padded, .text, .email, .binary]),
    ]
    private static let stayingCount = 600
    private static let passingCount = 1500

    /// What goes on between two calls: the keys that pass grow in number for a while, then shrink again.
    private struct Churn {
        let makes: [KeyMake]
        var grows = true
        private var present: Set<[UInt8]> = []

        init(_ makes: [KeyMake]) { self.makes = makes }

        mutating func step(
            _ count: Int, _ random: inout RandomSource, _ change: (_ key: [UInt8], _ adds: Bool) -> Void
        ) {
            if random.next(below: 30) == 0 { grows.toggle() }
            for _ in 0..<count {
                let make = makes[Int(random.next(below: UInt64(makes.count)))]
                // Behind those that stay.
                let number = stayingCount + Int(random.next(below: UInt64(passingCount)))
                let key = make.key(number)
                let adds = grows != (random.next(below: 5) == 0)
                if adds != present.contains(key) {
                    if adds { present.insert(key) } else { present.remove(key) }
                    change(key, adds)
                }
            }
        }
    }

    private func staying(_ makes: [KeyMake]) -> [[UInt8]] {
        (0..<Self.stayingCount).map { makes[$0 % makes.count].key($0) }
    }

    private func known(_ mix: (staying: [KeyMake], passing: [KeyMake])) -> Set<[UInt8]> {
        var known = Set(staying(mix.staying))
        for make in mix.passing {
            for number in 0..<Self.passingCount { known.insert(make.key(Self.stayingCount + number)) }
        }
        return known
    }

    @Test(arguments: 0..<5, [1, 3, 10, 100, 1000])
    func keys(mix: Int, count: Int) {
        let mix = Self.mixes[mix]
        var random = RandomSource(seed: newSeed("keys(\(count))"))
        let (staying, known) = (staying(mix.staying), known(mix))
        for mean in [48, 200] {
            var partition = Partition(
                databaseCount: 1, hasher: KeyedHash(key0: random.next(), key1: 2), seed: 3, packByteCountMean: mean)
            partition.now = 1_000_000
            for key in staying { partition.setString(key.rawBytes, to: bytes("1").rawBytes) }
            var churn = Churn(mix.passing)
            var seen: Set<[UInt8]> = []
            var cursor: UInt64 = 0
            repeat {
                var given = 0
                cursor = partition.scan(from: cursor, minimumCount: count) {
                    seen.insert($0.makeArray())
                    given += 1
                }
                #expect(given < count + 64)
                churn.step(1 + count / 4, &random) { key, adds in
                    if adds {
                        partition.setString(key.rawBytes, to: key.rawBytes)
                    } else {
                        _ = partition.delete(key.rawBytes)
                    }
                }
                reencode(staying, &partition, &random)
            } while cursor != 0
            #expect(seen.isSuperset(of: staying), "\(staying.filter { !seen.contains($0) }.count) keys were not shown")
            #expect(seen.isSubset(of: known))
            partition.audit()
        }
    }

    /// Gives keys that stay other values and expiries.
    private func reencode(_ keys: [[UInt8]], _ partition: inout Partition, _ random: inout RandomSource) {
        for _ in 0..<3 {
            let key = keys[Int(random.next(below: UInt64(keys.count)))]
            let make = ValueMake.allCases[Int(random.next(below: UInt64(ValueMake.allCases.count - 1)))]
            let expiry: ExpiryChange = random.next(below: 2) == 0 ? .remove : .set(9_000_000)
            partition.setString(key.rawBytes, to: make.value(&random, phase: 3).rawBytes, expiry: expiry)
        }
    }

    @Test(arguments: 0..<5, [1, 3, 10, 100, 1000])
    func fields(mix: Int, count: Int) throws {
        let mix = Self.mixes[mix]
        var random = RandomSource(seed: newSeed("fields(\(count))"))
        let (staying, known) = (staying(mix.staying), known(mix))
        let name = bytes("h")
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: random.next(), key1: 2), seed: 3, packByteCountMean: 64)
        partition.limits.hashListpackEntriesMax = 0
        for field in staying { try partition.setHashValue(name.rawBytes, field.rawBytes, to: bytes("1").rawBytes) }
        var churn = Churn(mix.passing)
        var seen: Set<[UInt8]> = []
        var cursor: UInt64 = 0
        repeat {
            var given = 0
            cursor = try scan(name, from: cursor, count: count, of: &partition) {
                seen.insert($0)
                given += 1
            }
            #expect(given < count + 64)
            var changes: [(key: [UInt8], adds: Bool)] = []
            churn.step(1 + count / 4, &random) { changes.append(($0, $1)) }
            for change in changes {
                if change.adds {
                    try partition.setHashValue(name.rawBytes, change.key.rawBytes, to: change.key.rawBytes)
                } else if var hash = try partition.openHash(name.rawBytes) {
                    let isGone = partition.removeField(change.key.rawBytes, from: &hash)
                    partition.closeHash(name.rawBytes, hash, changeCount: isGone ? 1 : 0)
                }
            }
            let field = staying[Int(random.next(below: UInt64(staying.count)))]
            try partition.setHashValue(name.rawBytes, field.rawBytes, to: drawWord(&random).rawBytes)
        } while cursor != 0
        #expect(seen.isSuperset(of: staying) && seen.isSubset(of: known))
        partition.audit()
    }

    private func scan(
        _ name: [UInt8], from cursor: UInt64, count: Int, of partition: inout Partition, _ body: ([UInt8]) -> Void
    ) throws -> UInt64 {
        guard let hash = try partition.hash(name.rawBytes) else { return 0 }
        return hash.scan(from: cursor, minimumCount: count) { field, _ in body(field.text) }
    }

    /// A pack of many keys is given in parts, and no part is visited twice.
    @Test(arguments: [1, 7, 10, 100, 1000])
    func aPackOfThousandsOfKeys(count: Int) {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        for filling in 0..<partition.accessClock.keyCountAlwaysKept {
            partition.setString(bytes("x:\(filling)").rawBytes, to: bytes("1").rawBytes)
        }
        for number in 0..<40_000 { partition.setString(KeyMake.dense.key(number).rawBytes, to: bytes("1").rawBytes) }
        #expect(partition.map.value.map.packKeyCountMax > 2000)
        var (given, calls) = (0, 0)
        var cursor: UInt64 = 0
        repeat {
            var part = 0
            cursor = partition.scan(from: cursor, minimumCount: count) { _ in part += 1 }
            #expect(part < count + 64)
            given += part
            calls += 1
        } while cursor != 0
        #expect(given == partition.keyCount(inDatabase: 0))
        #expect(calls <= given / count + 64)
    }
}
