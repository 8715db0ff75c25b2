internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Explains the named commands, or all.
enum CommandDocs: ServerCommand {
    static let spec = CommandSpec(
        name: "DOCS", container: "COMMAND", group: .server, since: "7.0.0",
        arity: .atLeast(2), flags: [.loading, .stale], acl: .connection,
        tips: ["nondeterministic_output_order"],
        summary: "Explains commands: summary, arguments, history.",
        complexity: "O(N) for N commands asked for",
        arguments: [Argument("command-name", .string, optional: true, multiple: true)],
        reply: .map(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let numbers = arguments.count > 2 ? named(arguments, server.table) : Array(server.table.commands)
        reply.map(numbers.count)
        for number in numbers {
            reply.bulk(server.table.entries[number].fullName)
            reply.commandDocumentation(number, of: server.table)
        }
    }

    /// The numbers of the commands that are asked for; names that are none's are passed over.
    private static func named(_ arguments: borrowing Arguments, _ table: CommandTable) -> [Int] {
        var numbers: [Int] = []
        for index in 2..<arguments.count {
            if let number = table.find(fullName: arguments[index].makeArray()) { numbers.append(number) }
        }
        return numbers
    }
}
