internal import SnugMemory

/// A run of equal registers of a sparse HyperLogLog.
struct SparseRun {
    /// Where its code stands.
    let offset: Int
    /// Of the code: 1 or 2.
    let byteCount: Int
    /// The first register.
    let first: Int
    /// How many registers.
    let count: Int
    /// What they are.
    let value: Int

    /// Reads the code at `offset`; nil when the bytes end before it does.
    @inline(__always)
    init?(_ bytes: RawSpan, at offset: Int, first: Int) {
        let code = Int(bytes[offset])
        self.offset = offset
        self.first = first
        if code & 0x80 != 0 {
            byteCount = 1
            value = code >> 2 & 31 + 1
            count = code & 3 + 1
        } else {
            value = 0
            if code & 0x40 == 0 {
                byteCount = 1
                count = code + 1
            } else {
                guard offset + 1 < bytes.byteCount else { return nil }
                byteCount = 2
                count = (code & 0x3f) << 8 + Int(bytes[offset + 1]) + 1
            }
        }
    }

    var end: Int { offset + byteCount }
}

/// Reading and changing the runs of a sparse HyperLogLog.
enum SparseRegisters {
    /// The most that a run's code can say of its registers.
    static let valueMax = 32
    private static let shortZerosMax = 64
    private static let equalsMax = 4
    /// How many codes are looked at for runs to be joined, after a register was raised.
    private static let joinedCodeCountMax = 5

    /// Whether the runs end with the bytes and make all registers (I2). A walk.
    static func isWhole(_ bytes: RawSpan) -> Bool {
        var (offset, register) = (HyperLogLogLayout.headerByteCount, 0)
        while offset < bytes.byteCount {
            guard let run = SparseRun(bytes, at: offset, first: register) else { return false }
            register += run.count
            if register > HyperLogLogLayout.registerCount { return false }
            offset = run.end
        }
        return register == HyperLogLogLayout.registerCount
    }

    /// Calls `body` with each run. The bytes must be whole.
    @inline(__always)
    static func forEachRun(_ bytes: RawSpan, _ body: (SparseRun) -> Void) {
        var (offset, register) = (HyperLogLogLayout.headerByteCount, 0)
        while offset < bytes.byteCount, let run = SparseRun(bytes, at: offset, first: register) {
            body(run)
            register += run.count
            offset = run.end
        }
    }

    /// Appends the code of all registers being zero.
    static func appendZeros(_ count: Int, to bytes: inout GrowableBytes) {
        if count <= 0 { return }
        if count <= shortZerosMax { return bytes.append(UInt8(count - 1)) }
        bytes.append(UInt8(0x40 | (count - 1) >> 8))
        bytes.append(UInt8((count - 1) & 0xff))
    }

    private static func code(_ value: Int, _ count: Int) -> UInt8 { UInt8(0x80 | (value - 1) << 2 | (count - 1)) }

    /// Appends the code of one to four registers, or of any number of zeros.
    private static func append(_ value: Int, _ count: Int, to bytes: inout GrowableBytes) {
        if value == 0 { return appendZeros(count, to: &bytes) }
        if count > 0 { bytes.append(code(value, count)) }
    }

    enum Outcome {
        /// The register was not below the rank.
        case unchanged
        case raised
        /// Nothing was changed, because only a dense one can hold it.
        case needsDense
    }

    /// Raises a register to `rank`, 1 to 51, unless it is there already or above. The bytes must be whole, and are
    /// afterwards; codes change as in Redis. A walk as far as the register.
    static func raise(
        _ register: Int, to rank: Int, in bytes: inout GrowableBytes, byteCountMax: Int
    ) -> Outcome {
        guard rank <= valueMax else { return .needsDense }
        var (offset, first) = (HyperLogLogLayout.headerByteCount, 0)
        var former = offset
        while let run = SparseRun(bytes.bytes, at: offset, first: first) {
            if register < first + run.count {
                if run.value >= rank { return .unchanged }
                guard split(run, register, rank, in: &bytes, byteCountMax: byteCountMax) else { return .needsDense }
                join(from: former, in: &bytes)
                return .raised
            }
            former = offset
            offset = run.end
            first += run.count
        }
        preconditionFailure("a sparse HyperLogLog without register \(register)")
    }

    /// Puts a register of its own between the parts of its run. False when that would take too many bytes.
    private static func split(
        _ run: SparseRun, _ register: Int, _ rank: Int, in bytes: inout GrowableBytes, byteCountMax: Int
    ) -> Bool {
        var codes = GrowableBytes(capacity: 8)
        append(run.value, register - run.first, to: &codes)
        codes.append(code(rank, 1))
        append(run.value, run.first + run.count - register - 1, to: &codes)
        let added = codes.count - run.byteCount
        if added > 0 && bytes.count + added > byteCountMax { return false }
        bytes.replace(at: run.offset, removing: run.byteCount, with: codes.bytes)
        return true
    }

    /// Joins runs of equal registers that stand side by side and fit one code, among the few codes from `start` on.
    private static func join(from start: Int, in bytes: inout GrowableBytes) {
        var offset = start
        for _ in 0..<joinedCodeCountMax {
            guard offset < bytes.count, let run = SparseRun(bytes.bytes, at: offset, first: 0) else { return }
            if run.value > 0, run.end < bytes.count, let next = SparseRun(bytes.bytes, at: run.end, first: 0),
                next.value == run.value, run.count + next.count <= equalsMax
            {
                bytes.set(code(run.value, run.count + next.count), at: run.end)
                bytes.replace(at: offset, removing: 1, with: RawSpan())
            } else {
                offset = run.end
            }
        }
    }
}
