/// Why a request cannot be understood. The connection gets the text and is closed.
package enum ProtocolError: Error, Equatable {
    case tooBigMultibulkCount
    case invalidMultibulkLength
    case unauthenticatedMultibulkLength
    case tooBigBulkCount
    case expectedDollar(UInt8)
    case invalidBulkLength
    case unauthenticatedBulkLength
    case tooBigInlineRequest
    case unbalancedQuotes

    /// Redis's text, without the leading `-ERR `; it may hold a byte that is not UTF-8.
    package var bytes: [UInt8] {
        guard case .expectedDollar(let byte) = self else { return Array(text.utf8) }
        return Array("Protocol error: expected '$', got '".utf8) + [byte, UInt8(ascii: "'")]
    }

    /// The text for logs.
    package var text: String {
        switch self {
        case .tooBigMultibulkCount: "Protocol error: too big mbulk count string"
        case .invalidMultibulkLength: "Protocol error: invalid multibulk length"
        case .unauthenticatedMultibulkLength: "Protocol error: unauthenticated multibulk length"
        case .tooBigBulkCount: "Protocol error: too big bulk count string"
        case .expectedDollar(let byte):
            "Protocol error: expected '$', got '" + String(decoding: [byte], as: UTF8.self) + "'"
        case .invalidBulkLength: "Protocol error: invalid bulk length"
        case .unauthenticatedBulkLength: "Protocol error: unauthenticated bulk length"
        case .tooBigInlineRequest: "Protocol error: too big inline request"
        case .unbalancedQuotes: "Protocol error: unbalanced quotes in request"
        }
    }
}
