/// Every error text that does not depend on the request: Redis's, byte for byte, without the leading dash. Trivial, so
/// that a command throws it without allocating. Texts that name something from the request are written by the command
/// itself with `ReplyWriter.error`, which then throws `written`.
package enum ReplyError: UInt8, Error, CaseIterable {
    case wrongType
    case syntax
    case notInteger
    /// An integer beyond 32 bits where Redis reads a C `int`.
    case notShortInteger
    case notFloat
    case hashValueNotInteger
    case hashValueNotFloat
    case incrementOverflow
    case notFinite
    case stringTooLong
    case offsetOutOfRange
    case noSuchKey
    case databaseIndexOutOfRange
    case invalidDatabaseIndex
    case sameObject
    case invalidCursor
    case notPositive
    case outOfRange
    /// An integer whose magnitude is none.
    case magnitudeOutOfRange
    case valueOutOfRange
    case decrementOverflow
    case notStrings
    case countAndPlaces
    case comparisonTooLarge
    case conflictingExpiryConditions
    case laterAndEarlier
    case frequencyNotTracked
    case idleTimeNotTracked
    case noValuesOutsideHash
    case rangeNotFloat
    case rangeNotStrings
    /// The command has written its own error.
    case written

    package var text: StaticString {
        switch self {
        case .wrongType: "WRONGTYPE Operation against a key holding the wrong kind of value"
        case .syntax: "ERR syntax error"
        case .notShortInteger: "ERR value is out of range, value must between -2147483648 and 2147483647"
        case .magnitudeOutOfRange:
            "ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807"
        case .notInteger: "ERR value is not an integer or out of range"
        case .notFloat: "ERR value is not a valid float"
        case .hashValueNotInteger: "ERR hash value is not an integer"
        case .hashValueNotFloat: "ERR hash value is not a float"
        case .incrementOverflow: "ERR increment or decrement would overflow"
        case .notFinite: "ERR increment would produce NaN or Infinity"
        case .stringTooLong: "ERR string exceeds maximum allowed size (proto-max-bulk-len)"
        case .offsetOutOfRange: "ERR offset is out of range"
        case .noSuchKey: "ERR no such key"
        case .databaseIndexOutOfRange: "ERR DB index is out of range"
        case .invalidDatabaseIndex: "ERR invalid DB index"
        case .sameObject: "ERR source and destination objects are the same"
        case .invalidCursor: "ERR invalid cursor"
        case .notPositive: "ERR value is out of range, must be positive"
        case .outOfRange: "ERR index out of range"
        case .valueOutOfRange: "ERR value is out of range"
        case .decrementOverflow: "ERR decrement would overflow"
        case .notStrings: "ERR The specified keys must contain string values"
        case .countAndPlaces: "ERR If you want both the length and indexes, please just use IDX."
        case .comparisonTooLarge: "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len"
        case .conflictingExpiryConditions:
            "ERR NX and XX, GT or LT options at the same time are not compatible"
        case .laterAndEarlier: "ERR GT and LT options at the same time are not compatible"
        case .frequencyNotTracked:
            """
            ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching \
            between policies at runtime LRU and LFU data will take some time to adjust.
            """
        case .idleTimeNotTracked:
            """
            ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between \
            policies at runtime LRU and LFU data will take some time to adjust.
            """
        case .noValuesOutsideHash: "ERR NOVALUES option can only be used in HSCAN"
        case .rangeNotFloat: "ERR min or max is not a float"
        case .rangeNotStrings: "ERR min or max not valid string range item"
        case .written: ""
        }
    }
}
