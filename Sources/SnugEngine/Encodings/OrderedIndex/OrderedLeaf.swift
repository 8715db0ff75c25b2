internal import SnugMemory

/// A leaf of an `OrderedIndex`: about a kilobyte of entries in one block, in order, by column.
///
///     offset 0        4       6       7       8        16          20       21      22
///            ┌────────┬───────┬───────┬───────┬────────┬───────────┬────────┬───────┬────────┐
///            │ bytes  │ count │ shift │ width │ base   │ suffix    │ prefix │ forms │ prefix │ …
///            │ 4      │ 2     │ 1     │ 1     │ 8      │ bytes 4   │ bytes 1│ 1     │        │
///            └────────┴───────┴───────┴───────┴────────┴───────────┴────────┴───────┴────────┘
///
///     … ┌──────────────┬──────────────────┬──────────┐
///       │ scores       │ suffix bytes     │ suffixes │
///       │ `width` each │ 0, 1 or 4 each   │          │
///       └──────────────┴──────────────────┴──────────┘
///
/// - A score is a word (`ScoreWord`): base + (number in the column << shift). So what the leaf's scores have in common
///   at the top and at the bottom of their words stands there once: a score among integers that are near to each other
///   takes one or two bytes, a fraction five or six, and scores that are all equal take none.
/// - A member is the prefix, which all members of the leaf have in common, and a suffix. The suffixes are bytes or,
///   when all are decimal digits, two digits a byte (`DigitText`). When all are equally long, the head says how long.
///
/// `player:640017` with a score among a million of up to a million takes four bytes: one for the score, three of
/// digits.
///
/// Entries are in the order of score and member. A search halves the scores, which are all equally wide, and then those
/// members whose scores are equal; where a suffix lies is the sum of the bytes before it, added up sixteen at a time.
///
/// Invariants:
/// - I1: the first number is the sum of the parts; the block is at least as large, and has at least 16 bytes behind the
///   column of suffix bytes, for readers of sixteen bytes at a time.
/// - I2: there is an entry, entries rise strictly, and no score is NaN.
/// - I3: suffix bytes that have one byte each are at most 254.
struct OrderedLeaf: BitwiseCopyable {
    static let headerByteCount = 22
    static let margin = 16
    static let prefixByteCountMax = 255
    static let countMax = Int(UInt16.max)

    /// How suffixes are written.
    enum SuffixForm: UInt8 {
        case bytes = 0
        case digits = 1
    }

    /// What the first bytes of a leaf say, and where its columns lie.
    struct Head: BitwiseCopyable {
        var count: Int
        var shift: UInt64
        var width: Int
        var base: UInt64
        /// Bytes of each suffix when the column of suffix bytes has no width.
        var suffixByteCount: Int
        var prefixByteCount: Int
        var form: SuffixForm
        /// Width of the column of suffix bytes.
        var lengthWidth: Int

        var scoresOffset: Int { OrderedLeaf.headerByteCount &+ prefixByteCount }
        var lengthsOffset: Int { scoresOffset &+ count &* width }
        var suffixesOffset: Int { lengthsOffset &+ count &* lengthWidth }

        /// The number that stands for a score's word, or nil when the column cannot hold it.
        @inline(__always)
        func number(of word: UInt64) -> UInt64? {
            guard word >= base else { return nil }
            let number = (word &- base) &>> shift
            guard number &<< shift &+ base == word, significantByteCount(number) <= width else { return nil }
            return number
        }
    }

    private(set) var block: Block
    /// How much more the allocator has set aside since this handle was made.
    private(set) var allocationChange = 0

    @inline(__always)
    init(bits: UInt64) {
        guard let block = Block(bits: bits) else { preconditionFailure("a leaf without a block") }
        self.block = block
    }

