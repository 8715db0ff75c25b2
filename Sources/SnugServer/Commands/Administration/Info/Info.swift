internal import SnugCommands
internal import SnugRESP

/// Reports on the server in sections of lines.
enum Info: ServerCommand {
    static let spec = CommandSpec(
        name: "INFO", group: .server, since: "1.0.0",
        arity: .atLeast(1), flags: [.loading, .stale], acl: .dangerous,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Reports what the server is, does and holds, in sections of lines.",
        complexity: "O(1), and O(N) for N commands that have been called",
        history: [("7.0.0", "Takes several sections.")],
        arguments: [Argument("section", .string, optional: true, multiple: true)],
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var sections: Set<InfoSection> = []
        if arguments.count == 1 { sections = Set(InfoSection.allCases.filter(\.isDefault)) }
        for index in 1..<max(arguments.count, 1) { sections.formUnion(InfoSection.named(by: arguments[index])) }
        reply.verbatim(server.information(sections, replyBufferByteCount: reply.capacity))
    }
}
