internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds places to a sorted set, as members whose scores are the numbers of their cells.
enum GeoAdd: Command {
    static let spec = CommandSpec(
        name: "GEOADD", group: .geo, since: "3.2.0",
        arity: .atLeast(5), flags: [.write, .denyoom], acl: .geo,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Adds places to a sorted set, which is made if needed, or moves them.",
        complexity: "O(log N) per place in a sorted set of N members",
        history: [("6.2.0", "The words CH, NX and XX.")],
        arguments: [
            Argument("key", .key),
            Argument(
                "condition", .oneof, since: "6.2.0", optional: true, [.token("nx", "NX"), .token("xx", "XX")]),
            Argument("change", .pureToken, token: "CH", since: "6.2.0", optional: true),
            Argument(
                "data", .block, multiple: true,
                [Argument("longitude", .double), Argument("latitude", .double), Argument("member", .string)]),
        ],
        reply: .integer)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var (onlyNew, onlyPresent, countsChanges) = (false, false, false)
        var first = 2
        while first < arguments.count {
            let word = arguments[first]
            if word.isWord("NX") {
                onlyNew = true
            } else if word.isWord("XX") {
                onlyPresent = true
            } else if word.isWord("CH") {
                countsChanges = true
            } else {
                break
            }
            first += 1
        }
        let count = (arguments.count - first) / 3
        guard (arguments.count - first) % 3 == 0, count > 0, !(onlyNew && onlyPresent) else { throw .syntax }
        for index in stride(from: first, to: arguments.count, by: 3) { _ = try arguments.geoPoint(at: index, &reply) }
        let key = arguments[1]
        var (added, changed) = (0, 0)
        do {
            var set = try partition.openSortedSet(key, forMemberCount: count)
            for index in stride(from: first, to: arguments.count, by: 3) {
                guard let longitude = arguments[index].double, let latitude = arguments[index + 1].double,
                    let score = GeoPoint(longitude: longitude, latitude: latitude)?.score
                else { continue }
                let (former, now) = set.update(arguments[index + 2]) { former in
                    (former == nil ? onlyPresent : onlyNew) ? nil : score
                }
                guard let now else { continue }
                if former == nil { added += 1 } else if former != now { changed += 1 }
            }
            partition.closeSortedSet(key, &set, changeCount: added + changed)
        } catch { throw CommandError(error) }
        reply.integer(countsChanges ? added + changed : added)
    }
}
