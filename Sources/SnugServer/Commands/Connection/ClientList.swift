internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// All connections, one line each; or those of a type, or with given ids in the order in which they are asked for.
enum ClientList: ServerCommand {
    static let spec = CommandSpec(
        name: "LIST", container: "CLIENT", group: .connection, since: "2.4.0",
        arity: .atLeast(2), flags: [.admin, .noscript, .loading, .stale], acl: .connection,
        tips: ["nondeterministic_output"],
        summary: "Describes the connections.",
        complexity: "O(N) for N connections",
        history: [
            ("2.8.12", "Each line tells the connection's id."),
            ("5.0.0", "Connections of one type can be asked for."),
            ("6.0.0", "Each line tells the user."),
            ("6.2.0", "Lines tell argv-mem, tot-mem, laddr and redir; connections can be asked for by id."),
            ("7.0.0", "Lines tell resp, multi-mem, rbs and rbp."),
            ("7.0.3", "Lines tell ssub."),
            ("7.2.0", "Lines tell lib-name and lib-ver."),
            ("7.4.0", "Lines tell watch."),
        ],
        arguments: [
            Argument(
                "client-type", .oneof, token: "TYPE", since: "5.0.0", optional: true,
                [
                    .token("normal", "NORMAL"), .token("master", "MASTER"), .token("replica", "REPLICA"),
                    .token("pubsub", "PUBSUB"),
                ]),
            Argument("client-id", .integer, token: "ID", since: "6.2.0", optional: true, multiple: true),
        ],
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var text = GrowableBytes(capacity: 4096)
        for other in try chosen(arguments, server, &reply) {
            let own = other === session ? arguments.byteCount : 0
            server.appendLine(of: other, argumentByteCount: own, to: &text)
            text.append(10)
        }
        reply.verbatim(text.bytes.makeString())
    }

    private static func chosen(
        _ arguments: borrowing Arguments, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) -> [Session] {
        if arguments.count == 2 { return server.sessions.all }
        if arguments.count == 4 && arguments[2].isWord("TYPE") {
            var filter = SessionFilter()
            filter.type = try ClientKill.type(arguments[3], &reply)
            return server.sessions.matching(filter, now: server.moment.steadyMilliseconds)
        }
        guard arguments.count > 3 && arguments[2].isWord("ID") else { throw .syntax }
        var chosen: [Session] = []
        for index in 3..<arguments.count {
            guard let id = arguments[index].canonicalInteger else {
                reply.error("ERR Invalid client ID")
                throw .written
            }
            if let id = UInt64(exactly: id), let session = server.sessions.find(id) { chosen.append(session) }
        }
        return chosen
    }
}
