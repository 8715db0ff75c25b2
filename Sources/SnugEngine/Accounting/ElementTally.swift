internal import SnugMemory

/// The figures of a compact hash, kept in step while it is changed, so that it is walked over once to be counted and
/// not again when it is put back. A change takes constant time.
struct ElementTally: BitwiseCopyable {
    private(set) var count = 0
    /// The step of the longest field or value, and how many are of that step; -1 when there are none, and `lost` when
    /// the last of the longest has gone.
    private var longestStep = -1
    private var longestCount = 0

    private static let lost = Int.max

    /// That of a hash without fields.
    init() {}

    /// A walk.
    init(_ hash: CompactHashReader, names: borrowing InternTable) {
        var offset = 0
        while offset < hash.endOffset {
            let pair = hash.pair(at: offset)
            add(
                fieldByteCount: hash.field(at: offset, names: names).byteCount,
                valueByteCount: CompactHashLayout.value(in: hash.bytes, at: pair.valueOffset).byteCount)
            offset = pair.end
        }
    }

    /// Nil when only a walk can tell, and for a hash without fields.
    var figures: ElementFigures? {
        longestCount > 0 ? ElementFigures(count: count, longestStep: longestStep) : nil
    }

    @inline(__always)
    mutating func add(fieldByteCount: Int, valueByteCount: Int) {
        count += 1
        add(fieldByteCount)
        add(valueByteCount)
    }

    @inline(__always)
    mutating func remove(fieldByteCount: Int, valueByteCount: Int) {
        count -= 1
        remove(fieldByteCount)
        remove(valueByteCount)
    }

    @inline(__always)
    mutating func replace(valueByteCount: Int, with newByteCount: Int) {
        add(newByteCount)
        remove(valueByteCount)
    }

    @inline(__always)
    private mutating func add(_ byteCount: Int) {
        let step = HistogramStep.step(of: byteCount)
        if step > longestStep {
            longestStep = step
            longestCount = 1
        } else if step == longestStep {
            longestCount += 1
        }
    }

    @inline(__always)
    private mutating func remove(_ byteCount: Int) {
        guard HistogramStep.step(of: byteCount) == longestStep else { return }
        longestCount -= 1
        if longestCount == 0 { longestStep = Self.lost }
    }
}
