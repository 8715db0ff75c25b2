internal import SnugMemory

/// A set of integers in one piece, read where it lies: what OBJECT ENCODING calls `intset`.
///
///     ┌──────┬────────────────────────┬─────────┬───────────────────────────────────────┐
///     │ 0x7e │ width, 16·base's bytes │ base    │ member less base, all but the first   │
///     │    1 │                      1 │ 0 … 8   │ width bytes each, rising              │
///     └──────┴────────────────────────┴─────────┴───────────────────────────────────────┘
///
/// The base is the least member, in its zigzag form without leading zero bytes; the width is that of the greatest less
/// the base, in bytes, and 0 for a set of one. Five ids of users near 640,000 are 2 + 3 + 4 · 1 = 9 bytes, where Redis
/// has 8 + 5 · 4 = 28.
///
/// Invariants:
/// - I1: there is one member at least, and members rise strictly.
/// - I2: base and width are the smallest that hold the members, so that equal sets have equal bytes.
///
/// Costs: a member is found by halving; one is added or removed by moving the bytes behind it, or, when base or width
/// change with it, by writing all anew. Differences of neighbours would take a third less in small sparse sets, and a
/// walk to find anything.
struct IntegerSet: ~Escapable, BitwiseCopyable {
    private let bytes: RawSpan
    private let start: Int
    let width: Int
    /// The least member.
    let base: Int64
    let count: Int

    static let headByteCount = 2

    /// `bytes` are all bytes of the set, the type's included.
    @_lifetime(copy bytes)
    init(_ bytes: RawSpan) {
        self.bytes = bytes
        let head = bytes[1]
        let baseByteCount = Int(head >> 4)
        width = Int(head & 15)
        start = Self.headByteCount + baseByteCount
        base =
            baseByteCount == 0
            ? 0 : unzigzag(CompactHashLayout.word(in: bytes, at: Self.headByteCount, byteCount: baseByteCount))
        count = width == 0 ? 1 : 1 + (bytes.byteCount - start) / width
    }

    /// The member of an index from the least on.
    subscript(index: Int) -> Int64 {
        index == 0 ? base : base &+ Int64(bitPattern: distance(index))
    }

    /// What the member of an index above 0 is more than the base.
    @inline(__always)
    private func distance(_ index: Int) -> UInt64 {
        CompactHashLayout.word(in: bytes, at: offset(of: index), byteCount: width)
    }

    /// Where the member of an index above 0 stands.
    func offset(of index: Int) -> Int { start + (index - 1) * width }

    var greatest: Int64 { self[count - 1] }

    /// The index of `member`, or the one that it would have.
    func find(_ member: Int64) -> (index: Int, isFound: Bool) {
        if member <= base { return (0, member == base) }
        let sought = UInt64(bitPattern: member &- base)
        var (low, high) = (1, count)
        while low < high {
            let middle = (low + high) >> 1
            if distance(middle) < sought { low = middle + 1 } else { high = middle }
        }
        return (low, low < count && distance(low) == sought)
    }

    func contains(_ member: Int64) -> Bool { find(member).isFound }
}

/// Changes the bytes of sets of integers.
enum IntegerSetBytes {
    /// What adding or removing a member does to the bytes.
    private enum Change {
        case nothing
        /// `removing` bytes at an offset give way to the low `adding` bytes of a number.
        case splice(at: Int, removing: Int, UInt64, adding: Int)
        case rewrite([Int64])
    }

    /// Adds a member; false when it is there. Bytes of a set without members are none at all.
    static func insert(_ member: Int64, into bytes: inout GrowableBytes) -> Bool {
        guard bytes.count > 0 else {
            write([member], to: &bytes)
            return true
        }
        return apply(insertion(of: member, into: IntegerSet(bytes.bytes)), to: &bytes)
    }

    /// Removes a member; false when it is not there. The last leaves no bytes.
    static func remove(_ member: Int64, from bytes: inout GrowableBytes) -> Bool {
        guard bytes.count > 0 else { return false }
        let (index, isFound) = IntegerSet(bytes.bytes).find(member)
        if isFound { remove(at: index, from: &bytes) }
        return isFound
    }

    /// Removes the member of an index.
    static func remove(at index: Int, from bytes: inout GrowableBytes) {
        _ = apply(removal(of: index, from: IntegerSet(bytes.bytes)), to: &bytes)
    }

    private static func insertion(of member: Int64, into set: IntegerSet) -> Change {
        let (index, isFound) = set.find(member)
        if isFound { return .nothing }
        let distance = UInt64(bitPattern: member &- set.base)
        if index > 0 && significantByteCount(distance) <= set.width {
            return .splice(at: set.offset(of: index), removing: 0, distance, adding: set.width)
        }
        var members = array(of: set)
        members.insert(member, at: index)
        return .rewrite(members)
    }

    private static func removal(of index: Int, from set: IntegerSet) -> Change {
        if index > 0 && index < set.count - 1 {
            return .splice(at: set.offset(of: index), removing: set.width, 0, adding: 0)
        }
        var members = array(of: set)
        members.remove(at: index)
        return .rewrite(members)
    }

    /// False when there was nothing to do.
    private static func apply(_ change: Change, to bytes: inout GrowableBytes) -> Bool {
        switch change {
        case .nothing: return false
        case .splice(let offset, let removed, let number, let added):
            let word: InlineArray<1, UInt64> = [number.littleEndian]
            // SAFETY: an integer has no padding, so its raw representation is fully initialised.
            let inserted = unsafe word.span.bytes.extracting(first: added)
            bytes.replace(at: offset, removing: removed, with: inserted)
        case .rewrite(let members): write(members, to: &bytes)
        }
        return true
    }

    /// Makes a set of members that rise strictly; none leave no bytes.
    static func write(_ members: [Int64], to bytes: inout GrowableBytes) {
        bytes.truncate(to: 0)
        guard let base = members.first, let greatest = members.last else { return }
        let width = significantByteCount(UInt64(bitPattern: greatest &- base))
        let baseByteCount = significantByteCount(zigzag(base))
        bytes.append(CompactType.integerSet.rawValue)
        bytes.append(UInt8(width | baseByteCount << 4))
        append(zigzag(base), byteCount: baseByteCount, to: &bytes)
        for member in members.dropFirst() {
            append(UInt64(bitPattern: member &- base), byteCount: width, to: &bytes)
        }
    }

    private static func append(_ number: UInt64, byteCount: Int, to bytes: inout GrowableBytes) {
        let end = bytes.count + byteCount
        bytes.append(bytesOf: number.littleEndian)
        bytes.truncate(to: end)
    }

    private static func array(of set: IntegerSet) -> [Int64] {
        var members: [Int64] = []
        members.reserveCapacity(set.count + 1)
        for index in 0..<set.count { members.append(set[index]) }
        return members
    }
}
