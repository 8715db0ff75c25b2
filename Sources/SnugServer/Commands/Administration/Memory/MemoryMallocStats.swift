internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Gives the allocator's own report.
enum MemoryMallocStats: ServerCommand {
    static let spec = CommandSpec(
        name: "MALLOC-STATS", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .exactly(2),
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Gives the allocator's own report.",
        complexity: "Grows with the number of the allocator's arenas and size classes",
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.verbatim(Allocator.report())
    }
}
