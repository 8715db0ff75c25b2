internal import SnugCommands
internal import SnugRESP

/// Makes the next EXEC depend on keys staying as they are.
enum Watch: ServerCommand {
    static let spec = CommandSpec(
        name: "WATCH", group: .transactions, since: "2.2.0",
        arity: .atLeast(2), flags: [.noscript, .loading, .stale, .fast, .allowBusy], acl: .transaction,
        keys: [.all(from: 1, [.readOnly])],
        summary: "Lets the next EXEC run only if none of the keys changes before.",
        complexity: "O(1) per key",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard session.transaction == nil else {
            reply.error("ERR WATCH inside MULTI is not allowed")
            throw .written
        }
        for index in 1..<arguments.count {
            session.watches.add(arguments[index], &server.partition)
        }
        reply.ok()
    }
}
