internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// Sets directives, all or none.
enum ConfigSet: ServerCommand {
    static let spec = CommandSpec(
        name: "SET", container: "CONFIG", group: .server, since: "2.0.0",
        arity: .atLeast(4), flags: [.admin, .noscript, .loading, .stale],
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        summary: "Changes settings while the server runs.",
        complexity: "O(N) with N settings given",
        history: [("7.0.0", "Several settings can be given, which are changed together.")],
        arguments: [
            Argument(
                "parameter_value", .block, multiple: true,
                [Argument("parameter", .string), Argument("value", .string)])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let words = ConfigGet.copies(of: arguments)
        for index in stride(from: 3, to: arguments.count, by: 2) where isSecret(arguments[index - 1]) {
            session.secretArguments.append(index)
        }
        let allowed = server.configuration.privileges.protectedDirectives.allows(isLocal: session.isOnThisMachine)
        do throws(Configuration.ChangeError) {
            let (changed, names) = try server.configuration.changed(words, allowsProtected: allowed)
            try server.apply(changed, names: names)
            reply.ok()
        } catch {
            reply.error(bytes: error.reply)
            throw .written
        }
    }

    /// Whether the directive's value must not be shown to others.
    private static func isSecret(_ name: RawSpan) -> Bool {
        Directives.find(name.makeArray()).map { Directives.secrets.contains($0.name) } ?? false
    }
}

extension Session {
    /// Whether the client came over the loopback interface or the unix socket.
    var isOnThisMachine: Bool {
        address.hasPrefix("127.") || address.hasPrefix("[::1]") || address.hasPrefix("[::ffff:127.")
            || address.hasPrefix("/")
    }
}
