internal import SnugMemory

/// A HyperLogLog that a command changes: found or made by `openHyperLogLog`, put back by `closeHyperLogLog`. Between
/// the two no other key may be looked up.
package struct OpenHyperLogLog: ~Copyable {
    private let staysInPlace = StaysInPlace()
    /// A sparse one, copied from its place.
    private(set) var bytes: GrowableBytes
    /// A dense one, which is changed where it is.
    private(set) var string: LongString?
    /// Whether the dense one is this value's own, not a record's.
    private(set) var ownsString = false
    /// Whether the sparse one is known to be whole.
    private var isChecked: Bool
    let location: PackedMap.Location
    package let isNew: Bool
    private let byteCountMax: Int

    /// A new one.
    init(at location: PackedMap.Location, _ limits: EncodingLimits) {
        bytes = GrowableBytes(capacity: 64)
        HyperLogLogLayout.appendHeader(.sparse, to: &bytes)
        SparseRegisters.appendZeros(HyperLogLogLayout.registerCount, to: &bytes)
        string = nil
        isChecked = true
        self.location = location
        isNew = true
        byteCountMax = limits.hyperLogLogSparseByteCountMax
    }

    /// A sparse one that lies at `location`.
    init(copying sparse: RawSpan, at location: PackedMap.Location, _ limits: EncodingLimits) {
        bytes = GrowableBytes(capacity: sparse.byteCount + 16)
        bytes.append(sparse)
        string = nil
        isChecked = false
        self.location = location
        isNew = false
        byteCountMax = limits.hyperLogLogSparseByteCountMax
    }

    /// A dense one that `location` refers to.
    init(_ dense: LongString, at location: PackedMap.Location) {
        bytes = GrowableBytes()
        string = dense
        isChecked = true
        self.location = location
        isNew = false
        byteCountMax = 0
    }

    deinit {
        if ownsString { string?.block.free() }
    }

    package var isDense: Bool { string != nil }

    /// Adds an element. True when a register was raised. Throws `corruptHyperLogLog`.
    package mutating func add(_ element: RawSpan) throws(EngineError) -> Bool {
        try check()
        let (register, rank) = HyperLogLogLayout.place(of: element)
        return raise(register, to: rank)
    }

    /// Throws `corruptHyperLogLog` when the registers are not all there.
    mutating func check() throws(EngineError) {
        guard !isChecked else { return }
        guard SparseRegisters.isWhole(bytes.bytes) else { throw .corruptHyperLogLog }
        isChecked = true
    }

    /// Raises a register to `rank` unless it is there or above; true when it was below. The registers are checked.
    mutating func raise(_ register: Int, to rank: Int) -> Bool {
        if string == nil {
            switch SparseRegisters.raise(register, to: rank, in: &bytes, byteCountMax: byteCountMax) {
            case .unchanged: return false
            case .raised: return true
            case .needsDense: makeDense()
            }
        }
        guard let string else { preconditionFailure("a HyperLogLog of no form") }
        let start = LongString.headerByteCount
        guard rank > DenseRegisters.value(register, in: string.block, at: start) else { return false }
        DenseRegisters.set(register, to: rank, in: string.block, at: start)
        return true
    }

    /// Gives a sparse one, whose registers are checked, its dense form.
    mutating func makeDense() {
        guard string == nil else { return }
        let (start, header) = (LongString.headerByteCount, HyperLogLogLayout.headerByteCount)
        let dense = LongString.make(byteCount: HyperLogLogLayout.denseByteCount)
        dense.fill(0, at: header, byteCount: HyperLogLogLayout.denseByteCount - header)
        dense.store(bytes.bytes.slice(from: 0, count: header), at: 0)
        dense.block.store(HyperLogLogLayout.Encoding.dense.rawValue, at: start + HyperLogLogLayout.encodingOffset)
        SparseRegisters.forEachRun(bytes.bytes) { run in
            guard run.value > 0 else { return }
            for register in run.first..<run.first + run.count {
                DenseRegisters.set(register, to: run.value, in: dense.block, at: start)
            }
        }
        string = dense
        ownsString = true
        bytes.truncate(to: 0)
    }

    /// Notes that the estimate in the header is no longer that of the registers.
    mutating func markStale() {
        let offset = HyperLogLogLayout.cardinalityOffset + 7
        if let string {
            let place = LongString.headerByteCount + offset
            string.block.store(string.block.load(UInt8.self, at: place) | 0x80, at: place)
        } else {
            bytes.set(bytes.bytes[offset] | 0x80, at: offset)
        }
    }

    /// The dense string belongs to a record from now on.
    mutating func handOver() -> LongString? {
        ownsString = false
        return string
    }

    /// Each register of a dense one.
    func forEachRegister(_ body: (Int) -> Void) {
        guard let string else { preconditionFailure("registers of a sparse HyperLogLog") }
        DenseRegisters.forEach(string.bytes(of: self)) { _, value in body(value) }
    }
}
