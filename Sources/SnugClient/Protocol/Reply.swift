/// A reply of a server, for the few that are read and not only counted.
package indirect enum Reply: Equatable, Sendable {
    case simple(String)
    case error(String)
    case integer(Int)
    case bulk([UInt8])
    case null
    case array([Reply])

    /// The text of a simple or bulk reply.
    package var text: String? {
        switch self {
        case .simple(let text): text
        case .bulk(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    package var integer: Int? {
        if case .integer(let number) = self { return number }
        return nil
    }

    package var elements: [Reply]? {
        if case .array(let elements) = self { return elements }
        return nil
    }
}
