internal import SnugCommands
internal import SnugRESP

/// What the subcommands of CLIENT are for.
enum ClientHelp: ServerCommand {
    static let spec = CommandSpec(
        name: "HELP", container: "CLIENT", group: .connection, since: "5.0.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .connection,
        summary: "Tells what the subcommands are for.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }

    private static let lines: [StaticString] = [
        "CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        "GETNAME",
        "    The name of this connection.",
        "HELP",
        "    These lines.",
        "ID",
        "    The number of this connection.",
        "INFO",
        "    What LIST says of this connection.",
        "KILL <address:port>",
        "    Close the connection from there.",
        "KILL <condition> <value> [<condition> <value> ...]",
        "    Close the connections that meet every condition:",
        "    * ADDR <address:port>, or <path of the unix socket>:0",
        "    * ID <number>",
        "    * LADDR <address:port>, the server's side",
        "    * MAXAGE <seconds>, connected at least that long",
        "    * SKIPME (YES|NO), whether this connection is spared; YES unless it is given",
        "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
        "    * USER <name>",
        "LIST [ID <number> [<number> ...] | TYPE (NORMAL|MASTER|REPLICA|PUBSUB)]",
        "    A line for each connection.",
        "NO-EVICT (ON|OFF)",
        "    Whether this connection is spared when memory is short.",
        "NO-TOUCH (ON|OFF)",
        "    Whether this connection leaves the last use of keys as it is.",
        "PAUSE <milliseconds> [WRITE|ALL]",
        "    Hold commands back, all of them or those that write.",
        "REPLY (ON|OFF|SKIP)",
        "    Whether this connection is answered; SKIP is for the next command alone.",
        "SETINFO (LIB-NAME|LIB-VER) <value>",
        "    Tell the client's library or its version.",
        "SETNAME <name>",
        "    Name this connection.",
        "UNPAUSE",
        "    End a pause.",
    ]
}
