internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Groups the commands on consumer groups.
enum XGroup: Command {
    static let spec = CommandSpec(
        name: "XGROUP", group: .stream, since: "5.0.0",
        arity: .atLeast(2),
        summary: "Groups the commands on consumer groups.",
        complexity: "Depends on the subcommand",
        reply: .any)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        throw .syntax
    }
}

/// Makes a consumer group.
enum XGroupCreate: Command {
    static let spec = CommandSpec(
        name: "CREATE", container: "XGROUP", group: .stream, since: "5.0.0",
        arity: .atLeast(5), flags: [.write, .denyoom], acl: .stream,
        keys: [.one(at: 2, [.readWrite, .insert])],
        summary: "Makes a consumer group.",
        complexity: "O(1)",
        history: [("7.0.0", "The word ENTRIESREAD.")],
        arguments: [
            Argument("key", .key), Argument("groupname", .string), .groupID,
            Argument("mkstream", .pureToken, token: "MKSTREAM", optional: true), .entriesRead,
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try GroupOptions(arguments, takesMakeStream: true, &reply)
        let key = arguments[2]
        guard
            let open = try translating({ () throws(EngineError) in
                try partition.openStream(key, makes: options.makesStream)
            })
        else { throw reply.keyRequired() }
        do throws(CommandError) {
            guard arguments.count <= 8 else { throw reply.subcommandSyntax(arguments) }
            let id = arguments[4].isCharacter("$") ? open.stream.value.lastID : try arguments[4].streamID()
            let group = open.stream.value.addGroup(arguments[3], lastID: id, readCount: options.readCount)
            guard group != nil else {
                throw reply.refusal("BUSYGROUP Consumer Group name already exists")
            }
        } catch {
            partition.discard(open)
            throw error
        }
        partition.closeStream(key, open, changeCount: 1, isSeen: open.isNew)
        reply.ok()
    }
}

/// Says up to where a group has read.
enum XGroupSetID: Command {
    static let spec = CommandSpec(
        name: "SETID", container: "XGROUP", group: .stream, since: "5.0.0",
        arity: .atLeast(5), flags: [.write], acl: .stream,
        keys: [.one(at: 2, [.readWrite, .update])],
        summary: "Sets the id up to which a consumer group has read.",
        complexity: "O(1)",
        history: [("7.0.0", "The word ENTRIESREAD.")],
        arguments: [Argument("key", .key), Argument("groupname", .string), .groupID, .entriesRead],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let options = try GroupOptions(arguments, takesMakeStream: false, &reply)
        let place = try GroupPlace(arguments, &partition, &reply)
        guard arguments.count == 5 || arguments.count == 7 else { throw reply.subcommandSyntax(arguments) }
        let stream = place.open.stream
        let id = arguments[4].isCharacter("$") ? stream.value.lastID : try arguments[4].streamID(takesEnds: true)
        stream.value.set(place.group, lastID: id, readCount: options.readCount)
        partition.closeStream(arguments[2], place.open, changeCount: 1, isSeen: false)
        reply.ok()
    }
}

/// Removes a consumer group.
enum XGroupDestroy: Command {
    static let spec = CommandSpec(
        name: "DESTROY", container: "XGROUP", group: .stream, since: "5.0.0",
        arity: .exactly(4), flags: [.write], acl: .stream,
        keys: [.one(at: 2, [.readWrite, .delete])],
        summary: "Removes a consumer group.",
        complexity: "O(N) for N pending entries of the group",
        arguments: [Argument("key", .key), Argument("groupname", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[2]
        guard let open = try translating({ () throws(EngineError) in try partition.openStream(key, makes: false) })
        else { throw reply.keyRequired() }
        let wasThere = open.stream.value.removeGroup(arguments[3])
        partition.closeStream(key, open, changeCount: wasThere ? 1 : 0, isSeen: false)
        reply.integer(wasThere)
    }
}

/// Makes a consumer of a group.
enum XGroupCreateConsumer: Command {
    static let spec = CommandSpec(
        name: "CREATECONSUMER", container: "XGROUP", group: .stream, since: "6.2.0",
        arity: .exactly(5), flags: [.write, .denyoom], acl: .stream,
        keys: [.one(at: 2, [.readWrite, .insert])],
        summary: "Makes a consumer of a group.",
        complexity: "O(log N) in a group of N consumers",
        arguments: [Argument("key", .key), Argument("groupname", .string), Argument("consumername", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let place = try GroupPlace(arguments, &partition, &reply)
        let isNew = place.open.stream.value.consumer(arguments[4], of: place.group, now: partition.now).isNew
        partition.closeStream(arguments[2], place.open, changeCount: isNew ? 1 : 0, isSeen: false)
        reply.integer(isNew)
    }
}

/// Removes a consumer of a group with what it has been given.
enum XGroupDelConsumer: Command {
    static let spec = CommandSpec(
        name: "DELCONSUMER", container: "XGROUP", group: .stream, since: "5.0.0",
        arity: .exactly(5), flags: [.write], acl: .stream,
        keys: [.one(at: 2, [.readWrite, .delete])],
        summary: "Removes a consumer of a group.",
        complexity: "O(N) for N pending entries of the group",
        arguments: [Argument("key", .key), Argument("groupname", .string), Argument("consumername", .string)],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let place = try GroupPlace(arguments, &partition, &reply)
        let count = place.open.stream.value.removeConsumer(arguments[4], of: place.group)
        partition.closeStream(arguments[2], place.open, changeCount: count == nil ? 0 : 1, isSeen: false)
        reply.integer(count ?? 0)
    }
}

/// Lists the subcommands.
enum XGroupHelp: Command {
    static let spec = CommandSpec(
        name: "HELP", container: "XGROUP", group: .stream, since: "5.0.0",
        arity: .exactly(2), flags: [.loading, .stale], acl: .stream,
        summary: "Lists the subcommands.",
        complexity: "O(1)",
        reply: .array(of: .simple))

    private static let lines: [StaticString] = [
        "XGROUP <subcommand> [<argument> ...]. The subcommands are:",
        "CREATE <key> <group> <id | $> [MKSTREAM] [ENTRIESREAD <count>]",
        "    Makes a group that has read up to an id, and the stream with MKSTREAM.",
        "CREATECONSUMER <key> <group> <consumer>",
        "    Makes a consumer.",
        "DELCONSUMER <key> <group> <consumer>",
        "    Removes a consumer with its pending entries.",
        "DESTROY <key> <group>",
        "    Removes a group.",
        "SETID <key> <group> <id | $> [ENTRIESREAD <count>]",
        "    Says up to which id the group has read.",
        "HELP",
        "    This text.",
    ]

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        reply.help(lines)
    }
}
