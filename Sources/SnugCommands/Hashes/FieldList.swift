internal import SnugMemory
internal import SnugRESP

/// The end of a request that names fields of a hash: `FIELDS n field [field …]`.
enum FieldList {
    /// What is said of a count that is none; commands differ in it.
    enum CountError {
        case notPositive, parameterNotPositive

        fileprivate var text: StaticString {
            switch self {
            case .notPositive: "ERR Number of fields must be a positive integer"
            case .parameterNotPositive: "ERR Parameter `numFields` should be greater than 0"
            }
        }
    }

    static let argument = Argument(
        "fields", .block, token: "FIELDS",
        [Argument("numfields", .integer), Argument("field", .string, multiple: true)])

    /// Where the fields stand of a request whose word FIELDS should be at `index`.
    static func read(
        _ arguments: borrowing Arguments, at index: Int, countError: CountError = .notPositive,
        _ reply: inout ReplyWriter
    ) throws(CommandError) -> Range<Int> {
        guard index + 1 < arguments.count, arguments[index].isWord("FIELDS") else {
            throw reply.refusal("ERR Mandatory argument FIELDS is missing or not at the right position")
        }
        guard let count = arguments[index + 1].canonicalInteger, count > 0 else {
            reply.error(countError.text)
            throw .written
        }
        guard count == arguments.count - index - 2 else {
            throw reply.refusal("ERR The `numfields` parameter must match the number of arguments")
        }
        return index + 2..<arguments.count
    }
}

extension Expiration.Unit {
    /// The latest time at which a field may expire: 46 bits of milliseconds since 1970.
    private static let fieldTimeMax: Int64 = 1 << 46 - 1

    /// A field's time, milliseconds since 1970. Throws `notInteger`, and writes the error that names `command` (in
    /// lower case) when the number is negative or too large.
    func fieldTime(
        _ word: RawSpan, now: Int64, of command: StaticString, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int64 {
        let number = try word.integer()
        guard number >= 0 else {
            throw reply.refusal("ERR invalid expire time, must be >= 0")
        }
        guard let time = milliseconds(number, now: now), time <= Self.fieldTimeMax else {
            throw reply.invalidExpireTime(of: command)
        }
        return time
    }
}
