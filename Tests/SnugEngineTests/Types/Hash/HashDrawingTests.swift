import SnugMemory
import Testing

@testable import SnugEngine

/// Random fields and scans, of a listpack and of a table.
@Suite struct HashDrawingTests {
    private let key = bytes("h")

    private func partition(fields count: Int, isTable: Bool) throws -> Partition {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 3, key1: 4), seed: 5)
        if isTable {
            partition.limits.hashListpackEntriesMax = 0
        } else {
            partition.limits.hashListpackEntriesMax = .max
        }
        for index in 0..<count {
            try partition.setHashValue(key.rawBytes, bytes("f\(index)").rawBytes, to: bytes("v\(index)").rawBytes)
        }
        return partition
    }

    /// Checks that `counts`, of draws with equal chances, are within six standard deviations of their mean.
    private func expectUniform(_ counts: [[UInt8]: Int], among fieldCount: Int, slack: Double = 1) {
        let total = Double(counts.values.reduce(0, +))
        let mean = total / Double(fieldCount)
        let deviation = mean.squareRoot()
        #expect(counts.count == fieldCount)
        for (field, count) in counts {
            #expect(abs(Double(count) - mean) < 6 * deviation * slack, "\(String(decoding: field, as: UTF8.self))")
        }
    }

    @Test(arguments: [false, true])
    func singleFieldsAreDrawnEvenly(isTable: Bool) throws {
        var partition = try partition(fields: 20, isTable: isTable)
        var random = RandomSource(seed: 1)
        var counts: [[UInt8]: Int] = [:]
        for _ in 0..<10000 {
            guard let hash = try partition.hash(key.rawBytes) else { break }
            hash.withRandomField(using: &random) { counts[$0.text, default: 0] += 1 }
        }
        expectUniform(counts, among: 20)
    }

    @Test(arguments: [false, true])
    func repeatedFieldsAreDrawnEvenly(isTable: Bool) throws {
        var partition = try partition(fields: 20, isTable: isTable)
        var random = RandomSource(seed: 2)
        var counts: [[UInt8]: Int] = [:]
        guard let hash = try partition.hash(key.rawBytes) else { return }
        hash.forEachRandom(10000, using: &random) { field, value in
            counts[field.text, default: 0] += 1
            #expect(value.text.dropFirst() == field.text.dropFirst())
        }
        #expect(counts.values.reduce(0, +) == 10000)
        expectUniform(counts, among: 20)
    }

    @Test(arguments: [false, true], [1, 3, 10, 19, 20, 25])
    func distinctFieldsAreDrawnEvenly(isTable: Bool, drawn: Int) throws {
        var partition = try partition(fields: 20, isTable: isTable)
        var random = RandomSource(seed: 3)
        var counts: [[UInt8]: Int] = [:]
        for _ in 0..<1500 {
            guard let hash = try partition.hash(key.rawBytes) else { break }
            var seen: Set<[UInt8]> = []
            hash.forEachDistinctRandom(drawn, using: &random) { field, value in
                seen.insert(field.text)
                #expect(value.text.dropFirst() == field.text.dropFirst())
            }
            #expect(seen.count == min(drawn, 20))
            for field in seen { counts[field, default: 0] += 1 }
        }
        expectUniform(counts, among: 20)
    }

    @Test(arguments: [false, true])
    func aScanGivesEachFieldThatStays(isTable: Bool) throws {
        var partition = try partition(fields: 1000, isTable: isTable)
        var seen: Set<[UInt8]> = []
        var cursor: UInt64 = 0
        var steps = 0
        repeat {
            cursor = try step(from: cursor, of: &partition) { seen.insert($0) }
            // Fields come and go between the steps: 0..<500 stay.
            for index in 0..<5 { try remove(bytes("f\(500 + (steps * 5 + index) % 500)"), from: &partition) }
            steps += 1
        } while cursor != 0
        #expect(seen.isSuperset(of: (0..<500).map { bytes("f\($0)") }))
        #expect(steps == 1 || isTable)
    }

    private func step(
        from cursor: UInt64, of partition: inout Partition, _ body: ([UInt8]) -> Void
    ) throws -> UInt64 {
        guard let hash = try partition.hash(key.rawBytes) else { return 0 }
        return hash.scan(from: cursor, minimumCount: 10) { field, _ in body(field.text) }
    }

    private func remove(_ field: [UInt8], from partition: inout Partition) throws {
        guard var hash = try partition.openHash(key.rawBytes) else { return }
        let removed = partition.removeField(field.rawBytes, from: &hash)
        partition.closeHash(key.rawBytes, hash, changeCount: removed ? 1 : 0)
    }
}
