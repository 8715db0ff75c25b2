package import SnugCommands
package import SnugRESP

/// A command on sessions, configuration or the server itself. Commands on data are `Command`s.
package protocol ServerCommand: CommandDeclaration {
    /// `arguments` has the command's name first (a subcommand has the container's name first and its own second) and
    /// satisfies the declared arity. On an error nothing must have been written to `reply`, except when it is
    /// `written`.
    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError)
}

/// The lists of all groups that the server adds to those on data.
enum ServerCommands {
    static let all: [any ServerCommand.Type] =
        ConnectionCommands.all + TransactionCommands.all + PubSubCommands.all + AdministrationCommands.all
}
