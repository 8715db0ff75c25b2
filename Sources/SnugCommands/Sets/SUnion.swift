internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns what is in any of several sets.
enum SUnion: Command {
    static let spec = CommandSpec(
        name: "SUNION", group: .set, since: "1.0.0",
        arity: .atLeast(2), flags: [.readonly], acl: .set,
        keys: [.all(from: 1, [.readOnly, .access])],
        tips: ["nondeterministic_output_order"],
        summary: "Returns the members that any of several sets has.",
        complexity: "O(N) for N members in all sets",
        arguments: [Argument("key", .key, multiple: true)],
        reply: .set(of: .bulk))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let sources = try sourceSets(arguments, 1..<arguments.count, &partition)
        let mark = reply.mark
        let count = partition.unite(sources.compactMap { $0 }) { reply.string($0) }
        reply.insertHead(.set, count: count, at: mark)
    }
}

/// Stores what is in any of several sets.
enum SUnionStore: Command {
    static let spec = CommandSpec(
        name: "SUNIONSTORE", group: .set, since: "1.0.0",
        arity: .atLeast(3), flags: [.write, .denyoom], acl: .set,
        keys: [.one(at: 1, [.overwrite, .update]), .all(from: 2, [.readOnly, .access])],
        summary: "Stores the members that any of several sets has, and returns how many they are.",
        complexity: "O(N) for N members in all sets",
        arguments: [Argument("destination", .key), Argument("key", .key, multiple: true, keySpecIndex: 1)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let sources = try sourceSets(arguments, 2..<arguments.count, &partition)
        var set = partition.makeUnion(sources.compactMap { $0 })
        reply.integer(partition.storeSet(&set, under: arguments[1]))
    }
}
