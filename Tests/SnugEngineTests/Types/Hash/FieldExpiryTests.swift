import SnugMemory
import Testing

@testable import SnugEngine

/// Hashes with fields that expire beside plain arrays, in the order in which Redis shows a `listpackex`: the field that
/// is due first in front, those that do not expire behind, as they were added or came to stay.
private struct FieldExpiryModel: ~Copyable {
    struct Pair {
        let field: [UInt8]
        var value: [UInt8]
        var expiry: Int64?
    }
    struct Hash {
        var pairs: [Pair] = []
        var isTable = false
    }

    var partition: Partition
    var hashes: [[UInt8]: Hash] = [:]

    init(seed: UInt64, fieldCountMax: Int) {
        partition = Partition(
            databaseCount: 2, hasher: KeyedHash(key0: seed, key1: 3), seed: seed, packByteCountMean: 96)
        partition.limits.hashListpackEntriesMax = fieldCountMax
        partition.limits.encodingsRevert = false
        partition.now = 1_700_000_000_000
    }

    private mutating func change(_ key: [UInt8], _ body: (inout Hash) -> Void) {
        var hash = hashes[key] ?? Hash()
        body(&hash)
        hashes[key] = hash.pairs.isEmpty ? nil : hash
    }

    mutating func passTime(_ milliseconds: Int64) {
        partition.now += milliseconds
        let now = partition.now
        for key in hashes.keys { change(key) { $0.pairs.removeAll { ($0.expiry ?? .max) <= now } } }
    }

    mutating func set(_ key: [UInt8], _ field: [UInt8], _ value: [UInt8]) throws {
        let limits = partition.limits
        let isNew = try partition.setHashValue(key.rawBytes, field.rawBytes, to: value.rawBytes)
        #expect(isNew == (hashes[key]?.pairs.contains { $0.field == field } != true))
        change(key) { hash in
            if max(field.count, value.count) > limits.hashListpackValueMax { hash.isTable = true }
            if let index = hash.pairs.firstIndex(where: { $0.field == field && $0.expiry == nil }) {
                hash.pairs[index].value = value
            } else {
                hash.pairs.removeAll { $0.field == field }
                hash.pairs.append(Pair(field: field, value: value))
            }
            if hash.pairs.count > limits.hashListpackEntriesMax { hash.isTable = true }
        }
    }

