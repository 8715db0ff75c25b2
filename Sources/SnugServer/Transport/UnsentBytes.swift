internal import SnugMemory

/// Bytes that a socket did not take yet, in the order in which they came, in pieces that are given back as they are
/// sent.
///
/// Invariants:
/// - I1: pieces before `first` are empty; the others are not.
/// - I2: `count` is the sum over the pieces, less `sentByteCount`, which is below the first piece's length.
struct UnsentBytes {
    private static let pieceByteCountMin = 16 << 10
    private static let pieceByteCountMax = 1 << 20

    private var pieces: [[UInt8]] = []
    private var first = 0
    /// How much of the first piece is sent.
    private var sentByteCount = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: RawSpan) {
        var rest = bytes
        while rest.byteCount > 0 {
            if spareByteCount == 0 {
                // Pieces grow with what waits, so that their number stays small.
                let capacity = min(max(rest.byteCount, count, Self.pieceByteCountMin), Self.pieceByteCountMax)
                var piece: [UInt8] = []
                piece.reserveCapacity(capacity)
                pieces.append(piece)
            }
            let part = rest.extracting(first: spareByteCount)
            rest = rest.extracting(droppingFirst: part.byteCount)
            // SAFETY: the part lives until the end of the call, which copies it.
            unsafe part.withUnsafeBytes { unsafe pieces[pieces.count - 1].append(contentsOf: $0) }
            count += part.byteCount
        }
    }

    /// Bytes that the last piece takes without growing.
    private var spareByteCount: Int {
        pieces.last.map { $0.capacity - $0.count } ?? 0
    }

    /// Offers the bytes to `send`, which returns how many it took, until it takes less than it is offered.
    mutating func send(_ send: (RawSpan) -> Int) {
        while count > 0 {
            let piece = pieces[first]
            let offered = piece.count - sentByteCount
            let taken = send(piece.rawBytes.extracting(droppingFirst: sentByteCount))
            count -= taken
            sentByteCount += taken
            if taken < offered { return }
            pieces[first] = []
            first += 1
            sentByteCount = 0
        }
        removeAll()
    }

    mutating func removeAll() { self = UnsentBytes() }
}
