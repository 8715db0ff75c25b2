internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Sets what a stream knows of its last id and of entries that have gone.
enum XSetID: Command {
    static let spec = CommandSpec(
        name: "XSETID", group: .stream, since: "5.0.0",
        arity: .atLeast(3), flags: [.write, .denyoom, .fast], acl: .stream,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Sets the last id of a stream.",
        complexity: "O(1)",
        history: [("7.0.0", "The words ENTRIESADDED and MAXDELETEDID.")],
        arguments: [
            Argument("key", .key), Argument("last-id", .string),
            Argument("entries_added", .integer, token: "ENTRIESADDED", since: "7.0.0", optional: true),
            Argument("max_deleted_entry_id", .string, token: "MAXDELETEDID", since: "7.0.0", optional: true),
        ],
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let id = try arguments[2].streamID()
        var addedCount: Int64?
        var deletedIDMax = StreamID.zero
        var index = 3
        while index < arguments.count {
            guard index + 1 < arguments.count else { throw .syntax }
            let value = arguments[index + 1]
            if arguments[index].isWord("ENTRIESADDED") {
                let count = try value.integer()
                guard count >= 0 else { throw reply.refusal("ERR entries_added must be positive") }
                addedCount = count
            } else if arguments[index].isWord("MAXDELETEDID") {
                deletedIDMax = try value.streamID()
                if id < deletedIDMax {
                    throw reply.refusal(
                        "ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id")
                }
            } else {
                throw .syntax
            }
            index += 2
        }
        let key = arguments[1]
        guard let open = try translating({ () throws(EngineError) in try partition.openStream(key, makes: false) })
        else { throw .noSuchKey }
        if let complaint = complaint(open, id, addedCount) { throw reply.refusal(complaint) }
        open.stream.value.set(
            lastID: id, addedCount: addedCount, deletedIDMax: deletedIDMax == .zero ? nil : deletedIDMax)
        partition.closeStream(key, open, changeCount: 1, isSeen: false)
        reply.ok()
    }

    private static func complaint(_ open: OpenStream, _ id: StreamID, _ addedCount: Int64?) -> StaticString? {
        if id < open.stream.value.deletedIDMax {
            return "ERR The ID specified in XSETID is smaller than current max_deleted_entry_id"
        }
        guard let last = open.stream.value.lastEntryID else { return nil }
        if id < last { return "ERR The ID specified in XSETID is smaller than the target stream top item" }
        if let addedCount, addedCount < open.stream.value.count {
            return "ERR The entries_added specified in XSETID is smaller than the target stream length"
        }
        return nil
    }
}
