internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Lists the categories of commands, or the commands of one.
enum ACLCat: ServerCommand {
    static let spec = CommandSpec(
        name: "CAT", container: "ACL", group: .server, since: "6.0.0",
        arity: .atLeast(2), flags: [.noscript, .loading, .stale],
        summary: "Lists the categories of commands, or the commands of one.",
        complexity: "O(N) for N commands",
        arguments: [Argument("categoryname", .string, optional: true)],
        reply: .array(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments.count <= 3 else { throw reply.wrongSubcommandUse("CAT", of: "ACL") }
        guard arguments.count == 3 else {
            reply.array(ACLCategories.names.count)
            for category in ACLCategories.names { reply.bulk(category.name) }
            return
        }
        guard let category = ACLCategories(name: arguments[2]) else {
            throw reply.refusal("ERR Unknown category '\(arguments[2].makeString())'")
        }
        let members = server.table.entries.filter { $0.spec.categories.contains(category) }
        reply.array(members.count)
        for member in members { reply.bulk(member.fullName) }
    }
}
