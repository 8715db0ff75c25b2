internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// Answers the directives that match any of the patterns, with their values.
enum ConfigGet: ServerCommand {
    static let spec = CommandSpec(
        name: "GET", container: "CONFIG", group: .server, since: "2.0.0",
        arity: .atLeast(3), flags: [.admin, .noscript, .loading, .stale],
        summary: "Reads settings by name or glob pattern.",
        complexity: "O(N) with N settings asked for",
        history: [("7.0.0", "Several patterns can be given.")],
        arguments: [Argument("parameter", .block, multiple: true, [Argument("parameter", .string)])],
        reply: .map(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let found = server.configuration.values(matching: copies(of: arguments)) { pattern, name in
            GlobPattern(pattern.rawBytes, ignoringCase: true).matches(name.rawBytes)
        }
        reply.map(found.count)
        for (name, value) in found {
            reply.bulk(name)
            reply.bulk(value)
        }
    }

    /// The arguments behind the subcommand's name.
    static func copies(of arguments: borrowing Arguments) -> [[UInt8]] {
        var words: [[UInt8]] = []
        for index in 2..<arguments.count { words.append(arguments[index].makeArray()) }
        return words
    }
}
