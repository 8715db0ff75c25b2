internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells which shapes of key there are and what they cost: `user:#:profile` is one for all users.
enum SnugShapes: Command {
    static let spec = CommandSpec(
        name: "SHAPES", container: "SNUG", group: .server, since: "0.1.0",
        arity: .atLeast(2), flags: [.readonly], acl: .keyspace,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Lists the shapes of the keys of all databases with what they cost, the largest first.",
        complexity: "O(N log N) for N shapes, whatever the number of keys",
        arguments: [
            Argument("count", .integer, token: "LIMIT", optional: true),
            Argument(
                "order", .oneof, token: "BY", optional: true, [.token("keys", "KEYS"), .token("bytes", "BYTES")]),
        ],
        reply: .array(of: .map(of: .any)))

    private struct Options {
        var limit = 20
        var order = Partition.ShapeOrder.bytes
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try options(arguments)
        let shapes = partition.largestShapes(by: options.order, atMost: options.limit)
        var name = GrowableBytes()
        reply.array(shapes.count)
        for shape in shapes {
            name.truncate(to: 0)
            partition.appendName(of: shape, to: &name)
            reply.map(5)
            reply.bulk("shape")
            reply.bulk(name.bytes)
            reply.figure("keys", shape.keys)
            reply.figure("bytes", shape.bytes)
            reply.bulk("bytes-per-key")
            reply.double(shape.bytesPerKey)
            reply.figure("expiring", shape.expiring)
        }
    }

    private static func options(_ arguments: borrowing Arguments) throws(CommandError) -> Options {
        var options = Options()
        var index = 2
        while index < arguments.count {
            guard index + 1 < arguments.count else { throw .syntax }
            let (word, value) = (arguments[index], arguments[index + 1])
            if word.isWord("LIMIT") {
                options.limit = Int(try value.nonNegativeInteger())
            } else if word.isWord("BY") && value.isWord("KEYS") {
                options.order = .keys
            } else if word.isWord("BY") && value.isWord("BYTES") {
                options.order = .bytes
            } else {
                throw .syntax
            }
            index += 2
        }
        return options
    }
}

extension ReplyWriter {
    /// A field of a map whose value is an integer.
    mutating func figure(_ name: StaticString, _ value: Int) {
        bulk(name)
        integer(value)
    }
}
