internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Lists the names of commands.
enum CommandList: ServerCommand {
    static let spec = CommandSpec(
        name: "LIST", container: "COMMAND", group: .server, since: "7.0.0",
        arity: .atLeast(2), flags: [.loading, .stale], acl: .connection,
        tips: ["nondeterministic_output_order"],
        summary: "Lists the names of commands, all or those that a filter lets through.",
        complexity: "O(N) for N commands",
        arguments: [
            Argument(
                "filterby", .oneof, token: "FILTERBY", optional: true,
                [
                    Argument("module-name", .string, token: "MODULE"), Argument("category", .string, token: "ACLCAT"),
                    Argument("pattern", .pattern, token: "PATTERN"),
                ])
        ],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let table = server.table
        let filter = try Filter(arguments)
        let names = table.entries.indices.filter { number in
            switch filter {
            case .none: true
            case .module: false
            case .category(let category): category.map(table.entries[number].spec.categories.contains) ?? false
            case .pattern(let pattern):
                GlobPattern(pattern.rawBytes, ignoringCase: true)
                    .matches(Array(table.entries[number].fullName.utf8).rawBytes)
            }
        }
        reply.array(names.count)
        for number in names { reply.bulk(table.entries[number].fullName) }
    }

    private enum Filter {
        case none
        /// There are no modules, so that this lets nothing through.
        case module
        /// Nil for a category that does not exist.
        case category(ACLCategories?)
        case pattern([UInt8])

        init(_ arguments: borrowing Arguments) throws(CommandError) {
            if arguments.count == 2 {
                self = .none
                return
            }
            guard arguments.count == 5, arguments[2].isWord("FILTERBY") else { throw .syntax }
            let value = arguments[4]
            if arguments[3].isWord("MODULE") {
                self = .module
            } else if arguments[3].isWord("ACLCAT") {
                self = .category(ACLCategories(name: value))
            } else if arguments[3].isWord("PATTERN") {
                self = .pattern(value.makeArray())
            } else {
                throw .syntax
            }
        }
    }
}
