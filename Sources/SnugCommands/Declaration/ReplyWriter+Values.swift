internal import SnugEngine
internal import SnugRESP

extension ReplyWriter {
    /// A string value as a bulk string.
    @inline(__always)
    mutating func string(_ value: borrowing StringValue) {
        switch copy value {
        case .integer(let integer): bulk(decimal: integer)
        case .bytes(let bytes): bulk(bytes)
        }
    }
}
