internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns how far two places are from one another.
enum GeoDist: Command {
    static let spec = CommandSpec(
        name: "GEODIST", group: .geo, since: "3.2.0",
        arity: .atLeast(4), flags: [.readonly], acl: .geo,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the distance between two places in a sorted set.",
        complexity: "O(1)",
        arguments: [
            Argument("key", .key), Argument("member1", .string), Argument("member2", .string),
            Argument("unit", .oneof, optional: true, Argument.lengthUnits),
        ],
        reply: .bulkOrNull)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let meters = arguments.count == 5 ? try arguments.lengthUnit(at: 4, &reply) : 1
        guard arguments.count <= 5 else { throw .syntax }
        do {
            guard let set = try partition.sortedSet(arguments[1]), let first = set.score(of: arguments[2]),
                let second = set.score(of: arguments[3])
            else { return reply.null() }
            reply.distance(GeoPoint(score: first).distance(to: GeoPoint(score: second)) / meters)
        } catch { throw CommandError(error) }
    }
}

/// Returns places as standard geohashes.
enum GeoHash: Command {
    static let spec = CommandSpec(
        name: "GEOHASH", group: .geo, since: "3.2.0",
        arity: .atLeast(2), flags: [.readonly], acl: .geo,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns places in a sorted set as geohashes of eleven characters.",
        complexity: "O(1) per member",
        arguments: [Argument("key", .key), Argument("member", .string, optional: true, multiple: true)],
        reply: .array(of: .bulkOrNull))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let set = try partition.sortedSet(arguments[1])
            reply.array(arguments.count - 2)
            var text = GrowableBytes()
            for index in 2..<arguments.count {
                guard let score = set?.score(of: arguments[index]) else {
                    reply.null()
                    continue
                }
                text.truncate(to: 0)
                GeoPoint(score: score).appendGeohash(to: &text)
                reply.bulk(text.bytes)
            }
        } catch { throw CommandError(error) }
    }
}

/// Returns where places are.
enum GeoPos: Command {
    static let spec = CommandSpec(
        name: "GEOPOS", group: .geo, since: "3.2.0",
        arity: .atLeast(2), flags: [.readonly], acl: .geo,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the longitudes and latitudes of places in a sorted set.",
        complexity: "O(1) per member",
        arguments: [Argument("key", .key), Argument("member", .string, optional: true, multiple: true)],
        reply: .array(of: .oneOf([.array(of: .any), .null])))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        do {
            let set = try partition.sortedSet(arguments[1])
            reply.array(arguments.count - 2)
            for index in 2..<arguments.count {
                if let score = set?.score(of: arguments[index]) {
                    reply.coordinates(GeoPoint(score: score))
                } else {
                    reply.nullArray()
                }
            }
        } catch { throw CommandError(error) }
    }
}
