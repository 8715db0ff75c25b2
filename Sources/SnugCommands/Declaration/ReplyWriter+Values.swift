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

    /// The string under `key` as a bulk string, or null. False when it is not there. Throws `wrongType`.
    mutating func string(_ key: RawSpan, _ partition: inout Partition) throws(CommandError) -> Bool {
        do {
            guard let value = try partition.string(key) else {
                null()
                return false
            }
            string(value)
            return true
        } catch { throw CommandError(error) }
    }
}
