internal import SnugMemory

/// How many registers have each value, and the number of elements that follows from it: the improved raw estimator of
/// O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6, which needs neither a
/// table nor a correction for any size.
struct RegisterHistogram {
    private var counts = InlineArray<64, Int>(repeating: 0)

    /// Adds `count` registers of a value from 0 to 63.
    @inline(__always)
    mutating func add(_ value: Int, count: Int = 1) {
        counts[value] &+= count
    }

    /// The estimate, rounded to the nearest whole number; 2⁶³ where it is no number below that, as Redis gives it.
    var cardinality: UInt64 {
        let registers = Double(HyperLogLogLayout.registerCount)
        let highest = HyperLogLogLayout.rankMax
        var sum = registers * Self.tau((registers - Double(counts[highest])) / registers)
        for value in (1..<highest).reversed() { sum = (sum + Double(counts[value])) * 0.5 }
        sum += registers * Self.sigma(Double(counts[0]) / registers)
        // 1 / (2 ln 2)
        let estimate = (0.721347520444481703680 * registers * registers / sum).rounded(.toNearestOrAwayFromZero)
        return estimate < 0x1p63 ? UInt64(estimate) : 1 << 63
    }

    /// x + Σ x^(2^k) · 2^(k-1)
    private static func sigma(_ start: Double) -> Double {
        if start == 1 { return .infinity }
        var (power, factor, sum, former) = (start, 1.0, start, -1.0)
        while sum != former {
            power *= power
            former = sum
            sum += power * factor
            factor += factor
        }
        return sum
    }

    /// (1 - x - Σ (1 - x^(2^-k))² · 2^-k) / 3
    private static func tau(_ start: Double) -> Double {
        if start == 0 || start == 1 { return 0 }
        var (root, factor, sum, former) = (start, 1.0, 1 - start, -1.0)
        while sum != former {
            root = root.squareRoot()
            former = sum
            factor *= 0.5
            sum -= (1 - root) * (1 - root) * factor
        }
        return sum / 3
    }
}

/// The highest value that each register has in several HyperLogLogs.
struct RegisterMaxima: ~Copyable {
    /// A byte for each register.
    private let values: Block

    init() {
        values = Block.allocate(byteCount: HyperLogLogLayout.registerCount)
        values.fill(0, at: 0, byteCount: HyperLogLogLayout.registerCount)
    }

    deinit {
        values.free()
    }

    subscript(_ register: Int) -> Int { Int(values.load(UInt8.self, at: register)) }

    /// Takes the registers of another one in, which must be whole.
    func raise(to bytes: RawSpan, _ encoding: HyperLogLogLayout.Encoding) {
        switch encoding {
        case .dense: DenseRegisters.forEach(bytes) { raise($0, to: $1) }
        case .sparse:
            SparseRegisters.forEachRun(bytes) { run in
                if run.value > 0 {
                    for register in run.first..<run.first + run.count { raise(register, to: run.value) }
                }
            }
        }
    }

    @inline(__always)
    private func raise(_ register: Int, to value: Int) {
        let value = UInt8(truncatingIfNeeded: value)
        if value > values.load(UInt8.self, at: register) { values.store(value, at: register) }
    }

    /// The estimate of how many different elements all of them have together.
    var cardinality: UInt64 {
        var histogram = RegisterHistogram()
        for register in 0..<HyperLogLogLayout.registerCount { histogram.add(self[register]) }
        return histogram.cardinality
    }
}