    mutating func remove(_ key: [UInt8], _ field: [UInt8]) throws {
        let isThere = hashes[key]?.pairs.contains { $0.field == field } == true
        guard var hash = try partition.openHash(key.rawBytes) else { return #expect(!isThere) }
        let isGone = partition.removeField(field.rawBytes, from: &hash)
        partition.closeHash(key.rawBytes, hash, changeCount: isGone ? 1 : 0)
        #expect(isGone == isThere)
        change(key) { $0.pairs.removeAll { $0.field == field } }
    }

    mutating func expire(_ key: [UInt8], _ field: [UInt8], _ time: Int64, _ condition: ExpiryCondition) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return #expect(hashes[key] == nil) }
        let former = hashes[key]?.pairs.first { $0.field == field }
        let found = partition.setExpiry(of: field.rawBytes, to: time, if: condition, in: &hash)
        partition.closeHash(key.rawBytes, hash, changeCount: found == .set || found == .removed ? 1 : 0)
        guard var pair = former else { return #expect(found == .noField) }
        guard condition.allows(time, instead: pair.expiry) else { return #expect(found == .refused) }
        #expect(found == (time <= partition.now ? .removed : .set))
        pair.expiry = time
        change(key) { hash in
            hash.pairs.removeAll { $0.field == field }
            if found == .set {
                let place = hash.pairs.firstIndex { ($0.expiry ?? .max) > time } ?? hash.pairs.endIndex
                hash.pairs.insert(pair, at: place)
            }
        }
    }

    mutating func persist(_ key: [UInt8], _ field: [UInt8]) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return #expect(hashes[key] == nil) }
        let found = partition.persist(field.rawBytes, in: &hash)
        var changes = 0
        if case .at = found { changes = 1 }
        partition.closeHash(key.rawBytes, hash, changeCount: changes)
        guard var pair = hashes[key]?.pairs.first(where: { $0.field == field }) else {
            return #expect(found == .noField)
        }
        guard let expiry = pair.expiry else { return #expect(found == .never) }
        #expect(found == .at(expiry))
        pair.expiry = nil
        change(key) { hash in
            hash.pairs.removeAll { $0.field == field }
            hash.pairs.append(pair)
        }
    }

    mutating func increment(_ key: [UInt8], _ field: [UInt8]) throws {
        let text = hashes[key]?.pairs.first { $0.field == field }?.value ?? bytes("0")
        guard let former = text.rawBytes.canonicalInteger else { return }
        let sum = try partition.incrementHashValue(key.rawBytes, field.rawBytes, by: 3)
        #expect(sum == former + 3)
        let limit = partition.limits.hashListpackEntriesMax
        change(key) { hash in
            if let index = hash.pairs.firstIndex(where: { $0.field == field }) {
                hash.pairs[index].value = bytes("\(sum)")
            } else {
                hash.pairs.append(Pair(field: field, value: bytes("\(sum)")))
            }
            if hash.pairs.count > limit { hash.isTable = true }
        }
    }

    mutating func transfer(_ key: [UInt8], _ other: [UInt8], copying: Bool) throws {
        guard hashes[key] != nil, key != other else { return }
        if copying {
            _ = try partition.copy(key.rawBytes, to: other.rawBytes, inDatabase: 0, replacing: true)
        } else {
            _ = try partition.rename(key.rawBytes, to: other.rawBytes, onlyIfNew: false)
        }
        hashes[other] = hashes[key]
        if !copying { hashes[key] = nil }
    }

    mutating func check(_ key: [UInt8]) throws {
        let expected = hashes[key]
        #expect(partition.exists(key.rawBytes) == (expected != nil))
        #expect(try partition.hashCount(key.rawBytes) == expected?.pairs.count ?? 0)
        let encoding = partition.describe(key.rawBytes, .peek)?.encoding
        guard let expected else { return #expect(encoding == nil) }
        let expires = expected.pairs.contains { $0.expiry != nil }
        #expect(encoding == (expected.isTable ? .hashTable : expires ? .listpackWithExpiry : .listpack))
        guard let hash = try partition.hash(key.rawBytes) else {
            Issue.record("a hash that is not there")
            return
        }
        var shown: [[UInt8]] = []
        hash.forEach { field, value in
            shown.append(field.text)
            let pair = expected.pairs.first { $0.field == field.text }
            #expect(pair?.value == value.text)
        }
        let order = expected.pairs.map(\.field)
        if expected.isTable {
            #expect(Set(shown) == Set(order) && shown.count == order.count)
        } else {
            #expect(shown == order)
        }
        for pair in expected.pairs {
            #expect(hash.expiry(of: pair.field.rawBytes) == pair.expiry.map { .at($0) } ?? .never)
        }
        #expect(hash.expiry(of: bytes("a stranger").rawBytes) == .noField)
    }

    mutating func checkAll(_ keys: [[UInt8]]) throws {
        for key in keys { try check(key) }
        var shown: Set<[UInt8]> = []
        partition.forEachKey { shown.insert($0.makeArray()) }
        #expect(shown == Set(hashes.keys))
        partition.audit()
    }
}

@Suite struct FieldExpiryTests {
    @Test(arguments: 0..<8)
    func generatedChanges(round: Int) throws {
        let seed = newSeed() &+ UInt64(round)
        var random = RandomSource(seed: seed)
        func draw(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }
        var model = FieldExpiryModel(seed: seed, fieldCountMax: round < 6 ? 12 : 70)
        let keys = (0..<6).map { bytes("user:\($0)") } + [bytes("a hash"), bytes("another")]
        let fieldCount = round < 6 ? 20 : 90
        let fields =
            round % 2 == 0
            ? (0..<fieldCount).map { bytes("\($0)") }
            : (0..<fieldCount).map { bytes($0 % 3 == 0 ? "a name that is long \($0)" : "n\($0)") }
        for step in 0..<4000 {
            let (key, field) = (keys[draw(keys.count)], fields[draw(round < 3 ? 9 : fields.count)])
            switch draw(24) {
            case 0..<7:
                let values = [bytes("\(draw(500))"), bytes("some text \(draw(9))")]
                let long = bytes(String(repeating: "v", count: 70))
                try model.set(key, field, draw(30) == 0 ? long : values[draw(2)])
            case 7..<15:
                let distance = [-5, 0, 1, 50, 400, 100_000, 1 << 36, 1 << 40][draw(8)]
                let condition: [ExpiryCondition] = [[], [], [], [], .none, .some, .later, .earlier]
                let time = model.partition.now + Int64(distance + draw(3) * draw(9))
                try model.expire(key, field, time, condition[draw(8)])
            case 15, 16: try model.persist(key, field)
            case 17: try model.increment(key, field)
            case 18, 19: try model.remove(key, field)
            case 20: try model.transfer(key, keys[draw(keys.count)], copying: draw(2) == 0)
            case 21:
                while !model.partition.reclaimExpired(inDatabase: 0, atMost: 100).isComplete {}
                model.partition.audit()
            case 22:
                _ = model.partition.delete(key.rawBytes)
                model.hashes[key] = nil
            default: model.passTime(Int64(draw(40)))
            }
            try model.check(key)
            if step % 200 == 0 { try model.checkAll(keys) }
        }
        model.passTime(1 << 41)
        try model.checkAll(keys)
        for key in keys {
            _ = model.partition.delete(key.rawBytes)
            model.hashes[key] = nil
        }
        try model.checkAll(keys)
        for name in 0..<100 {
            let isUsed = model.partition.vocabulary.value.names.isUsed(name)
            #expect(!isUsed)
        }
    }

    /// What the times of all fields cost, bytes for each, two fields to a time, in hashes whose fields have names
    /// and in such with numbers. Packs keep up to a quarter of room, which is not counted; the index of a table's packs
    /// adds eight bytes for each pack, about a tenth of a byte for each field.
    @Test(arguments: [(5, false), (5, true), (100, false), (5000, false), (5000, true)])
    func bytesForEachField(fieldCount: Int, areNumbers: Bool) throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.now = 1_700_000_000_000
        let hashCount = 20_000 / fieldCount
        func field(_ number: Int) -> [UInt8] {
            let name = ["name", "mail", "age", "city", "zip"][number % 5] + (number < 5 ? "" : "\(number * 7919)")
            return bytes(areNumbers ? "\(number)" : name)
        }
        for key in 0..<hashCount {
            for number in 0..<fieldCount {
                let (name, value) = (bytes("user:\(key)"), bytes("v\(number)"))
                try partition.setHashValue(name.rawBytes, field(number).rawBytes, to: value.rawBytes)
            }
        }
        let before = partition.usedByteCount
        for key in 0..<hashCount {
            let name = bytes("user:\(key)")
            guard var hash = try partition.openHash(name.rawBytes) else {
                Issue.record("a hash that has gone")
                return
            }
            for number in 0..<fieldCount {
                let time = partition.now + 3_600_000 + Int64(number / 2 * 977 % 100_000)
                let change = partition.setExpiry(of: field(number).rawBytes, to: time, in: &hash)
                #expect(change == .set)
            }
            partition.closeHash(name.rawBytes, hash, changeCount: fieldCount)
        }
        let bytesForEach = Double(partition.usedByteCount - before) / Double(fieldCount * hashCount)
        print("\(fieldCount) fields, numbers: \(areNumbers): \(bytesForEach) bytes for each time")
        #expect(bytesForEach <= 5.2)
        partition.audit()
    }
}

extension Partition {
    /// Bytes in use by keys, by hashes in blocks and tables of their own, and by the indexes of expiries.
    fileprivate var usedByteCount: Int {
        var sum = map.value.map.usedByteCount
        map.value.map.forEach { location in
            guard location.cell.kind == .reference else { return }
            let reference = location.cell.reference
            switch reference.kind {
            case .table:
                sum += reference.table.value.map.usedByteCount
                if let due = reference.table.value.map.due { sum += due.value.allocatedByteCount }
            case .compact: sum += reference.string.byteCount
            default: break
            }
        }
        return sum
    }
}
