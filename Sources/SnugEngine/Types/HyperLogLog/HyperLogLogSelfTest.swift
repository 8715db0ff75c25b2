internal import SnugMemory

/// What PFSELFTEST does: registers against an array, both encodings against one another, estimates against true counts.
package struct HyperLogLogSelfTest: ~Copyable {
    private var random: RandomSource
    private static let elementCountMax = 100_000
    /// An estimate's standard error is 1.04 / √16,384, 0.8 %; five of it are met once in millions of runs.
    private static let errorMax = 0.041

    package init(seed: UInt64) {
        random = RandomSource(seed: seed)
    }

    /// What is wrong, or nil. Some ten milliseconds.
    package mutating func run() -> String? { registersFailure() ?? elementsFailure() }

    private mutating func registersFailure() -> String? {
        let string = LongString.make(byteCount: HyperLogLogLayout.denseByteCount)
        string.fill(0, at: 0, byteCount: HyperLogLogLayout.denseByteCount)
        defer { string.block.free() }
        var expected = [Int](repeating: 0, count: HyperLogLogLayout.registerCount)
        for _ in 0..<4 {
            for register in expected.indices {
                expected[register] = Int(random.next(below: UInt64(HyperLogLogLayout.registerMax + 1)))
                DenseRegisters.set(
                    register, to: expected[register], in: string.block, at: LongString.headerByteCount)
            }
            for (register, value) in expected.enumerated() {
                let found = DenseRegisters.value(register, in: string.block, at: LongString.headerByteCount)
                if found != value { return "Register \(register) should be \(value) but is \(found)" }
            }
        }
        return nil
    }

    /// Adds ever more elements to a sparse one, which becomes dense on its way, and to one that is dense all along.
    private mutating func elementsFailure() -> String? {
        let nowhere = PackedMap.Location(bucket: 0, index: 0)
        var mixed = OpenHyperLogLog(at: nowhere, EncodingLimits())
        var dense = OpenHyperLogLog(at: nowhere, EncodingLimits())
        dense.makeDense()
        let salt = random.next()
        var checkpoint = 1
        for count in 1...Self.elementCountMax {
            let element = InlineArray<16, UInt8> { index in
                UInt8(truncatingIfNeeded: (index < 8 ? salt : UInt64(count)) >> UInt64(index % 8 * 8))
            }
            let (register, rank) = HyperLogLogLayout.place(of: element.rawBytes)
            if mixed.raise(register, to: rank) != dense.raise(register, to: rank) {
                return "A sparse and a dense one differ after \(count) elements"
            }
            guard count == checkpoint else { continue }
            checkpoint *= 10
            let (first, second) = (mixed.cardinality, dense.cardinality)
            if first != second { return "A sparse one has \(first) elements, the same dense \(second)" }
            if abs(Double(first) - Double(count)) > (Self.errorMax * Double(count)).rounded(.up) {
                return "Too large an error: \(first) for \(count) elements"
            }
        }
        return nil
    }
}

extension OpenHyperLogLog {
    /// The estimate for one whose registers are checked.
    var cardinality: UInt64 {
        let maxima = RegisterMaxima()
        if let string {
            maxima.raise(to: string.bytes(of: self), .dense)
        } else {
            maxima.raise(to: bytes.bytes, .sparse)
        }
        return maxima.cardinality
    }
}
