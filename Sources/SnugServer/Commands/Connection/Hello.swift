internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// Greets: chooses the protocol, says who the client is and what it is called, all or nothing, and tells what the
/// server is.
enum Hello: ServerCommand {
    static let spec = CommandSpec(
        name: "HELLO", group: .connection, since: "6.0.0",
        arity: .atLeast(1), flags: [.noscript, .loading, .stale, .fast, .noAuth, .allowBusy], acl: .connection,
        summary: "Chooses the protocol and tells what the server is.",
        complexity: "O(1)",
        history: [("6.2.0", "The version may be left out; then nothing of the connection changes.")],
        arguments: [
            Argument(
                "arguments", .block, optional: true,
                [
                    Argument("protover", .integer),
                    Argument(
                        "username_password", .block, token: "AUTH", optional: true,
                        [Argument("username", .string), Argument("password", .string)]),
                    Argument("clientname", .string, token: "SETNAME", optional: true),
                ])
        ],
        reply: .map(of: .any))

    /// Where the options' values stand among the words.
    private struct Options {
        var user: Int?
        var name: Int?
    }

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let version = try readVersion(arguments, &reply)
        let options = try readOptions(arguments, session, &reply)
        if let user = options.user {
            try server.authenticate(session, user: arguments[user], password: arguments[user + 1], &reply)
        }
        guard session.isAuthenticated else {
            reply.error(
                """
                NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH \
                <user> <pass> option can be used to authenticate the client and select the RESP protocol version at \
                the same time
                """)
            throw .written
        }
        if let name = options.name { session.name = arguments[name].makeArray() }
        if let version { session.protocolVersion = version }
        reply.version = session.protocolVersion
        describe(session, &reply)
    }

    private static func readVersion(
        _ arguments: borrowing Arguments, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int? {
        guard arguments.count > 1 else { return nil }
        guard let version = arguments[1].canonicalInteger else {
            reply.error("ERR Protocol version is not an integer or out of range")
            throw .written
        }
        guard version == 2 || version == 3 else {
            reply.error("NOPROTO unsupported protocol version")
            throw .written
        }
        return Int(version)
    }

    private static func readOptions(
        _ arguments: borrowing Arguments, _ session: Session, _ reply: inout ReplyWriter
    ) throws(CommandError) -> Options {
        var options = Options()
        var index = 2
        while index < arguments.count {
            let valueCount = arguments.count - 1 - index
            if arguments[index].isWord("AUTH") && valueCount >= 2 {
                options.user = index + 1
                session.secretArguments += [index + 1, index + 2]
                index += 3
            } else if arguments[index].isWord("SETNAME") && valueCount >= 1 {
                try ClientSetName.validate(arguments[index + 1], &reply)
                options.name = index + 1
                index += 2
            } else {
                let option = arguments[index].quotedInError
                reply.error(bytes: Array("ERR Syntax error in HELLO option '".utf8) + option + [39])
                throw .written
            }
        }
        return options
    }

    private static func describe(_ session: Session, _ reply: inout ReplyWriter) {
        reply.map(8)
        reply.bulk("server")
        reply.bulk("redis")
        reply.bulk("version")
        reply.bulk(SnugVersion.redis)
        reply.bulk("proto")
        reply.integer(session.protocolVersion)
        reply.bulk("id")
        reply.integer(Int64(session.id))
        reply.bulk("mode")
        reply.bulk("standalone")
        reply.bulk("role")
        reply.bulk("master")
        reply.bulk("modules")
        reply.array(0)
        reply.bulk("snug_version")
        reply.bulk(SnugVersion.current)
    }
}