    /// A leaf of `byteCount` bytes with that head; prefix, columns and suffixes are the caller's to fill.
    init(_ head: Head, byteCount: Int) {
        block = .allocate(byteCount: max(byteCount, head.suffixesOffset + Self.margin))
        block.store(UInt32(byteCount), at: 0)
        block.store(UInt16(head.count), at: 4)
        block.store(UInt8(head.shift), at: 6)
        block.store(UInt8(head.width), at: 7)
        block.store(head.base, at: 8)
        block.store(UInt32(head.suffixByteCount), at: 16)
        block.store(UInt8(head.prefixByteCount), at: 20)
        block.store(head.form.rawValue | UInt8(head.lengthWidth) << 4, at: 21)
    }

    // MARK: Reading

    var byteCount: Int {
        @inline(__always) get { Int(block.load(UInt32.self, at: 0)) }
    }

    var count: Int {
        @inline(__always) get { Int(block.load(UInt16.self, at: 4)) }
    }

    var head: Head {
        @inline(__always) get {
            let forms = block.load(UInt8.self, at: 21)
            guard let form = SuffixForm(rawValue: forms & 15) else { preconditionFailure("a leaf of no form") }
            return Head(
                count: count, shift: UInt64(block.load(UInt8.self, at: 6)), width: Int(block.load(UInt8.self, at: 7)),
                base: block.load(UInt64.self, at: 8), suffixByteCount: Int(block.load(UInt32.self, at: 16)),
                prefixByteCount: Int(block.load(UInt8.self, at: 20)), form: form, lengthWidth: Int(forms >> 4))
        }
    }

    @inline(__always)
    func word(at index: Int, _ head: Head) -> UInt64 {
        let offset = head.scoresOffset &+ index &* head.width
        return head.base &+ block.loadInteger(at: offset, byteCount: head.width) &<< head.shift
    }

    /// The word of the first entry's score.
    var firstWord: UInt64 { word(at: 0, head) }

