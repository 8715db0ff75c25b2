import SnugMemory
import Testing

@testable import SnugEngine

/// A partition's hashes beside dictionaries, with what Redis's rules say of their encoding.
struct HashModel: ~Copyable {
    struct Hash {
        var fields: [[UInt8]: [UInt8]] = [:]
        /// The order in which fields were added, as long as the hash is a listpack.
        var order: [[UInt8]] = []
        var isTable = false
    }

    var partition: Partition
    /// Whether a limit has been passed since the last change was put back.
    private var hasPassedLimit = false
    var hashes: [[UInt8]: Hash] = [:]

    init(seed: UInt64) {
        partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 7), seed: seed, packByteCountMean: 96)
    }

    var limits: EncodingLimits {
        get { partition.limits }
        set { partition.limits = newValue }
    }

    // MARK: The rules

    private mutating func noteBefore(_ key: [UInt8], _ pairs: [([UInt8], [UInt8])]) {
        let longest = pairs.map { max($0.0.count, $0.1.count) }.max() ?? 0
        if pairs.count > limits.hashListpackEntriesMax || longest > limits.hashListpackValueMax {
            hashes[key, default: Hash()].isTable = true
            hasPassedLimit = true
        }
    }

    /// What becomes of a hashtable that has been changed and is below half of every limit. Its order is the one that
    /// is shown from then on.
    private mutating func noteBehind(_ key: [UInt8]) throws {
        defer { hasPassedLimit = false }
        guard let hash = hashes[key], hash.isTable, !hasPassedLimit, limits.encodingsRevert else { return }
        let longest = hash.fields.map { max($0.key.count, $0.value.count) }.max() ?? 0
        let (count, countMax, lengthMax) = (
            hash.fields.count, limits.hashListpackEntriesMax, limits.hashListpackValueMax
        )
        guard Double(count) < Double(countMax) / 2 && Double(longest) < Double(lengthMax) / 2 else { return }
        hashes[key]?.isTable = false
        var order: [[UInt8]] = []
        try partition.hash(key.rawBytes)?.forEach { field, _ in order.append(field.text) }
        #expect(Set(order) == Set(hash.fields.keys))
        hashes[key]?.order = order
    }

    private mutating func note(_ key: [UInt8], _ field: [UInt8], _ value: [UInt8]) -> Bool {
        let isNew = hashes[key, default: Hash()].fields.updateValue(value, forKey: field) == nil
        if isNew { hashes[key, default: Hash()].order.append(field) }
        if hashes[key]?.isTable == false, hashes[key, default: Hash()].fields.count > limits.hashListpackEntriesMax {
            hashes[key]?.isTable = true
            hasPassedLimit = true
        }
        return isNew
    }

    // MARK: Operations on both

    mutating func set(_ key: [UInt8], _ pairs: [([UInt8], [UInt8])]) throws {
        var addition = HashAddition()
        for (field, value) in pairs { addition.add(field.rawBytes, value.rawBytes) }
        noteBefore(key, pairs)
        var hash = try partition.openHash(key.rawBytes, for: addition)
        for (field, value) in pairs {
            let isNew = partition.setField(field.rawBytes, to: value.rawBytes, in: &hash)
            let expected = note(key, field, value)
            #expect(isNew == expected)
        }
        partition.closeHash(key.rawBytes, hash, changeCount: pairs.count)
        try noteBehind(key)
    }

    mutating func setIfAbsent(_ key: [UInt8], _ field: [UInt8], _ value: [UInt8]) throws {
        let isNew = try partition.setHashValueIfAbsent(key.rawBytes, field.rawBytes, to: value.rawBytes)
        #expect(isNew == (hashes[key]?.fields[field] == nil))
        guard isNew else { return }
        noteBefore(key, [(field, value)])
        _ = note(key, field, value)
        try noteBehind(key)
    }

    mutating func remove(_ key: [UInt8], _ fields: [[UInt8]]) throws {
        guard var hash = try partition.openHash(key.rawBytes) else {
            #expect(hashes[key] == nil)
            return
        }
        var removed = 0
        for field in fields {
            let found = partition.removeField(field.rawBytes, from: &hash)
            let expected = hashes[key]?.fields.removeValue(forKey: field) != nil
            #expect(found == expected)
            hashes[key]?.order.removeAll { $0 == field }
            removed += found ? 1 : 0
        }
        partition.closeHash(key.rawBytes, hash, changeCount: removed)
        if hashes[key]?.fields.isEmpty == true { hashes[key] = nil }
        if removed > 0 { try noteBehind(key) }
    }

    mutating func increment(_ key: [UInt8], _ field: [UInt8], by increment: Int64) throws {
        let text = hashes[key]?.fields[field] ?? Array("0".utf8)
        guard let current = text.rawBytes.canonicalInteger else {
            return expect(.hashValueNotInteger, key, field, increment)
        }
        let (sum, overflow) = current.addingReportingOverflow(increment)
        if overflow { return expect(.overflow, key, field, increment) }
        let found = try partition.incrementHashValue(key.rawBytes, field.rawBytes, by: increment)
        #expect(found == sum)
        noteBefore(key, [(field, Array(String(sum).utf8))])
        _ = note(key, field, Array(String(sum).utf8))
        try noteBehind(key)
    }

    private mutating func expect(_ failure: EngineError, _ key: [UInt8], _ field: [UInt8], _ increment: Int64) {
        do {
            _ = try partition.incrementHashValue(key.rawBytes, field.rawBytes, by: increment)
            Issue.record("an increment that must fail")
        } catch {
            #expect(error == failure)
        }
    }

    // MARK: Comparing

    mutating func check(_ key: [UInt8], strangers: [[UInt8]] = []) throws {
        let expected = hashes[key]
        #expect(try partition.hashCount(key.rawBytes) == expected?.fields.count ?? 0)
        let encoding = partition.describe(key.rawBytes, .peek)?.encoding
        #expect((encoding == .hashTable) == (expected?.isTable ?? false))
        for field in (expected?.order ?? []) + strangers {
            let value = try partition.hashValue(key.rawBytes, field.rawBytes)?.text
            #expect(value == expected?.fields[field])
        }
        guard let expected, let hash = try partition.hash(key.rawBytes) else { return }
        var fields: [[UInt8]] = []
        hash.forEach { field, value in
            fields.append(field.text)
            #expect(expected.fields[field.text] == value.text)
        }
        if expected.isTable {
            #expect(fields.count == expected.fields.count && Set(fields).count == fields.count)
        } else {
            #expect(fields == expected.order)
        }
    }

    mutating func checkAll() throws {
        for key in hashes.keys { try check(key) }
        #expect(partition.keyCount(inDatabase: 0) == hashes.count)
        checkAccounts()
    }

    /// The running totals against a walk over everything, and the uses of names against those in small hashes.
    mutating func checkAccounts() {
        partition.audit()
        var uses: [Int: Int] = [:]
        partition.databases[0].value.map.forEach { location in
            let cell = location.cell
            guard cell.kind == .compact || cell.kind == .reference && cell.reference.kind == .compact else {
                return
            }
            let reader = CompactHashReader(cell.compactBytes(of: cell.block))
            var offset = 0
            while offset < reader.endOffset {
                if let name = reader.name(at: offset) { uses[name, default: 0] += 1 }
                offset = reader.offset(after: offset)
            }
        }
        let vocabulary = partition.vocabulary
        for name in 0..<vocabulary.value.names.numberLimit where vocabulary.value.names.isUsed(name) {
            #expect(vocabulary.value.names.useCount(of: name) == uses[name])
        }
        #expect(vocabulary.value.names.count == uses.count)
    }
}
