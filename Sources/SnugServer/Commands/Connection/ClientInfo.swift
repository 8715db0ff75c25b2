internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// The connection's own line of CLIENT LIST.
enum ClientInfo: ServerCommand {
    static let spec = CommandSpec(
        name: "INFO", container: "CLIENT", group: .connection, since: "6.2.0",
        arity: .exactly(2), flags: [.noscript, .loading, .stale], acl: .connection,
        tips: ["nondeterministic_output"],
        summary: "Describes the connection.",
        complexity: "O(1)",
        reply: .text)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var text = GrowableBytes(capacity: 512)
        server.appendLine(of: session, argumentByteCount: arguments.byteCount, to: &text)
        text.append(10)
        reply.verbatim(text.bytes.makeString())
    }
}
