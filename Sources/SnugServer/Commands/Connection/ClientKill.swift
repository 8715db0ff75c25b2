internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Cuts connections: one by its address, or all that meet every condition.
enum ClientKill: ServerCommand {
    static let spec = CommandSpec(
        name: "KILL", container: "CLIENT", group: .connection, since: "2.4.0",
        arity: .atLeast(3), flags: [.admin, .noscript, .loading, .stale], acl: .connection,
        summary: "Closes connections.",
        complexity: "O(N) for N connections",
        history: [
            ("2.8.12", "Conditions can be given, ID among them."),
            ("3.2.0", "TYPE knows `master`."),
            ("5.0.0", "TYPE says `replica`; `slave` is still understood."),
            ("6.2.0", "LADDR."),
            ("7.4.0", "MAXAGE."),
        ],
        arguments: [
            Argument(
                "filter", .oneof,
                [Argument("old-format", .string, deprecatedSince: "2.8.12", display: "ip:port"), conditions])
        ],
        reply: .oneOf([.ok, .integer]))

    private static let conditions = Argument(
        "new-format", .oneof, multiple: true,
        [
            Argument("client-id", .integer, token: "ID", since: "2.8.12", optional: true),
            Argument(
                "client-type", .oneof, token: "TYPE", since: "2.8.12", optional: true,
                [
                    .token("normal", "NORMAL"), .token("master", "MASTER", since: "3.2.0"), .token("slave", "SLAVE"),
                    .token("replica", "REPLICA", since: "5.0.0"), .token("pubsub", "PUBSUB"),
                ]),
            Argument("username", .string, token: "USER", optional: true),
            Argument("addr", .string, token: "ADDR", display: "ip:port", optional: true),
            Argument("laddr", .string, token: "LADDR", since: "6.2.0", display: "ip:port", optional: true),
            Argument(
                "skipme", .oneof, token: "SKIPME", optional: true, [.token("yes", "YES"), .token("no", "NO")]),
            Argument("maxage", .integer, token: "MAXAGE", since: "7.4.0", optional: true),
        ])

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var filter = SessionFilter()
        if arguments.count == 3 {
            filter.address = arguments[2].makeArray()
            guard kill(filter, session, server) > 0 else {
                reply.error("ERR No such client")
                throw .written
            }
            return reply.ok()
        }
        filter.except = session.id
        var index = 2
        while index < arguments.count {
            guard index + 1 < arguments.count else { throw .syntax }
            try read(arguments[index], arguments[index + 1], session, into: &filter, &reply)
            index += 2
        }
        reply.integer(kill(filter, session, server))
    }

    /// Closes all that the filter takes; the own connection once it has been answered. Returns how many.
    private static func kill(_ filter: SessionFilter, _ session: Session, _ server: Server) -> Int {
        let found = server.sessions.matching(filter, now: server.moment.steadyMilliseconds)
        for other in found {
            if other === session { session.closesAfterReply = true } else { server.kill(other) }
        }
        return found.count
    }

    private static func read(
        _ option: RawSpan, _ value: RawSpan, _ session: Session, into filter: inout SessionFilter,
        _ reply: inout ReplyWriter
    ) throws(CommandError) {
        if option.isWord("ID") {
            filter.id = try id(value, &reply)
        } else if option.isWord("MAXAGE") {
            filter.leastAgeSeconds = try age(value, &reply)
        } else if option.isWord("TYPE") {
            filter.type = try type(value, &reply)
        } else if option.isWord("ADDR") {
            filter.address = value.makeArray()
        } else if option.isWord("LADDR") {
            filter.localAddress = value.makeArray()
        } else if option.isWord("USER") {
            try checkUser(value, &reply)
        } else if option.isWord("SKIPME") {
            guard value.isWord("YES") || value.isWord("NO") else { throw .syntax }
            filter.except = value.isWord("YES") ? session.id : nil
        } else {
            throw .syntax
        }
    }

    private static func id(_ value: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) -> UInt64 {
        guard let id = value.canonicalInteger, id > 0 else {
            reply.error("ERR client-id should be greater than 0")
            throw .written
        }
        return UInt64(id)
    }

    private static func age(_ value: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) -> Int64 {
        guard let seconds = value.canonicalInteger else {
            reply.error("ERR maxage is not an integer or out of range")
            throw .written
        }
        guard seconds > 0 else {
            reply.error("ERR maxage should be greater than 0")
            throw .written
        }
        return seconds
    }

    static func type(_ value: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) -> SessionType {
        guard let type = SessionType(value) else {
            reply.error(bytes: Array("ERR Unknown client type '".utf8) + value.quotedInError + [39])
            throw .written
        }
        return type
    }

    /// Every session is the default user's, so the condition holds for all when it names that one.
    private static func checkUser(_ value: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        guard withBytes(of: "default", { value.isEqual(to: $0) }) else {
            reply.error(bytes: Array("ERR No such user '".utf8) + value.quotedInError + [39])
            throw .written
        }
    }
}
