/// What stands before a value in an RDB file or a payload: its type and how it is laid out. The numbers are Redis's
/// (`rdb.h`); those of modules (6, 7) and of Redis 8 are not read.
package enum RDBType: UInt8, Sendable, CaseIterable {
    case string = 0
    /// A count and the elements.
    case list = 1
    case set = 2
    /// Scores are text.
    case sortedSet = 3
    case hash = 4
    /// Scores are eight bytes.
    case sortedSetBinary = 5
    case hashZipmap = 9
    case listZiplist = 10
    case setIntegers = 11
    case sortedSetZiplist = 12
    case hashZiplist = 13
    /// A count of nodes that are ziplists.
    case listOfZiplists = 14
    case stream = 15
    case hashListpack = 16
    case sortedSetListpack = 17
    /// A count of nodes that are listpacks, or one element.
    case listOfListpacks = 18
    case streamWithIdentifiers = 19
    /// From Redis 7.2 on.
    case setListpack = 20
    case streamWithActiveTimes = 21
    /// As the two below, but without the earliest expiry, and with times instead of what they are later: of the release
    /// candidates of Redis 7.4. Only read.
    case hashWithTimes = 22
    case hashListpackWithTimes = 23
    /// From Redis 7.4 on: the earliest expiry, a count, and to each field its expiry, as what it is later than the
    /// earliest and 1, or 0.
    case hashWithExpiry = 24
    /// From Redis 7.4 on: the earliest expiry, and a listpack of fields, values and times.
    case hashListpackWithExpiry = 25

    /// The version of the format that brought the type; readers of that version or later know it.
    package var sinceVersion: UInt16 {
        switch self {
        case .hashWithExpiry, .hashListpackWithExpiry, .hashWithTimes, .hashListpackWithTimes: RDBVersion.redis74
        case .setListpack, .streamWithActiveTimes: RDBVersion.redis72
        default: RDBVersion.redis70
        }
    }
}

/// Versions of the format.
package enum RDBVersion {
    /// Redis 7.0.
    package static let redis70: UInt16 = 10
    /// Redis 7.2.
    package static let redis72: UInt16 = 11
    /// Redis 7.4.
    package static let redis74: UInt16 = 12
    /// The latest that is read.
    package static let latest = redis74
}

/// How lengths and strings are laid out.
///
///     00nnnnnn                              a length of up to 63
///     01nnnnnn nnnnnnnn                     up to 16,383, high bits first
///     10000000 n:32                         big-endian
///     10000001 n:64                         big-endian
///     11000000 n:8                          instead of a length: a string that is the decimal text of an integer of
///     11000001 n:16                         8, 16 or 32 bits, little-endian
///     11000010 n:32
///     11000011 length length bytes          a string that is compressed: how many bytes it has so, how many it had,
///                                           and the bytes (`GrowableBytes.append(decompressing:)`)
enum RDBLayout {
    static let sixBitMax: UInt64 = 63
    static let fourteenBitMax: UInt64 = 16_383
    static let thirtyTwoBits: UInt8 = 0x80
    static let sixtyFourBits: UInt8 = 0x81
    static let integer8: UInt8 = 0xc0
    static let integer16: UInt8 = 0xc1
    static let integer32: UInt8 = 0xc2
    static let compressed: UInt8 = 0xc3
    /// The longest text of an integer of 32 bits.
    static let integerByteCountMax = 11
    /// Nodes of a list: one element, or a listpack of them.
    static let plainNode = 1
    static let packedNode = 2
}
