import SnugMemory
import Testing

@testable import SnugEngine

/// Random members and scans, of an intset, a listpack and tables of dense and of scattered members.
@Suite struct SetDrawingTests {
    private let key = bytes("s")

    enum Make: CaseIterable {
        case integers, list, denseTable, scatteredTable, mixedTable

        func member(_ index: Int) -> [UInt8] {
            switch self {
            case .integers: bytes("\(index * 3 - 20)")
            case .list: bytes("m\(index)")
            case .denseTable: bytes("\(index)")
            case .scatteredTable: Self.scattered(index)
            case .mixedTable: index % 9 == 0 ? Self.scattered(index) : bytes("\(index)")
            }
        }

        private static func scattered(_ index: Int) -> [UInt8] {
            bytes(String(index &* 0x9e37_79b9, radix: 36) + "xyz")
        }
    }

    private func partition(members count: Int, _ make: Make) throws -> Partition {
        // Packs of the server's size have more members than they have runs; smaller ones are split more.
        var partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: 3, key1: 4), seed: 5,
            packByteCountMean: make == .mixedTable ? 1_152 : 128)
        partition.limits.setIntegerSetEntriesMax = make == .integers ? .max : 0
        partition.limits.setListpackEntriesMax = make == .list ? .max : 0
        for index in 0..<count {
            let member = make.member(index)
            var set = try partition.openSet(key.rawBytes, forMember: member.rawBytes, of: 1)
            let isNew = set.add(member.rawBytes)
            partition.closeSet(key.rawBytes, &set, changeCount: isNew ? 1 : 0)
        }
        return partition
    }

    /// Checks that `counts`, of draws with equal chances, are within six standard deviations of their mean.
    private func expectUniform(_ counts: [[UInt8]: Int], among memberCount: Int, slack: Double = 1) {
        let mean = Double(counts.values.reduce(0, +)) / Double(memberCount)
        #expect(counts.count == memberCount)
        for (member, count) in counts {
            let distance = abs(Double(count) - mean)
            #expect(distance < 6 * mean.squareRoot() * slack, "\(String(decoding: member, as: UTF8.self))")
        }
    }

    @Test(arguments: Make.allCases)
    func membersAreDrawnEvenly(make: Make) throws {
        var partition = try partition(members: 200, make)
        var random = RandomSource(seed: 1)
        var counts: [[UInt8]: Int] = [:]
        guard let set = try partition.set(key.rawBytes) else { return }
        set.forEachRandom(40_000, using: &random) { counts[$0.text, default: 0] += 1 }
        expectUniform(counts, among: 200)
        counts = [:]
        for _ in 0..<20_000 { set.forEachRandom(1, using: &random) { counts[$0.text, default: 0] += 1 } }
        expectUniform(counts, among: 200)
    }

    @Test(arguments: Make.allCases, [1, 10, 60, 100, 119, 120, 200])
    func differentMembersAreDrawnEvenly(make: Make, drawn: Int) throws {
        var partition = try partition(members: 120, make)
        var random = RandomSource(seed: 2)
        var counts: [[UInt8]: Int] = [:]
        guard let set = try partition.set(key.rawBytes) else { return }
        for _ in 0..<20_000 / drawn + 100 {
            var seen: Set<[UInt8]> = []
            set.forEachDistinctRandom(drawn, using: &random) { seen.insert($0.text) }
            #expect(seen.count == min(drawn, 120))
            for member in seen { counts[member, default: 0] += 1 }
        }
        expectUniform(counts, among: 120)
    }

    @Test(arguments: Make.allCases, [1, 3, 30, 38])
    func membersArePoppedEvenly(make: Make, popped: Int) throws {
        var partition = try partition(members: 40, make)
        var counts: [[UInt8]: Int] = [:]
        for _ in 0..<6_000 / popped + 100 {
            let copied = try partition.copy(
                key.rawBytes, to: bytes("t").rawBytes, inDatabase: 0, replacing: true)
            #expect(copied)
            if popped == 1 {
                _ = try partition.popMember(bytes("t").rawBytes) { counts[$0.text, default: 0] += 1 }
            } else {
                try partition.popMembers(bytes("t").rawBytes, popped) { counts[$0.text, default: 0] += 1 }
            }
        }
        expectUniform(counts, among: 40)
        partition.audit()
    }

    @Test(arguments: Make.allCases)
    func aScanShowsWhatIsThereThroughout(make: Make) throws {
        var partition = try partition(members: 1500, make)
        var random = RandomSource(seed: newSeed())
        var seen: Set<[UInt8]> = []
        var removed: Set<[UInt8]> = []
        var cursor: UInt64 = 0
        var next = 1500
        repeat {
            cursor = try partition.set(key.rawBytes)?.scan(from: cursor, minimumCount: 10) { seen.insert($0.text) } ?? 0
            guard var set = try partition.openSet(key.rawBytes) else { break }
            var changes = 0
            for _ in 0..<8 {
                let member = make.member(Int(random.next(below: 1500)))
                if set.remove(member.rawBytes) {
                    removed.insert(member)
                    changes += 1
                }
                if set.add(make.member(next).rawBytes) { changes += 1 }
                next += 1
            }
            partition.closeSet(key.rawBytes, &set, changeCount: changes)
        } while cursor != 0
        for index in 0..<1500 where !removed.contains(make.member(index)) {
            #expect(seen.contains(make.member(index)))
        }
    }
}
