internal import SnugEngine
internal import SnugRESP

/// Gives a value another key.
enum Rename: Command {
    static let spec = CommandSpec(
        name: "RENAME", group: .generic, since: "1.0.0",
        arity: .exactly(3), flags: [.write], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .access, .delete]), .one(at: 2, [.overwrite, .update])],
        summary: "Gives a value another key, whose own value goes.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("newkey", .key, keySpecIndex: 1)],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            _ = try partition.rename(arguments[1], to: arguments[2], onlyIfNew: false)
        } catch { throw CommandError(error) }
        reply.ok()
    }
}

/// Gives a value another key when that is not there.
enum RenameNX: Command {
    static let spec = CommandSpec(
        name: "RENAMENX", group: .generic, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .access, .delete]), .one(at: 2, [.overwrite, .insert])],
        summary: "Gives a value another key when that is not there.",
        complexity: "O(1)",
        history: [(since: "3.2.0", change: "The same key twice is no error.")],
        arguments: [Argument("key", .key), Argument("newkey", .key, keySpecIndex: 1)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            reply.integer(try partition.rename(arguments[1], to: arguments[2], onlyIfNew: true))
        } catch { throw CommandError(error) }
    }
}
