internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells where and how a key is stored, and what it costs.
enum SnugLayout: Command {
    static let spec = CommandSpec(
        name: "LAYOUT", container: "SNUG", group: .server, since: "0.1.0",
        arity: .exactly(3), flags: [.readonly], acl: .keyspace,
        keys: [.one(at: 2, [.readOnly])],
        tips: ["nondeterministic_output"],
        summary: "Tells where and how a key is stored, and what it costs.",
        complexity: "O(1)",
        arguments: [Argument("key", .key)],
        reply: .oneOf([.map(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let layout = partition.layout(of: arguments[2]) else { return reply.null() }
        let table = layout.payload.table
        reply.map(table == nil ? 17 : 19)
        writeRun(layout, &reply)
        reply.field("payload", layout.payload.words)
        reply.figure("payload-bytes", layout.payloadByteCount)
        if let table {
            reply.figure(table.name, table.count)
            reply.figure(table.partName, table.parts)
        }
        reply.figure("pack", layout.pack.number)
        reply.figure("pack-bytes", layout.pack.byteCount)
        reply.figure("pack-allocated", layout.pack.allocatedByteCount)
        reply.figure("pack-keys", layout.pack.keys)
        reply.figure("pack-runs", layout.pack.runs)
        reply.figure("outside-bytes", layout.outsideByteCount)
        reply.figure("bytes", layout.byteCount)
    }

    /// The eight fields on the key's run.
    private static func writeRun(_ layout: KeyLayout, _ reply: inout ReplyWriter) {
        reply.bulk("shape")
        reply.bulk(layout.shape)
        reply.field("template", layout.templatePlace.words)
        reply.figure("run-keys", layout.runKeys)
        reply.figure("run-bytes", layout.runByteCount)
        reply.field("presence", layout.presence.words)
        reply.field("values", layout.values.words)
        reply.field("expiries", layout.expiries.words)
        reply.field("access", layout.keepsAccess ? "3 bytes each" : "none")
    }
}

extension ReplyWriter {
    fileprivate mutating func field(_ name: StaticString, _ words: String) {
        bulk(name)
        bulk(words)
    }
}

extension KeyLayout.TemplatePlace {
    fileprivate var words: String {
        switch self {
        case .kept(let number): "number \(number)"
        case .run: "in the run"
        case .block: "in a block"
        }
    }
}

extension KeyLayout.Presence {
    fileprivate var words: String {
        switch self {
        case .single: "single"
        case .lone: "lone"
        case .all: "all 64"
        case .bitmap: "a bit each"
        case .list: "a list"
        }
    }
}

extension KeyLayout.Values {
    fileprivate var words: String {
        switch self {
        case .single: "single"
        case .lone: "lone"
        case .integers(let bits): "integers of \(counted(bits, "bit"))"
        case .fixed(let byteCount): "fixed \(counted(byteCount, "byte"))"
        case .cells: "cells"
        case .words(let count, let bits): "words (\(count) of \(counted(bits, "bit")))"
        }
    }
}

extension KeyLayout.Expiries {
    fileprivate var words: String {
        switch self {
        case .none: "none"
        case .one: "one"
        case .some(let count, let bits): "some (\(count) of \(counted(bits, "bit")))"
        }
    }
}

extension KeyLayout.Payload {
    fileprivate var words: String {
        switch self {
        case .integer: "integer"
        case .bytes: "bytes"
        case .changedBytes: "bytes changed in place"
        case .sixBitText: "six-bit text"
        case .compact(let type): "compact \(type.words)"
        case .longString: "reference to a long string"
        case .changedLongString: "reference to a long string changed in place"
        case .largeCompact(let type): "reference to a compact \(type.words)"
        case .table(let table):
            switch table.order {
            case .none: "reference to a table"
            case .rising: "reference to a table in rising order"
            case .addition: "reference to a table in order of addition"
            }
        case .memberTable: "reference to a table"
        case .listTable: "reference to nodes"
        case .sortedSetTable: "reference to a table and an index"
        case .stream: "reference to a stream"
        }
    }

    /// The figures of a table or a stream, and what they are called.
    fileprivate var table: (name: StaticString, count: Int, partName: StaticString, parts: Int)? {
        switch self {
        case .table(let table): ("table-fields", table.fields, "table-packs", table.packs)
        case .memberTable(let table): ("table-members", table.members, "table-packs", table.packs)
        case .listTable(let table): ("list-elements", table.elements, "list-nodes", table.nodes)
        case .sortedSetTable(let table): ("table-members", table.members, "table-packs", table.packs)
        case .stream(let stream): ("stream-entries", stream.entries, "stream-nodes", stream.nodes)
        default: nil
        }
    }
}

extension ValueType {
    fileprivate var words: String {
        switch self {
        case .string: "string"
        case .list: "list"
        case .set: "set"
        case .sortedSet: "sorted set"
        case .hash: "hash"
        case .stream: "stream"
        }
    }
}

/// "1 bit", "4 bits".
private func counted(_ count: Int, _ unit: String) -> String { count == 1 ? "1 \(unit)" : "\(count) \(unit)s" }
