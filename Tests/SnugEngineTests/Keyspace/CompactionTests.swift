import SnugMemory
import Testing

@testable import SnugEngine

/// Compaction ends, takes slices of any size, and changes nothing that can be seen.
@Suite struct CompactionTests {
    private static let memberCount = 1_500

    /// A partition with tables of all types beside small values, most of whose members have gone again.
    private static func partition(_ random: inout RandomSource) throws -> Partition {
        var partition = Partition(
            databaseCount: 3, hasher: KeyedHash(key0: random.next(), key1: 2), seed: 3, packByteCountMean: 128)
        for number in 0..<200 { partition.setString(bytes("s:\(number)").rawBytes, to: bytes("\(number)").rawBytes) }
        let members = (0..<memberCount).map { bytes("member:\($0)") }
        for database in [0, 2] {
            partition.selected = database
            let leaving = members.filter { _ in random.next(below: 4) > 0 }
            let (hash, set) = (bytes("hash"), bytes("set"))
            for member in members { try partition.setHashValue(hash.rawBytes, member.rawBytes, to: member.rawBytes) }
            guard var opened = try partition.openHash(hash.rawBytes) else { continue }
            for member in leaving { _ = partition.removeField(member.rawBytes, from: &opened) }
            partition.closeHash(hash.rawBytes, opened, changeCount: leaving.count)
            let first = members[0]
            var table = try partition.openSet(set.rawBytes, forMember: first.rawBytes, of: memberCount)
            for member in members { _ = table.add(member.rawBytes) }
            for member in leaving { _ = table.remove(member.rawBytes) }
            partition.closeSet(set.rawBytes, &table, changeCount: 1)
            for key in [bytes("scores:1"), bytes("scores:2")] {
                var scores = try partition.openSortedSet(key.rawBytes, forMemberCount: memberCount)
                for (number, member) in members.enumerated() {
                    _ = scores.update(member.rawBytes) { _ in Double(number) }
                }
                for member in leaving { _ = scores.remove(member.rawBytes) }
                partition.closeSortedSet(key.rawBytes, &scores, changeCount: 1)
            }
        }
        return partition
    }

    /// How many packs, leaves and values in blocks of their own there are.
    private static func blockCount(_ partition: borrowing Partition) -> Int {
        var count = 0
        for database in partition.databases {
            count += packCount(database.value.map)
            database.value.map.forEach { location in
                guard location.cell.kind == .reference else { return }
                let reference = location.cell.reference
                switch reference.kind {
                case .table: count += packCount(reference.table.value.map)
                case .memberTable: count += packCount(reference.memberTable.value.map)
                case .sortedSetTable:
                    count += packCount(reference.sortedSetTable.value.map)
                    count += reference.sortedSetTable.value.index.tree.leafCount
                default: count += 1
                }
            }
        }
        return count
    }

    /// How many places of a directory have a pack.
    private static func packCount(_ map: borrowing PackedMap) -> Int {
        var count = 0
        for place in 0..<map.packCount where Pack(bits: map.directory.bits(of: place)) != nil { count += 1 }
        return count
    }

    @Test(arguments: [1, 7, 64, 100_000]) func slicesOfAnySize(slice: Int) throws {
        var random = RandomSource(seed: newSeed())
        var partition = try Self.partition(&random)
        let digest = partition.digest()
        let expected = Self.blockCount(partition)
        var examined = 0
        var calls = 1
        while !partition.compact(packCount: slice) {
            // A pass that has moved much is followed by another, which starts to count anew.
            if partition.compaction.examined < examined { (examined, calls) = (0, 1) }
            examined = partition.compaction.examined
            calls += 1
            try #require(calls < 100_000)
        }
        #expect(expected > 60)
        // No call looks at more than this, and the last one is not among those that were counted.
        let callMax = slice * 20 + partition.databaseCount
        #expect(calls >= expected / callMax)
        #expect(examined >= expected - callMax)
        #expect(partition.digest() == digest)
        for database in 0..<partition.databaseCount {
            partition.selected = database
            partition.audit()
        }
        let set = try #require(try partition.sortedSet(bytes("scores:1").rawBytes)?.count)
        #expect(set > 200)
    }

    /// Where compaction has come to may be anything by the time it goes on.
    @Test func changesBetweenSlices() throws {
        var random = RandomSource(seed: newSeed())
        var partition = try Self.partition(&random)
        for round in 0..<600 {
            partition.selected = round % 3
            let key = [bytes("hash"), bytes("set"), bytes("scores:1"), bytes("new:\(round)")][round % 4]
            if round % 50 == 49 {
                _ = partition.delete(key.rawBytes)
            } else if round % 7 == 0 {
                _ = try? partition.setHashValue(bytes("hash").rawBytes, bytes("f:\(round)").rawBytes, to: key.rawBytes)
            } else {
                partition.setString(bytes("new:\(round)").rawBytes, to: key.rawBytes)
            }
            _ = partition.compact(packCount: Int(random.next(below: 20)) + 1)
        }
        for database in 0..<partition.databaseCount {
            partition.selected = database
            partition.audit()
        }
    }
}
