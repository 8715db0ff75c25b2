internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Returns or stores the places around a point.
enum GeoRadius: Command {
    static let spec = CommandSpec.radius(
        "GEORADIUS", since: "3.2.0", arity: 6, storesFrom: 6, "Returns or stores the places around a point.",
        replacedBy: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument",
        history: [("6.2.0", "The word ANY."), ("7.0.0", "Names of units in capitals.")],
        center: Argument.pointWords, anySince: "6.2.0")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.radius, mayStore: true).answer(arguments, &partition, &reply)
    }

    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? { storingPositions(arguments, spec) }
}

/// As GEORADIUS, without storing.
enum GeoRadiusRO: Command {
    static let spec = CommandSpec.radius(
        "GEORADIUS_RO", since: "3.2.10", arity: 6, storesFrom: nil, "Returns the places around a point.",
        replacedBy: "`GEOSEARCH` with the `BYRADIUS` argument", history: [("6.2.0", "The word ANY.")],
        center: Argument.pointWords, anySince: "6.2.0")

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.radius).answer(arguments, &partition, &reply)
    }
}

/// Returns or stores the places around another.
enum GeoRadiusByMember: Command {
    static let spec = CommandSpec.radius(
        "GEORADIUSBYMEMBER", since: "3.2.0", arity: 5, storesFrom: 5, "Returns or stores the places around another.",
        replacedBy: "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments",
        history: [("7.0.0", "Names of units in capitals.")], center: [Argument("member", .string)], anySince: nil)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.radiusByMember, mayStore: true).answer(arguments, &partition, &reply)
    }

    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? { storingPositions(arguments, spec) }
}

/// As GEORADIUSBYMEMBER, without storing.
enum GeoRadiusByMemberRO: Command {
    static let spec = CommandSpec.radius(
        "GEORADIUSBYMEMBER_RO", since: "3.2.10", arity: 5, storesFrom: nil, "Returns the places around another.",
        replacedBy: "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments",
        center: [Argument("member", .string)], anySince: nil)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        try GeoQuery(.radiusByMember).answer(arguments, &partition, &reply)
    }
}

/// What the specifications say; where a word that should name a key is missing, only the key that is searched.
private func storingPositions(_ arguments: borrowing Arguments, _ spec: CommandSpec) -> [KeyPosition]? {
    spec.keyPositions(arguments) ?? [KeyPosition(index: 1, flags: [.readOnly, .access])]
}

extension CommandSpec {
    /// `storesFrom` is where the words STORE and STOREDIST are sought, nil for a command that only reads.
    fileprivate static func radius(
        _ name: StaticString, since version: StaticString, arity: Int, storesFrom: Int?, _ summary: StaticString,
        replacedBy: StaticString, history: [(since: StaticString, change: StaticString)] = [],
        center: [Argument], anySince: StaticString?
    ) -> CommandSpec {
        var keys = [KeySpec.one(at: 1, [.readOnly, .access])]
        var arguments =
            [Argument("key", .key)] + center + [
                Argument("radius", .double), .lengthUnit, .withCoordinates, .withDistance, .withGeohash,
                .matchCount(anySince: anySince), .distanceOrder,
            ]
        if let storesFrom {
            for word: StaticString in ["STORE", "STOREDIST"] {
                keys.append(
                    KeySpec(
                        begin: .keyword(word, startFrom: storesFrom), find: .range(last: 0, step: 1, limit: 0),
                        flags: [.overwrite, .update]))
            }
            arguments += [
                Argument("storekey", .key, token: "STORE", display: "key", optional: true, keySpecIndex: 1),
                Argument("storedistkey", .key, token: "STOREDIST", display: "key", optional: true, keySpecIndex: 2),
            ]
        }
        return CommandSpec(
            name: name, group: .geo, since: version,
            arity: .atLeast(arity), flags: storesFrom == nil ? [.readonly] : [.write, .denyoom, .movableKeys],
            acl: .geo, keys: keys, summary: summary,
            complexity: "O(log N + M) for N members of which M lie in cells around the circle", history: history,
            deprecated: Deprecation(since: "6.2.0", replacedBy: replacedBy), arguments: arguments,
            reply: storesFrom == nil ? .array(of: .any) : .oneOf([.array(of: .any), .integer]))
    }
}

extension Argument {
    fileprivate static let pointWords = [Argument("longitude", .double), Argument("latitude", .double)]
}
