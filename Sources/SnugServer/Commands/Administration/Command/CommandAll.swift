internal import SnugCommands
internal import SnugRESP

/// Describes every command.
enum CommandAll: ServerCommand {
    static let spec = CommandSpec(
        name: "COMMAND", group: .server, since: "2.8.13",
        arity: .atLeast(1), flags: [.loading, .stale], acl: .connection,
        tips: ["nondeterministic_output_order"],
        summary: "Describes every command: arity, flags, keys, categories.",
        complexity: "O(N) for N commands",
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.array(server.table.commandCount)
        for number in server.table.commands { reply.commandInformation(number, of: server.table) }
    }
}
