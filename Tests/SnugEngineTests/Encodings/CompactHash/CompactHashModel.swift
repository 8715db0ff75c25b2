import SnugMemory
import Testing

@testable import SnugEngine

/// Compact hashes that share a table of names, each beside an array of its pairs. The table's uses are counted by hand:
/// those of the hashes are read from their bytes, those that hold a name for the test are `held`.
struct CompactHashModel: ~Copyable {
    struct Pair: Equatable {
        var field: [UInt8]
        var value: [UInt8]
    }

    var names: InternTable
    var held: [Int] = []
    var hashes: [[UInt8]]
    var pairs: [[Pair]]

    init(hashCount: Int = 1, interning interned: [[UInt8]] = []) {
        names = InternTable(hasher: KeyedHash(key0: 1, key1: 2), countMax: 10_000, byteCountMax: 100)
        hashes = Array(repeating: [], count: hashCount)
        pairs = Array(repeating: [], count: hashCount)
        for name in interned { hold(name) }
    }

    /// Has `name` interned, whatever it takes.
    mutating func hold(_ name: [UInt8]) {
        for _ in 0..<100 {
            guard let number = names.use(name.rawBytes) else { continue }
            held.append(number)
            return
        }
        Issue.record("a name that is not interned after a hundred uses")
    }

    // MARK: Changes

    mutating func set(_ field: [UInt8], to value: [UInt8], in hash: Int = 0) {
        let place = pairs[hash].firstIndex { $0.field == field }
        let former = edit(hash) { bytes, names in
            CompactHash.set(field.rawBytes, to: StringValue(reading: value.rawBytes), in: &bytes, names: &names)
        }
        #expect(former == place.map { pairs[hash][$0].value.count })
        if let place {
            pairs[hash][place].value = value
        } else {
            pairs[hash].append(Pair(field: field, value: value))
        }
    }

    mutating func remove(_ field: [UInt8], from hash: Int = 0) {
        let place = pairs[hash].firstIndex { $0.field == field }
        let removed = edit(hash) { CompactHash.remove(field.rawBytes, from: &$0, names: &$1) }
        #expect(removed == place.map { pairs[hash][$0].value.count })
        if let place { pairs[hash].remove(at: place) }
    }

    mutating func clear(_ hash: Int) {
        let stored = hashes[hash]
        CompactHash.releaseNames(of: stored.rawBytes, names: &names)
        hashes[hash] = []
        pairs[hash] = []
    }

    mutating func copy(_ source: Int, to target: Int) {
        if source == target { return }
        clear(target)
        hashes[target] = hashes[source]
        pairs[target] = pairs[source]
        let stored = hashes[target]
        CompactHash.retainNames(of: stored.rawBytes, names: &names)
    }

    /// Lets `change` work on the bytes of a hash.
    @discardableResult
    private mutating func edit<Result>(
        _ hash: Int, _ change: (inout GrowableBytes, inout InternTable) -> Result
    ) -> Result {
        var bytes = GrowableBytes()
        let stored = hashes[hash]
        bytes.append(stored.rawBytes)
        let result = change(&bytes, &names)
        hashes[hash] = bytes.bytes.makeArray()
        return result
    }

    // MARK: Checks

    /// Everything that can be read of every hash, compared with its pairs, and the uses of every name.
    func check(strangers: [[UInt8]] = []) {
        for hash in hashes.indices { check(hash, strangers: strangers) }
        checkUses()
    }

    private func check(_ hash: Int, strangers: [[UInt8]]) {
        let stored = hashes[hash]
        let reader = CompactHashReader(stored.rawBytes)
        let pairs = self.pairs[hash]
        #expect(reader.count == pairs.count)
        var offset = 0
        var places: [Int?] = []
        var indexed: [Int?] = []
        var read: [Pair] = []
        var found: [[UInt8]?] = []
        for (index, pair) in pairs.enumerated() {
            places.append(offset)
            indexed.append(reader.offset(ofIndex: index))
            read.append(Pair(field: reader.field(at: offset, names: names).text, value: reader.value(at: offset).text))
            found.append(value(of: pair.field, in: hash))
            offset = reader.offset(after: offset)
        }
        #expect(offset == reader.endOffset)
        #expect(indexed == places)
        #expect(read == pairs)
        #expect(found == pairs.map { $0.value })
        #expect(reader.offset(ofIndex: pairs.count) == nil)
        var walked: [Pair] = []
        reader.forEach(names: names) { walked.append(Pair(field: $0.text, value: $1.text)) }
        #expect(walked == pairs)
        let absent = strangers.filter { stranger in !pairs.contains { $0.field == stranger } }
        #expect(absent.allSatisfy { value(of: $0, in: hash) == nil })
    }

    private func value(of field: [UInt8], in hash: Int) -> [UInt8]? {
        let stored = hashes[hash]
        switch CompactHashReader(stored.rawBytes).value(of: field.rawBytes, names: names) {
        case .some(let value): return value.text
        case .none: return nil
        }
    }

    private func checkUses() {
        var uses: [Int: Int] = [:]
        for number in held { uses[number, default: 0] += 1 }
        for hash in hashes.indices {
            let stored = hashes[hash]
            let reader = CompactHashReader(stored.rawBytes)
            var offset = 0
            while offset < reader.endOffset {
                if let number = reader.name(at: offset) { uses[number, default: 0] += 1 }
                offset = reader.offset(after: offset)
            }
        }
        #expect(names.count == uses.count)
        #expect(uses.allSatisfy { names.useCount(of: $0) == $1 })
    }
}

extension [UInt8] {
    /// Whether it is an `Int64` in canonical decimal form.
    var isInteger: Bool { rawBytes.canonicalInteger != nil }
}
