internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Gives the allocator's unused pages back.
enum MemoryPurge: ServerCommand {
    static let spec = CommandSpec(
        name: "PURGE", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .exactly(2),
        tips: ["request_policy:all_shards", "response_policy:all_succeeded"],
        summary: "Asks the allocator to return unused pages to the operating system.",
        complexity: "Grows with the allocator's free pages",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard Allocator.purge() else { throw reply.refusal("ERR Error purging dirty pages") }
        reply.ok()
    }
}
