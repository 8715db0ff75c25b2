import SnugMemory
import Testing

@testable import SnugEngine

/// Random keys and fields come with nearly equal chances also where packs hold very different numbers of them.
@Suite struct DrawingTests {
    private static let denseCount = 6400
    private static let sparseCount = 400
    private static let drawn = 68_000

    /// The group of 64 that a dense key is counted with, nil for a text, which is counted by itself.
    private func group(_ key: [UInt8]) -> Int? {
        let text = String(decoding: key, as: UTF8.self)
        guard text.hasPrefix("user:") else { return nil }
        return text.dropFirst(5).split(separator: ":").first.flatMap { Int($0) }.map { $0 / 64 }
    }

    /// The sum of squared deviations from the counts that are expected, each divided by what is expected. Its mean is
    /// the number of groups less one, its variance twice that.
    private func check(_ dense: [Int: Int], _ sparse: [[UInt8]: Int], _ place: SourceLocation = #_sourceLocation) {
        let perKey = Double(Self.drawn) / Double(Self.denseCount + Self.sparseCount)
        func square(_ count: Int, _ expected: Double) -> Double {
            (Double(count) - expected) * (Double(count) - expected) / expected
        }
        var sum = 0.0
        for group in 0..<Self.denseCount / 64 { sum += square(dense[group] ?? 0, perKey * 64) }
        for number in 0..<Self.sparseCount { sum += square(sparse[KeyMake.text.key(number)] ?? 0, perKey) }
        let freedom = Double(Self.denseCount / 64 + Self.sparseCount - 1)
        #expect(sum < freedom + 8 * (2 * freedom).squareRoot(), sourceLocation: place)
        #expect(dense.values.reduce(0, +) + sparse.values.reduce(0, +) == Self.drawn, sourceLocation: place)
    }

    @Test(arguments: [48, 200, 1_152])
    func keys(mean: Int) {
        let seed = newSeed("keys(\(mean))")
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 2), seed: seed, packByteCountMean: mean)
        for number in 0..<Self.denseCount {
            partition.setString(KeyMake.dense.key(number).rawBytes, to: bytes("1").rawBytes)
        }
        for number in 0..<Self.sparseCount {
            partition.setString(KeyMake.text.key(number).rawBytes, to: bytes("some longer text").rawBytes)
        }
        var dense: [Int: Int] = [:]
        var sparse: [[UInt8]: Int] = [:]
        for _ in 0..<Self.drawn {
            _ = partition.withRandomKey { key in
                let key = key.makeArray()
                if let group = group(key) { dense[group, default: 0] += 1 } else { sparse[key, default: 0] += 1 }
            }
        }
        check(dense, sparse)
    }

    @Test func fields() throws {
        let seed = newSeed()
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 2), seed: seed, packByteCountMean: 100)
        partition.limits.hashListpackEntriesMax = 0
        let name = bytes("h")
        for number in 0..<Self.denseCount {
            try partition.setHashValue(name.rawBytes, KeyMake.dense.key(number).rawBytes, to: bytes("1").rawBytes)
        }
        for number in 0..<Self.sparseCount {
            try partition.setHashValue(name.rawBytes, KeyMake.text.key(number).rawBytes, to: bytes("a text").rawBytes)
        }
        var dense: [Int: Int] = [:]
        var sparse: [[UInt8]: Int] = [:]
        var random = RandomSource(seed: seed)
        let found = try partition.hash(name.rawBytes)
        found?.forEachRandom(Self.drawn, using: &random) { field, _ in
            let key = field.text
            if let group = group(key) { dense[group, default: 0] += 1 } else { sparse[key, default: 0] += 1 }
        }
        check(dense, sparse)
    }
}
