internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Tells which library the client uses.
enum ClientSetInfo: ServerCommand {
    static let spec = CommandSpec(
        name: "SETINFO", container: "CLIENT", group: .connection, since: "7.2.0",
        arity: .exactly(4), flags: [.noscript, .loading, .stale], acl: .connection,
        tips: ["request_policy:all_nodes", "response_policy:all_succeeded"],
        summary: "Tells the name or the version of the client's library.",
        complexity: "O(1)",
        arguments: [
            Argument(
                "attr", .oneof,
                [
                    Argument("libname", .string, token: "LIB-NAME"),
                    Argument("libver", .string, token: "LIB-VER"),
                ])
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let attribute = arguments[2]
        let isName = attribute.isWord("LIB-NAME")
        guard isName || attribute.isWord("LIB-VER") else {
            reply.error(bytes: Array("ERR Unrecognized option '".utf8) + attribute.quotedInError + [39])
            throw .written
        }
        guard arguments[3].isClientAttribute else {
            reply.error(
                bytes: Array("ERR ".utf8) + attribute.quotedInError
                    + Array(" cannot contain spaces, newlines or special characters.".utf8))
            throw .written
        }
        let value = arguments[3].makeArray()
        if isName { session.libraryName = value } else { session.libraryVersion = value }
        reply.ok()
    }
}
