internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Moves a key to another database.
enum Move: Command {
    static let spec = CommandSpec(
        name: "MOVE", group: .generic, since: "1.0.0",
        arity: .exactly(3), flags: [.write, .fast], acl: .keyspace,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Moves a key to another database.",
        complexity: "O(1)",
        arguments: [Argument("key", .key), Argument("db", .integer)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let index = try arguments[2].databaseIndex(partition)
        do { reply.integer(try partition.move(arguments[1], toDatabase: index)) } catch { throw CommandError(error) }
    }
}

extension RawSpan {
    /// The index of a database. Throws `notShortInteger` beyond 32 bits, `databaseIndexOutOfRange` where there is none.
    func databaseIndex(_ partition: borrowing Partition) throws(CommandError) -> Int {
        guard let number = Int32(exactly: try integer()) else { throw .notShortInteger }
        guard number >= 0 && number < partition.databaseCount else { throw .databaseIndexOutOfRange }
        return Int(number)
    }
}