    @_lifetime(borrow owner)
    func prefix<Owner: ~Copyable & ~Escapable>(_ head: Head, of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: Self.headerByteCount, count: head.prefixByteCount, of: owner)
    }

    /// Where the suffix of entry `index` lies; `index` may be the count, for the end of the last.
    @inline(__always)
    func suffixOffset(_ index: Int, _ head: Head) -> Int {
        switch head.lengthWidth {
        case 0: head.suffixesOffset &+ index &* head.suffixByteCount
        case 1: head.suffixesOffset &+ block.sumOfBytes(at: head.lengthsOffset, count: index)
        default: wideSuffixOffset(index, head)
        }
    }

    @inline(never)
    private func wideSuffixOffset(_ index: Int, _ head: Head) -> Int {
        var offset = head.suffixesOffset
        for place in 0..<index { offset += Int(block.load(UInt32.self, at: head.lengthsOffset + place * 4)) }
        return offset
    }

    @inline(__always)
    func suffixByteCount(_ index: Int, _ head: Head) -> Int {
        switch head.lengthWidth {
        case 0: head.suffixByteCount
        case 1: Int(block.load(UInt8.self, at: head.lengthsOffset &+ index))
        default: Int(block.load(UInt32.self, at: head.lengthsOffset &+ index &* 4))
        }
    }

    /// Appends the member's bytes behind the prefix, which lie at `offset`.
    @inline(__always)
    func appendSuffix(at offset: Int, byteCount: Int, _ head: Head, to text: inout GrowableBytes) {
        switch head.form {
        case .bytes: text.append(block.bytes(at: offset, count: byteCount, of: self))
        case .digits: DigitText.append(block, at: offset, byteCount: byteCount, to: &text)
        }
    }

    // MARK: Changing

    /// Adds an entry at `index`, where it belongs, if its columns can hold it and the leaf has at most `byteCountMax`
    /// bytes then. Moves the bytes behind the places, and the block when it becomes too small.
    mutating func insert(_ word: UInt64, _ member: RawSpan, at index: Int, byteCountMax: Int) -> Bool {
        var head = head
        guard let number = head.number(of: word), head.count < Self.countMax,
            let suffixCount = suffixByteCount(of: member, head)
        else { return false }
        let (width, lengthWidth) = (head.width, head.lengthWidth)
        let used = byteCount
        let after = used + width + lengthWidth + suffixCount
        guard after <= byteCountMax else { return false }
        reserve(max(after, head.suffixesOffset + width + lengthWidth + Self.margin))
        let suffix = suffixOffset(index, head)
        let length = head.lengthsOffset + index * lengthWidth
        let score = head.scoresOffset + index * width
        // What lies behind gives way first.
        block.move(from: suffix, to: suffix + after - used, byteCount: used - suffix)
        block.move(from: length, to: length + width + lengthWidth, byteCount: suffix - length)
        block.move(from: score, to: score + width, byteCount: length - score)
        head.count += 1
        block.storeInteger(number, at: score, byteCount: width)
        block.storeInteger(UInt64(suffixCount), at: length + width, byteCount: lengthWidth)
        store(suffixOf: member, at: suffix + width + lengthWidth, head)
        setCounts(byteCount: after, count: head.count)
        return true
    }

    /// Bytes of the member's suffix in the leaf's form; nil when the leaf cannot hold it.
    private func suffixByteCount(of member: RawSpan, _ head: Head) -> Int? {
        let prefix = prefix(head, of: self)
        let prefixCount = prefix.byteCount
        guard member.byteCount >= prefixCount, member.slice(from: 0, count: prefixCount).isEqual(to: prefix)
        else { return nil }
        let count: Int
        switch head.form {
        case .bytes: count = member.byteCount - prefixCount
        case .digits:
            guard let packed = DigitText.byteCount(of: member, from: prefixCount) else { return nil }
            count = packed
        }
        switch head.lengthWidth {
        case 0: return count == head.suffixByteCount ? count : nil
        case 1: return count < 255 ? count : nil
        default: return count <= Int(UInt32.max) ? count : nil
        }
    }

    /// Writes what the member has behind the prefix.
    func store(suffixOf member: RawSpan, at offset: Int, _ head: Head) {
        switch head.form {
        case .bytes: block.store(member.extracting(droppingFirst: head.prefixByteCount), at: offset)
        case .digits: DigitText.write(member, from: head.prefixByteCount, to: block, at: offset)
        }
    }

    /// Takes out the entries of `range`, which must leave one.
    mutating func remove(_ range: Range<Int>) {
        let head = head
        precondition(range.count < head.count, "a leaf without entries")
        let (width, lengthWidth) = (head.width, head.lengthWidth)
        let used = byteCount
        let (suffixStart, suffixEnd) = (suffixOffset(range.lowerBound, head), suffixOffset(range.upperBound, head))
        let (start, end) = (
            head.lengthsOffset + range.lowerBound * lengthWidth,
            head.lengthsOffset + range.upperBound * lengthWidth
        )
        let (score, scoreEnd) = (
            head.scoresOffset + range.lowerBound * width,
            head.scoresOffset + range.upperBound * width
        )
        block.move(from: scoreEnd, to: score, byteCount: start - scoreEnd)
        let newStart = score + start - scoreEnd
        block.move(from: end, to: newStart, byteCount: suffixStart - end)
        let newSuffix = newStart + suffixStart - end
        block.move(from: suffixEnd, to: newSuffix, byteCount: used - suffixEnd)
        setCounts(byteCount: newSuffix + used - suffixEnd, count: head.count - range.count)
        giveBack()
    }

    private func setCounts(byteCount: Int, count: Int) {
        block.store(UInt32(byteCount), at: 0)
        block.store(UInt16(count), at: 4)
    }

    private mutating func reserve(_ byteCount: Int) {
        let held = block.allocatedByteCount
        if byteCount > held { resize(to: byteCount, from: held) }
    }

    private mutating func resize(to byteCount: Int, from held: Int) {
        block = block.resized(to: byteCount)
        allocationChange += block.allocatedByteCount - held
    }

    /// Gives back what the block has beyond its bytes when that is a quarter of it, as packs do.
    private mutating func giveBack() {
        let held = block.allocatedByteCount
        let needed = max(byteCount, head.suffixesOffset + Self.margin)
        if needed <= held - max(16, held / 4) { resize(to: needed, from: held) }
    }
}
