internal import SnugEngine
internal import SnugRESP

/// Groups the commands that Redis does not have: what is stored in which form, and what it costs.
enum Snug: Command {
    static let spec = CommandSpec(
        name: "SNUG", group: .server, since: "0.1.0",
        arity: .atLeast(2),
        summary: "Groups the commands that show how data are stored and what they cost.",
        complexity: "Depends on the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        throw .syntax
    }
}

/// Lists the subcommands.
enum SnugHelp: Command {
    static let spec = CommandSpec(
        name: "HELP", container: "SNUG", group: .server, since: "0.1.0",
        arity: .exactly(2), flags: [.loading, .stale],
        summary: "Explains the subcommands of SNUG.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    private static let lines: [StaticString] = [
        "SNUG <subcommand> [<arg> ...]. The subcommands are:",
        "ENCODINGS [LIMIT <count>]",
        "    Keys, elements and bytes by type and encoding, and by shape as well, those with most bytes first. Of",
        "    hashes also how many have so many fields, and a longest field or value of so many bytes. Answered from",
        "    counts, without a scan. Without LIMIT 20 shapes are shown.",
        "FLIPS [<count> | LEN | RESET]",
        "    The latest changes of encodings that limits have brought about, 10 unless told, all for -1: id, time,",
        "    database, key, type, former and new encoding, the limit with its setting, what the value has of it,",
        "    and the command with the client's address and name. Or how many there are; or forget them.",
        "LAYOUT <key>",
        "    Where and how the key is stored, and what it costs.",
        "SHAPES [LIMIT <count>] [BY KEYS|BYTES]",
        "    What shapes of key there are in all databases, with their keys and bytes, the largest first.",
        "    In a shape # stands for a number, #8 for one of eight digits, <uuid> and <hex16> for what they say,",
        "    and * for any text. <other> are the keys of shapes that do not recur. Without LIMIT 20 are shown.",
        "HELP",
        "    This text.",
    ]

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }
}
