import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct HyperLogLogTests {
    private static let whole: [UInt8] = Array("HYLL".utf8) + [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80]

    /// Registers in an array, after the definition.
    private struct Model {
        var registers = [Int](repeating: 0, count: HyperLogLogLayout.registerCount)

        mutating func raise(_ register: Int, to rank: Int) -> Bool {
            defer { registers[register] = max(registers[register], rank) }
            return rank > registers[register]
        }
    }

    private static func registers(of bytes: RawSpan) -> [Int] {
        var found = [Int](repeating: -1, count: HyperLogLogLayout.registerCount)
        SparseRegisters.forEachRun(bytes) { run in
            for register in run.first..<run.first + run.count { found[register] = run.value }
        }
        return found
    }

    /// Registers near one another, so that runs are split and joined in all ways.
    @Test(arguments: 0..<6) func sparseRegisters(round: Int) {
        var random = RandomSource(seed: newSeed())
        var sparse = GrowableBytes()
        HyperLogLogLayout.appendHeader(.sparse, to: &sparse)
        SparseRegisters.appendZeros(HyperLogLogLayout.registerCount, to: &sparse)
        var model = Model()
        let range = UInt64([12, 70, 300, 3_000, 16_384, 16_384][round])
        let start = round % 2 == 0 ? 0 : HyperLogLogLayout.registerCount - Int(range)
        for step in 0..<3_000 {
            let register = start + Int(random.next(below: range))
            let rank = Int(random.next(below: round < 4 ? 3 : 34)) + 1
            let before = sparse.count
            switch SparseRegisters.raise(register, to: rank, in: &sparse, byteCountMax: 3_000) {
            case .unchanged: check(!model.raise(register, to: rank))
            case .raised: check(model.raise(register, to: rank))
            case .needsDense: check(sparse.count == before && (rank > 32 || before > 2_997))
            }
            if step % 50 == 0 {
                check(SparseRegisters.isWhole(sparse.bytes))
                check(Self.registers(of: sparse.bytes) == model.registers)
            }
        }
        check(SparseRegisters.isWhole(sparse.bytes))
        check(Self.registers(of: sparse.bytes) == model.registers)
    }

    /// All ways to raise registers among the first three to small ranks: joined runs never hold two codes that could be
    /// one next to a change.
    @Test func smallSparseRegisters() {
        let changes = (0..<3).flatMap { register in [1, 2].map { (register, $0) } }
        for first in changes {
            for second in changes {
                for third in changes {
                    var sparse = GrowableBytes()
                    HyperLogLogLayout.appendHeader(.sparse, to: &sparse)
                    SparseRegisters.appendZeros(HyperLogLogLayout.registerCount, to: &sparse)
                    var model = Model()
                    for (register, rank) in [first, second, third] {
                        let outcome = SparseRegisters.raise(register, to: rank, in: &sparse, byteCountMax: 3_000)
                        check((outcome == .raised) == model.raise(register, to: rank))
                    }
                    check(SparseRegisters.isWhole(sparse.bytes))
                    check(Self.registers(of: sparse.bytes) == model.registers)
                }
            }
        }
    }

    @Test func denseRegisters() {
        var test = HyperLogLogSelfTest(seed: newSeed())
        let failure = test.run()
        check(failure == nil)
    }

    /// What is not whole is refused and left as it is.
    @Test func corruptOnes() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        let key = bytes("h")
        let bodies: [[UInt8]] = [
            [], [0x7f], [0x7f, 0xfe], [0x7f, 0xff, 0], [0x7f, 0xff, 0x7f, 0xff], [0x40], [0x7f, 0xfe, 0x40],
            [UInt8](repeating: 0x83, count: 4_095), [UInt8](repeating: 0x80, count: 20_000),
        ]
        for body in bodies {
            let value = Self.whole + body
            partition.setString(key.rawBytes, to: value.rawBytes)
            check(
                thrown { () throws(EngineError) in _ = try partition.cardinality(of: key.rawBytes) }
                    == .corruptHyperLogLog)
            check(thrown { () throws(EngineError) in try add(bytes("x"), to: key, &partition) } == .corruptHyperLogLog)
            check(
                thrown { () throws(EngineError) in _ = try partition.makeHyperLogLogDense(key.rawBytes) }
                    == .corruptHyperLogLog)
            check(
                thrown { () throws(EngineError) in
                    try partition.forEachRun(key.rawBytes) { _, _, _ in }
                } == .corruptHyperLogLog)
            check(
                thrown { () throws(EngineError) in
                    var merged = Partition.MergedHyperLogLogs()
                    try partition.addHyperLogLog(key.rawBytes, to: &merged)
                } == .corruptHyperLogLog)
            check(try partition.withBits(key.rawBytes) { $0.makeArray() } == value)
        }
        let others: [[UInt8]] = [
            [], Array("HYLL".utf8), Array(Self.whole.dropLast()), [0] + Self.whole,
            Array("HYLL".utf8) + [2] + Self.whole.dropFirst(5), Array("HYLL".utf8) + [0] + Self.whole.dropFirst(5),
        ]
        for value in others {
            partition.setString(key.rawBytes, to: value.rawBytes)
            check(
                thrown { () throws(EngineError) in _ = try partition.cardinality(of: key.rawBytes) } == .notHyperLogLog)
            check(thrown { () throws(EngineError) in try add(bytes("x"), to: key, &partition) } == .notHyperLogLog)
        }
        partition.audit()
        partition.auditEncodings()
    }

    private func add(_ element: [UInt8], to key: [UInt8], _ partition: inout Partition) throws(EngineError) {
        var opened = try partition.openHyperLogLog(key.rawBytes)
        let isRaised = try opened.add(element.rawBytes)
        partition.closeHyperLogLog(opened, of: key.rawBytes, changeCount: isRaised ? 1 : 0)
    }

    /// Accounting through all forms, and registers that six bits hold and no element has.
    @Test func throughAllForms() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        let (key, other) = (bytes("h:1"), bytes("h:2"))
        for count in 0..<3_000 {
            try add(bytes("element \(count)"), to: key, &partition)
            if [0, 3, 100, 1_000, 2_999].contains(count) {
                partition.audit()
                partition.auditEncodings()
                let estimate = try partition.cardinality(of: key.rawBytes)
                check(abs(Int(estimate) - count - 1) <= count / 20)
            }
        }
        check(try partition.hyperLogLogEncoding(key.rawBytes) == .dense)
        let full: [UInt8] =
            Array("HYLL".utf8) + [0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 0x80]
            + [UInt8](repeating: 0xff, count: 12_288)
        partition.setString(other.rawBytes, to: full.rawBytes)
        check(try partition.cardinality(of: other.rawBytes) == 1 << 63)
        var merged = Partition.MergedHyperLogLogs()
        try partition.addHyperLogLog(key.rawBytes, to: &merged)
        try partition.addHyperLogLog(other.rawBytes, to: &merged)
        try partition.storeHyperLogLog(merged, under: key.rawBytes)
        check(try partition.cardinality(of: key.rawBytes) == 1 << 63)
        _ = partition.delete(key.rawBytes)
        _ = partition.delete(other.rawBytes)
        check(partition.memory(ofDatabase: 0).outside == 0)
        partition.auditEncodings()
    }
}
