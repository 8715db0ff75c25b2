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
    case bitOffsetOutOfRange
    case bitOutOfRange
    case bitNotZeroOrOne
    case invalidBitFieldType
    case invalidOverflowType
    case onlyGetAllowed
    case notHyperLogLog
    case corruptHyperLogLog
    case notSparse
    case noSpecifiedKey
    case invalidNumberOfKeys
    case wrongNumberOfPairs
    case conditionsNeedString
    case invalidCondition
    case notDigest
    case enxWithoutExpiration
    case boundsCrossed
    case appliedIncrementOverflow
    case incrementNotInteger
    case incrementNotFloat
    case lowerBoundNotInteger
    case lowerBoundNotFloat
    case upperBoundNotInteger
    case upperBoundNotFloat
    case incrementInfinite
    case valueInfinite
    case busyKey
    case negativeTTL
    case negativeIdleTime
    case frequencyOutOfRange
    case wrongPayloadVersionOrChecksum
    case badDataFormat
    case invalidStreamID
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
        case .bitOffsetOutOfRange: "ERR bit offset is not an integer or out of range"
        case .bitOutOfRange: "ERR bit is not an integer or out of range"
        case .bitNotZeroOrOne: "ERR The bit argument must be 1 or 0."
        case .invalidBitFieldType:
            """
            ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.
            """
        case .invalidOverflowType: "ERR Invalid OVERFLOW type specified"
        case .onlyGetAllowed: "ERR BITFIELD_RO only supports the GET subcommand"
        case .notHyperLogLog: "WRONGTYPE Key is not a valid HyperLogLog string value."
        case .corruptHyperLogLog: "INVALIDOBJ Corrupted HLL object detected"
        case .notSparse: "ERR HLL encoding is not sparse"
        case .noSpecifiedKey: "ERR The specified key does not exist"
        case .invalidNumberOfKeys: "ERR invalid numkeys value"
        case .wrongNumberOfPairs: "ERR wrong number of key-value pairs"
        case .conditionsNeedString: "ERR Key should be of string type if conditions are specified"
        case .invalidCondition: "ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE"
        case .notDigest: "ERR must be exactly 16 hexadecimal characters"
        case .enxWithoutExpiration: "ERR ENX flag requires an expiration"
        case .boundsCrossed: "ERR LBOUND can't be greater than UBOUND"
        case .appliedIncrementOverflow: "ERR applied increment would overflow"
        case .incrementNotInteger: "ERR Increment is not an integer or out of range"
        case .incrementNotFloat: "ERR Increment is not a valid float"
        case .lowerBoundNotInteger: "ERR LBOUND is not an integer or out of range"
        case .lowerBoundNotFloat: "ERR LBOUND is not a valid float"
        case .upperBoundNotInteger: "ERR UBOUND is not an integer or out of range"
        case .upperBoundNotFloat: "ERR UBOUND is not a valid float"
        case .incrementInfinite: "ERR BYFLOAT increment cannot be Infinity"
        case .valueInfinite: "ERR value cannot be Infinity"
        case .busyKey: "BUSYKEY Target key name already exists."
        case .negativeTTL: "ERR Invalid TTL value, must be >= 0"
        case .negativeIdleTime: "ERR Invalid IDLETIME value, must be >= 0"
        case .frequencyOutOfRange: "ERR Invalid FREQ value, must be >= 0 and <= 255"
        case .wrongPayloadVersionOrChecksum: "ERR DUMP payload version or checksum are wrong"
        case .badDataFormat: "ERR Bad data format"
        case .invalidStreamID: "ERR Invalid stream ID specified as stream command argument"
        case .written: ""
        }
    }
}
