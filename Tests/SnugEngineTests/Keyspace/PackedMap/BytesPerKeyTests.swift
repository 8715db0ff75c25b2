import SnugMemory
import Testing

@testable import SnugEngine

/// What keys cost, as an assertion: small copies of the data sets that the benchmarks measure.
@Suite struct BytesPerKeyTests {
    private static let count = 20_000

    enum DataSet: CaseIterable {
        case plainFlags, plainIntegers, externalIDs, sparseIDs, sessions, texts, flagsWithExpiry

        /// The most bytes that a key may cost.
        var bound: Double {
            switch self {
            case .plainFlags: 0.5
            case .plainIntegers: 1.6
            case .externalIDs: 6
            case .sparseIDs: 12
            case .sessions: 26
            case .texts: 42
            case .flagsWithExpiry: 4
            }
        }

        func key(_ number: Int) -> [UInt8] {
            switch self {
            case .plainFlags, .flagsWithExpiry: bytes("user:\(number):blocked")
            case .plainIntegers: bytes("\(number)")
            case .externalIDs: bytes("user:\(number):external_id")
            case .sparseIDs: bytes("user:\(mixed(number) % 1_000_000_000):blocked")
            case .sessions: KeyMake.uuid.key(number)
            case .texts: bytes(alphanumerics(number, 20))
            }
        }

        func value(_ number: Int) -> [UInt8] {
            switch self {
            case .plainFlags, .sparseIDs: bytes("\(mixed(number) & 1)")
            case .flagsWithExpiry: bytes("1")
            case .plainIntegers: bytes("\(number % 97)")
            case .externalIDs: bytes(String(alphanumerics(number, 5)).uppercased())
            case .sessions: bytes("\(1_000_000 + mixed(number) % 9_000_000)")
            case .texts: bytes(alphanumerics(-1 - number, 20))
            }
        }

        func expiry(_ number: Int) -> ExpiryChange {
            self == .flagsWithExpiry ? .set(1_000_000 + Int64(100_000 + number % 1000) * 1000) : .remove
        }

        private func alphanumerics(_ number: Int, _ count: Int) -> String {
            let all = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
            return String((0..<count).map { all[mixed(number &* 64 &+ $0) % 62] })
        }
    }

    /// A partition in which no access data are kept of what is added now.
    private func partition() -> Partition {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.now = 1_000_000
        for number in 0..<partition.accessClock.keyCountAlwaysKept {
            partition.setString(bytes("filling:\(number)").rawBytes, to: bytes("1").rawBytes)
        }
        return partition
    }

    @Test(arguments: DataSet.allCases)
    func bytesPerKey(data: DataSet) {
        var partition = partition()
        let before = partition.memory(ofDatabase: 0).total
        for number in 1...Self.count {
            partition.setString(
                data.key(number).rawBytes, to: data.value(number).rawBytes, expiry: data.expiry(number))
        }
        let perKey = Double(partition.memory(ofDatabase: 0).total - before) / Double(Self.count)
        print("\(data): \(perKey) bytes per key")
        #expect(perKey <= data.bound)
        // Nothing changes when all is set again.
        for number in 1...Self.count {
            partition.setString(
                data.key(number).rawBytes, to: data.value(number).rawBytes, expiry: data.expiry(number))
        }
        let again = Double(partition.memory(ofDatabase: 0).total - before) / Double(Self.count)
        #expect(again <= data.bound)
        partition.audit()
    }

    /// A run of 64 flags has 15 bytes, which a run of the six that are left needs too; so dense small values are held
    /// to bytes for each key that is left. Packs keep up to a quarter of room, which is not counted here.
    @Test(arguments: DataSet.allCases)
    func nineInTenDeleted(data: DataSet) {
        var partition = partition()
        let start = partition.map.value.map.usedByteCount
        for number in 1...Self.count {
            partition.setString(
                data.key(number).rawBytes, to: data.value(number).rawBytes, expiry: data.expiry(number))
        }
        let before = partition.map.value.map.usedByteCount - start
        var left = Self.count
        for number in 1...Self.count where mixed(number &* 31) % 10 != 0 {
            let isGone = partition.delete(data.key(number).rawBytes)
            left -= isGone ? 1 : 0
        }
        let after = partition.map.value.map.usedByteCount - start
        print("\(data): \(before) bytes before, \(after) for the \(left) keys that are left")
        #expect(after <= max(before / 3, 4 * left))
        partition.audit()
    }

    /// Values that were large and are small again leave nothing behind in the runs. Packs keep up to a quarter of room,
    /// and there are up to four times as many as needed.
    @Test(arguments: [DataSet.plainFlags, .plainIntegers, .externalIDs, .sparseIDs, .flagsWithExpiry])
    func valuesThatHaveBeenLarge(data: DataSet) {
        let count = 5000
        func fill(_ partition: inout Partition, _ value: (Int) -> [UInt8]) {
            for step in 0..<count {
                let number = 1 + step * 7919 % count
                partition.setString(data.key(number).rawBytes, to: value(number).rawBytes, expiry: data.expiry(number))
            }
        }
        var never = partition()
        fill(&never, data.value)
        let expected = never.memory(ofDatabase: 0).total
        let expectedUsed = never.map.value.map.usedByteCount
        for large in ["9223372036854775807", "a text that is longer than what was there", "x"] {
            var partition = self.partition()
            fill(&partition, data.value)
            fill(&partition) { number in bytes(large) + (number % 2 == 0 ? bytes("") : bytes("0")) }
            fill(&partition, data.value)
            let found = partition.memory(ofDatabase: 0).total
            print("\(data): \(found) bytes after \(large), \(expected) without")
            #expect(Double(partition.map.value.map.usedByteCount) <= Double(expectedUsed) * 1.02)
            #expect(Double(found) <= Double(expected) * 1.25)
            partition.audit()
        }
    }
}
