internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Lists the libraries: none, until there are functions.
enum FunctionList: ServerCommand {
    static let spec = CommandSpec(
        name: "LIST", container: "FUNCTION", group: .scripting, since: "7.0.0",
        arity: .atLeast(2), flags: [.noscript], acl: .scripting,
        tips: ["nondeterministic_output_order"],
        summary: "Lists the libraries of functions.",
        complexity: "O(N) for N functions",
        arguments: [
            Argument("library-name-pattern", .string, token: "LIBRARYNAME", optional: true),
            Argument("withcode", .pureToken, token: "WITHCODE", optional: true),
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var hasCode = false
        var hasName = false
        var index = 2
        while index < arguments.count {
            if !hasCode && arguments[index].isWord("WITHCODE") {
                hasCode = true
            } else if !hasName && arguments[index].isWord("LIBRARYNAME") {
                hasName = true
                index += 1
                guard index < arguments.count else { throw reply.refusal("ERR library name argument was not given") }
            } else {
                throw reply.refusal("ERR Unknown argument \(arguments[index].makeString())")
            }
            index += 1
        }
        reply.array(0)
    }
}
