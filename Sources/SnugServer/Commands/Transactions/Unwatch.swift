internal import SnugCommands
internal import SnugRESP

/// Forgets the watched keys.
enum Unwatch: ServerCommand {
    static let spec = CommandSpec(
        name: "UNWATCH", group: .transactions, since: "2.2.0",
        arity: .exactly(1), flags: [.noscript, .loading, .stale, .fast, .allowBusy], acl: .transaction,
        summary: "Forgets all watched keys.",
        complexity: "O(1)",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        session.unwatchAll(&server.partition)
        reply.ok()
    }
}
