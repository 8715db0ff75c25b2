internal import SnugMemory
internal import SnugRESP

/// The count of HRANDFIELD, SRANDMEMBER and ZRANDMEMBER.
enum DrawCount {
    /// Most draws that a negative count may ask for. Redis draws on until its memory ends.
    static let repeatsMax: Int64 = 1 << 24

    /// Reads the count behind the key and `pairs`, the word that may follow it, in Redis's order of complaints.
    static func read(
        _ arguments: borrowing Arguments, pairs: StaticString
    ) throws(CommandError) -> Int64 {
        let count = try arguments[2].integerWithMagnitude()
        if arguments.count > 3 {
            guard arguments.count == 4, arguments[3].isWord(pairs) else { throw .syntax }
            guard count.magnitude <= UInt64(Int64.max / 2) else { throw .valueOutOfRange }
        }
        guard count >= -repeatsMax else { throw .valueOutOfRange }
        return count
    }
}

/// Draws that may repeat, in parts, until they are all made or have taken too many bytes of the reply.
struct RepeatedDraws {
    private static let byteCountMax = 512 << 20
    /// The bytes are looked at after so many draws.
    private static let countPerLook = 1024

    private var left: Int
    private let start: Int

    /// `start` is where the reply begins that is bounded.
    init(_ count: Int, from start: Int) {
        left = count
        self.start = start
    }

    /// Whether all draws have been taken out.
    var isComplete: Bool { left == 0 }

    /// Whether a reply that ends at `byteCount` is within the bound.
    func allows(_ byteCount: Int) -> Bool { byteCount - start <= Self.byteCountMax }

    /// How many to draw next, nil at the end. `byteCount` is where the reply ends now.
    mutating func next(_ byteCount: Int) -> Int? {
        guard left > 0 && allows(byteCount) else { return nil }
        let part = min(left, Self.countPerLook)
        left -= part
        return part
    }
}
