import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct LayoutTests {
    /// A partition with so many keys that no access data are kept.
    private func partition() -> Partition {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.now = 1_000_000
        for number in 0..<partition.accessClock.keyCountAlwaysKept { set("filling:\(number)", "1", &partition) }
        return partition
    }

    private func layout(of key: String, _ partition: inout Partition) throws -> KeyLayout {
        let found = partition.layout(of: bytes(key).rawBytes)
        let layout = try #require(found)
        let usage = partition.memoryUsage(of: bytes(key).rawBytes)
        #expect(layout.byteCount == usage)
        #expect(layout.byteCount >= layout.outsideByteCount && layout.runByteCount <= layout.pack.byteCount)
        #expect(layout.runKeys <= layout.pack.keys)
        return layout
    }

    private func set(_ key: String, _ value: String, _ partition: inout Partition) {
        partition.setString(bytes(key).rawBytes, to: bytes(value).rawBytes)
    }

    @Test func denseFlags() throws {
        var partition = partition()
        for number in 0..<1000 { set("user:\(number):blocked", "\(number % 2)", &partition) }
        let layout = try layout(of: "user:500:blocked", &partition)
        #expect(layout.shape == bytes("user:#:blocked"))
        #expect(layout.templatePlace == .kept(number: 1))
        #expect(layout.runKeys == 64 && layout.presence == .all && !layout.keepsAccess)
        #expect(layout.values == .integers(bits: 1) && layout.expiries == .none && layout.payload == .integer)
        #expect(layout.byteCount <= 2 && layout.outsideByteCount == 0)
    }

    @Test func runsOfEachForm() throws {
        var partition = partition()
        set("lonely", "AI27X", &partition)
        #expect(try layout(of: "lonely", &partition).values == .single)
        #expect(try layout(of: "lonely", &partition).shape == bytes("*"))
        set("item:1", "ab cd", &partition)
        #expect(try layout(of: "item:1", &partition).values == .lone)
        #expect(try layout(of: "item:1", &partition).presence == .lone)
        set("item:2", "ef gh", &partition)
        #expect(try layout(of: "item:2", &partition).values == .fixed(byteCount: 5))
        #expect(try layout(of: "item:2", &partition).presence == .list)
        set("item:3", "a longer one!", &partition)
        #expect(try layout(of: "item:3", &partition).values == .cells)
        for number in 0..<60 { set("colour:\(number)", ["red!!", "green!", "blue!!!"][number % 3], &partition) }
        #expect(try layout(of: "colour:7", &partition).values == .words(count: 3, bits: 2))
        #expect(try layout(of: "colour:7", &partition).presence == .bitmap)
    }

    @Test func expiries() throws {
        var partition = partition()
        for number in 0..<10 { set("item:\(number)", "\(number)", &partition) }
        for number in 0..<10 { _ = partition.setExpiry(of: bytes("item:\(number)").rawBytes, to: 2_000_000) }
        let expected: KeyLayout.Expiries = .one
        // Where all expire together, one time is kept as soon as the run is laid out anew.
        set("item:9", "a text", &partition)
        _ = partition.setExpiry(of: bytes("item:9").rawBytes, to: 2_000_000)
        let found = try layout(of: "item:3", &partition).expiries
        #expect(found == expected || found == .some(count: 10, bits: 8) || found == .some(count: 10, bits: 1))
        _ = partition.setExpiry(of: bytes("item:3").rawBytes, to: 2_000_200)
        #expect(try layout(of: "item:3", &partition).expiries == .some(count: 10, bits: 8))
    }

    @Test func payloadsOfEachKind() throws {
        var partition = partition()
        set("a", String(repeating: "x!", count: 50), &partition)
        #expect(try layout(of: "a", &partition).payload == .bytes)
        set("b", String(repeating: "x", count: 50), &partition)
        #expect(try layout(of: "b", &partition).payload == .sixBitText)
        set("c", String(repeating: "x!", count: 50_000), &partition)
        #expect(try layout(of: "c", &partition).payload == .longString)
        #expect(try layout(of: "c", &partition).outsideByteCount > 100_000)
        _ = try partition.appendString(bytes("a").rawBytes, bytes("y").rawBytes)
        #expect(try layout(of: "a", &partition).payload == .changedBytes)
        _ = try partition.appendString(bytes("c").rawBytes, bytes("y").rawBytes)
        #expect(try layout(of: "c", &partition).payload == .changedLongString)
        try partition.setHashValue(bytes("h").rawBytes, bytes("f").rawBytes, to: bytes("v").rawBytes)
        #expect(try layout(of: "h", &partition).payload == .compact(.hash))
        for number in 0..<1000 {
            let (field, value) = (bytes("f\(number)"), bytes("\(number)!"))
            try partition.setHashValue(bytes("h").rawBytes, field.rawBytes, to: value.rawBytes)
        }
        guard case .table(let table) = try layout(of: "h", &partition).payload else {
            Issue.record("no table")
            return
        }
        #expect(table.fields == 1001 && table.packs > 1 && table.order == nil)
        let key = String(repeating: "long key ", count: 100)
        set(key, "1", &partition)
        #expect(try layout(of: key, &partition).templatePlace == .block)
        #expect(try layout(of: key, &partition).outsideByteCount > 900)
    }

    @Test func askingLeavesNoTrace() {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.now = 1_000_000
        set("a", "1", &partition)
        partition.now += 100_000
        _ = partition.layout(of: bytes("a").rawBytes)
        let none = partition.layout(of: bytes("b").rawBytes)
        #expect(none == nil)
        #expect(partition.layout(of: bytes("a").rawBytes)?.keepsAccess == true)
        #expect(partition.describe(bytes("a").rawBytes, .peek)?.idleSeconds == 100)
        #expect(partition.statistics.hits == 0 && partition.statistics.misses == 0)
    }
}
