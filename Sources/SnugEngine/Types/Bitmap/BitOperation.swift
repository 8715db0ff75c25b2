internal import SnugMemory

/// What BITOP makes of several bitmaps, the first of which is `X` where they are not all alike.
package enum BitOperation: Sendable {
    /// Bits that are set in all.
    case and
    /// In at least one.
    case or
    /// In an odd number.
    case xor
    /// Not in the only one.
    case not
    /// In `X` and in none of the others.
    case diff
    /// In at least one of the others and not in `X`.
    case diff1
    /// In `X` and in at least one of the others.
    case andOr
    /// In exactly one.
    case one

    /// The fewest bitmaps that it takes.
    package var sourceCountMin: Int {
        switch self {
        case .diff, .diff1, .andOr: 2
        default: 1
        }
    }
}

/// The bitmaps that one operation reads. They are good until a key is changed.
package struct BitSources: ~Copyable {
    fileprivate enum Source {
        /// A string outside of packs.
        case long(LongString)
        /// A part of `text`.
        case short(Range<Int>)
    }

    private var sources: [Source] = []
    /// Copies of the strings that lie in packs, which the next lookup may move.
    private var text = GrowableBytes()
    /// How many bytes the longest has.
    package private(set) var byteCountMax = 0

    package init() {}

    var count: Int { sources.count }

    mutating func add(_ string: LongString) {
        sources.append(.long(string))
        byteCountMax = max(byteCountMax, string.byteCount)
    }

    mutating func add(_ bytes: RawSpan) {
        let start = text.count
        text.append(bytes)
        sources.append(.short(start..<text.count))
        byteCountMax = max(byteCountMax, bytes.byteCount)
    }

    /// Whether the string is one of the sources.
    func contains(_ string: LongString) -> Bool {
        sources.contains { if case .long(let other) = $0 { other.block.bits == string.block.bits } else { false } }
    }

    /// The bytes of a source in a stretch of the result, fewer than that where it ends.
    @_lifetime(borrow self)
    func bytes(of index: Int, in stretch: Range<Int>) -> RawSpan {
        let all: RawSpan
        switch sources[index] {
        case .long(let string): all = string.bytes(of: self)
        case .short(let range): all = text.bytes.extracting(range)
        }
        let start = min(stretch.lowerBound, all.byteCount)
        return all.slice(from: start, count: min(stretch.upperBound, all.byteCount) - start)
    }
}

/// Computes an operation's result stretch by stretch, so that what is combined again is still in the nearest cache, and
/// each source and the result pass through memory once.
struct BitCombiner: ~Copyable {
    private static let stretchByteCount = 8_192

    private let operation: BitOperation
    private let result: LongString
    /// Bits seen more than once, for `one`.
    private let twice: Block

    init(_ operation: BitOperation, into result: LongString) {
        self.operation = operation
        self.result = result
        twice = Block.allocate(byteCount: Self.stretchByteCount)
    }

    deinit {
        twice.free()
    }

    /// Fills the whole result.
    func run(_ sources: borrowing BitSources) {
        var start = 0
        while start < result.byteCount {
            let end = min(start + Self.stretchByteCount, result.byteCount)
            fill(start..<end, from: sources)
            start = end
        }
    }

    private func fill(_ stretch: Range<Int>, from sources: borrowing BitSources) {
        switch operation {
        case .and: combineAll(.and, stretch, sources)
        case .or: combineAll(.or, stretch, sources)
        case .xor: combineAll(.xor, stretch, sources)
        case .not:
            let bytes = sources.bytes(of: 0, in: stretch)
            result.block.storeComplement(of: bytes, at: place(stretch.lowerBound))
            pad(0xff, behind: bytes.byteCount, stretch)
        case .diff: combineFirst(.secondOnly, stretch, sources)
        case .diff1: combineFirst(.firstOnly, stretch, sources)
        case .andOr: combineFirst(.and, stretch, sources)
        case .one: findSingles(stretch, sources)
        }
    }

    /// All sources, one after the other.
    private func combineAll(_ combination: BitCombination, _ stretch: Range<Int>, _ sources: borrowing BitSources) {
        guard sources.count > 1 else { return copy(0, stretch, sources) }
        let first = sources.bytes(of: 0, in: stretch)
        let second = sources.bytes(of: 1, in: stretch)
        var next = 1
        if first.byteCount == stretch.count && second.byteCount == stretch.count {
            result.block.storeCombination(combination, of: first, second, at: place(stretch.lowerBound))
            next = 2
        } else {
            copy(0, stretch, sources)
        }
        for index in next..<sources.count { combine(combination, index, stretch, sources) }
    }

    /// The union of all but the first, and then that with the first.
    private func combineFirst(_ combination: BitCombination, _ stretch: Range<Int>, _ sources: borrowing BitSources) {
        copy(1, stretch, sources)
        for index in 2..<max(2, sources.count) { combine(.or, index, stretch, sources) }
        combine(combination, 0, stretch, sources)
    }

    private func findSingles(_ stretch: Range<Int>, _ sources: borrowing BitSources) {
        copy(0, stretch, sources)
        twice.fill(0, at: 0, byteCount: stretch.count)
        for index in 1..<max(1, sources.count) {
            result.block.noteBits(sources.bytes(of: index, in: stretch), at: place(stretch.lowerBound), twice: twice)
        }
        result.block.combine(
            .firstOnly, with: twice.bytes(at: 0, count: stretch.count, of: self), at: place(stretch.lowerBound))
    }

    /// Combines what is there with a source, which counts as zeros behind its end.
    private func combine(
        _ combination: BitCombination, _ index: Int, _ stretch: Range<Int>, _ sources: borrowing BitSources
    ) {
        let bytes = sources.bytes(of: index, in: stretch)
        result.block.combine(combination, with: bytes, at: place(stretch.lowerBound))
        if combination == .and || combination == .secondOnly { pad(0, behind: bytes.byteCount, stretch) }
    }

    private func copy(_ index: Int, _ stretch: Range<Int>, _ sources: borrowing BitSources) {
        let bytes = sources.bytes(of: index, in: stretch)
        result.store(bytes, at: stretch.lowerBound)
        pad(0, behind: bytes.byteCount, stretch)
    }

    private func pad(_ byte: UInt8, behind count: Int, _ stretch: Range<Int>) {
        if count < stretch.count {
            result.fill(byte, at: stretch.lowerBound + count, byteCount: stretch.count - count)
        }
    }

    private func place(_ offset: Int) -> Int { LongString.headerByteCount + offset }
}
