internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Removes members at one end of the first sorted set that is there.
enum ZMPop: Command {
    static let spec = CommandSpec(
        name: "ZMPOP", group: .sortedSet, since: "7.0.0",
        arity: .atLeast(4), flags: [.write, .movableKeys], acl: .sortedSet,
        keys: [.counted(at: 1, [.readWrite, .access, .delete])],
        summary: "Removes members at one end of the first of several sorted sets that is there and returns them.",
        complexity: "O(K) + O(M log N) for K keys and a sorted set of N members of which M are removed",
        arguments: [
            .numberOfKeys, Argument("key", .key, multiple: true),
            Argument("where", .oneof, [.token("min", "MIN"), .token("max", "MAX")]),
            Argument("count", .integer, token: "COUNT", optional: true),
        ],
        reply: .oneOf([.array(of: .any), .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let asked = try FirstOfKeys(arguments, &reply)
        let isReversed = arguments[asked.endIndex].isWord("MAX")
        guard isReversed || arguments[asked.endIndex].isWord("MIN") else { throw .syntax }
        let wanted = try asked.count(arguments, &reply)
        for index in asked.keys {
            let key = arguments[index]
            do {
                guard var set = try partition.openSortedSet(key) else { continue }
                let count = Int(min(wanted, Int64(set.count)))
                let ranks = isReversed ? set.count - count..<set.count : 0..<count
                reply.array(2)
                reply.bulk(key)
                reply.array(count)
                set.forEach(ranks: ranks, reversed: isReversed) { member, score in
                    reply.array(2)
                    reply.bulk(member)
                    reply.double(score)
                }
                set.remove(ranks: ranks)
                return partition.closeSortedSet(key, &set, changeCount: count)
            } catch { throw CommandError(error) }
        }
        reply.nullArray()
    }
}
