internal import SnugEngine
internal import SnugRESP

/// Returns the places in a circle or a rectangle.
enum GeoSearch: Command {
    static let spec = CommandSpec(
        name: "GEOSEARCH", group: .geo, since: "6.2.0",
        arity: .atLeast(7), flags: [.readonly], acl: .geo,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the places of a sorted set in a circle or a rectangle.",
        complexity: "O(log N + M) for N members of which M lie in cells around the area",
        history: [("7.0.0", "Names of units in capitals.")],
        arguments: [
            Argument("key", .key), .searchCenter, .searchArea, .distanceOrder, .matchCount(), .withCoordinates,
            .withDistance, .withGeohash,
        ],
        reply: .array(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.search).answer(arguments, &partition, &reply)
    }
}

/// Stores the places in a circle or a rectangle.
enum GeoSearchStore: Command {
    static let spec = CommandSpec(
        name: "GEOSEARCHSTORE", group: .geo, since: "6.2.0",
        arity: .atLeast(8), flags: [.write, .denyoom], acl: .geo,
        keys: [.one(at: 1, [.overwrite, .update]), .one(at: 2, [.readOnly, .access])],
        summary: "Stores the places of a sorted set in a circle or a rectangle, or their distances.",
        complexity: "O(log N + M log M) for N members of which M lie in cells around the area",
        history: [("7.0.0", "Names of units in capitals.")],
        arguments: [
            Argument("destination", .key), Argument("source", .key, keySpecIndex: 1), .searchCenter, .searchArea,
            .distanceOrder, .matchCount(), Argument("storedist", .pureToken, token: "STOREDIST", optional: true),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.searchStore).answer(arguments, &partition, &reply)
    }
}

extension Argument {
    fileprivate static let searchCenter = Argument(
        "from", .oneof,
        [
            Argument("member", .string, token: "FROMMEMBER"),
            Argument(
                "fromlonlat", .block, token: "FROMLONLAT",
                [Argument("longitude", .double), Argument("latitude", .double)]),
        ])

    fileprivate static let searchArea = Argument(
        "by", .oneof,
        [
            Argument("circle", .block, [Argument("radius", .double, token: "BYRADIUS"), .lengthUnit]),
            Argument(
                "box", .block,
                [Argument("width", .double, token: "BYBOX"), Argument("height", .double), .lengthUnit]),
        ])
}
