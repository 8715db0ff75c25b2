internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Whether the connection may be closed to save memory.
enum ClientNoEvict: ServerCommand {
    static let spec = CommandSpec(
        name: "NO-EVICT", container: "CLIENT", group: .connection, since: "7.0.0",
        arity: .exactly(3), flags: [.admin, .noscript, .loading, .stale], acl: .connection,
        summary: "Says whether the connection is spared when memory is short.",
        complexity: "O(1)",
        arguments: [
            Argument("enabled", .oneof, [.token("on", "ON"), .token("off", "OFF")])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        session.isNoEvict = try arguments[2].onOrOff()
        reply.ok()
    }
}

/// Whether the connection's reads count as uses of the keys.
enum ClientNoTouch: ServerCommand {
    static let spec = CommandSpec(
        name: "NO-TOUCH", container: "CLIENT", group: .connection, since: "7.2.0",
        arity: .exactly(3), flags: [.noscript, .loading, .stale], acl: .connection,
        summary: "Says whether the connection's commands leave the keys' last use as it is.",
        complexity: "O(1)",
        arguments: [
            Argument("enabled", .oneof, [.token("on", "ON"), .token("off", "OFF")])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        session.isNoTouch = try arguments[2].onOrOff()
        reply.ok()
    }
}

extension RawSpan {
    /// `ON` or `OFF`, in any case.
    fileprivate func onOrOff() throws(CommandError) -> Bool {
        if isWord("ON") { return true }
        if isWord("OFF") { return false }
        throw .syntax
    }
}
