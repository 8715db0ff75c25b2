/// What a command may answer, as far as types go. The conformance suite holds replies against it.
package indirect enum ReplyShape: Sendable {
    /// `+OK`
    case ok
    /// Any simple string.
    case simple
    case integer
    /// A bulk string.
    case bulk
    /// A verbatim string in RESP3, a bulk string in RESP2.
    case text
    case double
    case null
    case boolean
    case array(of: ReplyShape)
    case set(of: ReplyShape)
    /// A map in RESP3, an array of twice the count in RESP2.
    case map(of: ReplyShape)
    case push
    case oneOf([ReplyShape])
    /// Depends on what is asked.
    case any

    /// A bulk string or null.
    package static let bulkOrNull = ReplyShape.oneOf([.bulk, .null])
}
