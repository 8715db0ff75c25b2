internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Adds members with scores, or changes scores. Shares `ScoreUpdate` with ZINCRBY.
enum ZAdd: Command {
    static let spec = CommandSpec(
        name: "ZADD", group: .sortedSet, since: "1.2.0",
        arity: .atLeast(4), flags: [.write, .denyoom, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readWrite, .update])],
        summary: "Adds members to a sorted set, which is made if needed, or changes their scores.",
        complexity: "O(log N) per member of a skiplist of N members, O(N) of a listpack",
        history: [
            ("2.4.0", "Takes more than one member."), ("3.0.2", "The words XX, NX, CH and INCR."),
            ("6.2.0", "The words GT and LT."),
        ],
        arguments: [
            Argument("key", .key),
            Argument(
                "condition", .oneof, since: "3.0.2", optional: true,
                [.token("nx", "NX"), .token("xx", "XX")]),
            Argument(
                "comparison", .oneof, since: "6.2.0", optional: true,
                [.token("gt", "GT"), .token("lt", "LT")]),
            Argument("change", .pureToken, token: "CH", since: "3.0.2", optional: true),
            Argument("increment", .pureToken, token: "INCR", since: "3.0.2", optional: true),
            Argument("data", .block, multiple: true, [Argument("score", .double), Argument("member", .string)]),
        ],
        reply: .oneOf([.integer, .double, .null]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var update = ScoreUpdate()
        var index = 2
        while index < arguments.count, update.takeOption(arguments[index]) { index += 1 }
        let count = arguments.count - index
        guard count > 0, count % 2 == 0 else { throw .syntax }
        if let complaint = update.complaint(pairCount: count / 2) {
            reply.error(complaint)
            throw .written
        }
        for place in stride(from: index, to: arguments.count, by: 2) where arguments[place].double == nil {
            throw .notFloat
        }
        if update.isIncrement { return try update.increment(arguments, scoreAt: index, &partition, &reply) }
        let key = arguments[1]
        var (added, changed) = (0, 0)
        do {
            var set = try partition.openSortedSet(key, forMemberCount: count / 2)
            for place in stride(from: index, to: arguments.count, by: 2) {
                guard let score = arguments[place].double else { continue }
                let (former, now) = set.update(arguments[place + 1]) { update.score($0, score) }
                guard let now else { continue }
                if former == nil { added += 1 } else if former != now { changed += 1 }
            }
            partition.closeSortedSet(key, &set, changeCount: added + changed)
        } catch { throw CommandError(error) }
        reply.integer(update.countsChanges ? added + changed : added)
    }
}

/// Adds to the score of a member.
enum ZIncrBy: Command {
    static let spec = CommandSpec(
        name: "ZINCRBY", group: .sortedSet, since: "1.2.0",
        arity: .exactly(4), flags: [.write, .denyoom, .fast], acl: .sortedSet,
        keys: [.one(at: 1, [.readWrite, .access, .update])],
        summary: "Adds a number to the score of a member of a sorted set.",
        complexity: "O(log N) in a skiplist of N members, O(N) in a listpack",
        arguments: [Argument("key", .key), Argument("increment", .integer), Argument("member", .string)],
        reply: .double)

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard arguments[2].double != nil else { throw .notFloat }
        try ScoreUpdate().increment(arguments, scoreAt: 2, &partition, &reply)
    }
}

/// What the words of ZADD make of a score.
private struct ScoreUpdate {
    private var onlyNew = false
    private var onlyPresent = false
    private var onlyGreater = false
    private var onlyLess = false
    private(set) var countsChanges = false
    private(set) var isIncrement = false

    /// False when the word is no option.
    mutating func takeOption(_ word: RawSpan) -> Bool {
        if word.isWord("NX") {
            onlyNew = true
        } else if word.isWord("XX") {
            onlyPresent = true
        } else if word.isWord("GT") {
            onlyGreater = true
        } else if word.isWord("LT") {
            onlyLess = true
        } else if word.isWord("CH") {
            countsChanges = true
        } else if word.isWord("INCR") {
            isIncrement = true
        } else {
            return false
        }
        return true
    }

    /// What is wrong with the options.
    func complaint(pairCount: Int) -> StaticString? {
        if onlyNew && onlyPresent { return "ERR XX and NX options at the same time are not compatible" }
        if onlyGreater && onlyNew || onlyLess && onlyNew || onlyGreater && onlyLess {
            return "ERR GT, LT, and/or NX options at the same time are not compatible"
        }
        return isIncrement && pairCount > 1 ? "ERR INCR option supports a single increment-element pair" : nil
    }

    /// The score that a member gets which has the score `former`; nil when it stays as it is.
    func score(_ former: Double?, _ wanted: Double) -> Double? {
        guard let former else { return onlyPresent ? nil : wanted }
        if onlyNew || onlyGreater && wanted <= former || onlyLess && wanted >= former { return nil }
        return wanted
    }

    /// Adds the number at `place` to the score of the member behind it, and answers with the new score, or null when
    /// the options forbid it.
    func increment(
        _ arguments: borrowing Arguments, scoreAt place: Int, _ partition: inout Partition,
        _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let amount = arguments[place].double else { throw .notFloat }
        let key = arguments[1]
        var isNumber = true
        let now: Double?
        do {
            var set = try partition.openSortedSet(key, forMemberCount: 1)
            let result = set.update(arguments[place + 1]) { former in
                let sum = (former ?? 0) + amount
                isNumber = !sum.isNaN
                return isNumber ? score(former, sum) : nil
            }
            now = result.now
            partition.closeSortedSet(key, &set, changeCount: now != nil && now != result.former ? 1 : 0)
        } catch { throw CommandError(error) }
        guard isNumber else {
            throw reply.refusal("ERR resulting score is not a number (NaN)")
        }
        if let now { reply.double(now) } else { reply.null() }
    }
}
