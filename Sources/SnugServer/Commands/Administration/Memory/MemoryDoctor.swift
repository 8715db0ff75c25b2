internal import SnugCommands
internal import SnugRESP

/// Judges the server's use of memory.
enum MemoryDoctor: ServerCommand {
    static let spec = CommandSpec(
        name: "DOCTOR", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .exactly(2),
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Judges the server's use of memory.",
        complexity: "O(1)",
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.verbatim(MemoryAdvice.text(for: server.memoryReport(replyBufferByteCount: reply.capacity)))
    }
}
