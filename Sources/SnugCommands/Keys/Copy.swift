internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Copies a value to another key or database.
enum Copy: Command {
    static let spec = CommandSpec(
        name: "COPY", group: .generic, since: "6.2.0",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .keyspace,
        keys: [.one(at: 1, [.readOnly, .access]), .one(at: 2, [.overwrite, .update])],
        summary: "Copies a value to another key or database.",
        complexity: "O(1) for a string, O(N) for a value of N parts",
        arguments: [
            Argument("source", .key),
            Argument("destination", .key, keySpecIndex: 1),
            Argument("destination-db", .integer, token: "DB", optional: true),
            Argument("replace", .pureToken, token: "REPLACE", optional: true),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try options(arguments, &partition)
        do {
            let isDone = try partition.copy(
                arguments[1], to: arguments[2], inDatabase: options.database, replacing: options.replaces)
            reply.integer(isDone)
        } catch { throw CommandError(error) }
    }

    private static func options(
        _ arguments: borrowing Arguments, _ partition: inout Partition
    ) throws(CommandError) -> (database: Int, replaces: Bool) {
        var database = partition.selected
        var replaces = false
        var index = 3
        while index < arguments.count {
            if arguments[index].isWord("REPLACE") {
                replaces = true
            } else if arguments[index].isWord("DB"), index + 1 < arguments.count {
                index += 1
                database = try arguments[index].databaseIndex(partition)
            } else {
                throw .syntax
            }
            index += 1
        }
        return (database, replaces)
    }
}
