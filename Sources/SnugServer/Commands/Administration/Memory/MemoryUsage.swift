internal import SnugCommands
internal import SnugEngine
internal import SnugRESP

/// Tells how many bytes a key and its value take. The figure is exact, so that SAMPLES is read and not needed.
enum MemoryUsage: ServerCommand {
    static let spec = CommandSpec(
        name: "USAGE", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .atLeast(3), flags: [.readonly],
        keys: [.one(at: 2, [.readOnly])],
        summary: "Tells how many bytes a key and its value take.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("count", .integer, token: "SAMPLES", optional: true)],
        reply: .oneOf([.integer, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var index = 3
        while index < arguments.count {
            guard arguments[index].isWord("SAMPLES"), index + 1 < arguments.count,
                try arguments[index + 1].integer() >= 0
            else { throw .syntax }
            index += 2
        }
        guard let byteCount = server.partition.memoryUsage(of: arguments[2]) else { return reply.null() }
        reply.integer(byteCount)
    }
}
