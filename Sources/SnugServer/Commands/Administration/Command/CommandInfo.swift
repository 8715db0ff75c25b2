internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Describes the named commands.
enum CommandInfo: ServerCommand {
    static let spec = CommandSpec(
        name: "INFO", container: "COMMAND", group: .server, since: "2.8.13",
        arity: .atLeast(2), flags: [.loading, .stale], acl: .connection,
        tips: ["nondeterministic_output_order"],
        summary: "Describes the named commands: arity, flags, keys, categories.",
        complexity: "O(N) for N commands asked for",
        history: [("7.0.0", "Without names it describes all commands.")],
        arguments: [Argument("command-name", .string, optional: true, multiple: true)],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count > 2 else { return try CommandAll.run(arguments, session, server, &reply) }
        reply.array(arguments.count - 2)
        for index in 2..<arguments.count {
            if let number = server.table.find(fullName: arguments[index].makeArray()) {
                reply.commandInformation(number, of: server.table)
            } else {
                reply.null()
            }
        }
    }
}
