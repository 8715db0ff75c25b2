internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// The one user that there is until ACL rules exist: it may do everything, and `requirepass` is its password.
enum DefaultUser {
    /// The SHA-256 of the password in hexadecimal, nil when there is none.
    static func passwordDigest(_ password: [UInt8]) -> String? {
        guard !password.isEmpty else { return nil }
        let digits = Array("0123456789abcdef")
        return String(SHA256.digest(of: password).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// Gives the rules of a user.
enum ACLGetUser: ServerCommand {
    static let spec = CommandSpec(
        name: "GETUSER", container: "ACL", group: .server, since: "6.0.0",
        arity: .exactly(3), flags: [.admin, .noscript, .loading, .stale],
        summary: "Gives the rules of a user.",
        complexity: "O(N) for N rules of the user",
        history: [
            ("6.2.0", "Tells the channels."),
            ("7.0.0", "Tells the selectors; keys and channels have the form of rules."),
        ],
        arguments: [Argument("username", .string)],
        reply: .oneOf([.map(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments[2].isEqual(to: Array("default".utf8).rawBytes) else { return reply.null() }
        let password = DefaultUser.passwordDigest(server.configuration.password)
        reply.map(6)
        reply.bulk("flags")
        reply.set(password == nil ? 2 : 1)
        reply.bulk("on")
        if password == nil { reply.bulk("nopass") }
        reply.bulk("passwords")
        reply.array(password == nil ? 0 : 1)
        if let password { reply.bulk(password) }
        for (name, rule) in [("commands", "+@all"), ("keys", "~*"), ("channels", "&*")] {
            reply.bulk(name)
            reply.bulk(rule)
        }
        reply.bulk("selectors")
        reply.array(0)
    }
}
