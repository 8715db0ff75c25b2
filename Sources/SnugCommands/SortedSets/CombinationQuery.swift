internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What a command on several sorted sets asks for: how many keys, the keys, and options.
struct CombinationQuery: ~Copyable {
    /// Which options a command has.
    struct Options: OptionSet {
        let rawValue: UInt8

        static let weights = Options(rawValue: 1 << 0)
        static let aggregate = Options(rawValue: 1 << 1)
        static let withScores = Options(rawValue: 1 << 2)
        static let limit = Options(rawValue: 1 << 3)
    }

    private(set) var sources = ScoredSources()
    /// A factor for the scores of each source, or none.
    private(set) var weights: [Double] = []
    private(set) var aggregate = ScoreAggregate.sum
    private(set) var withScores = false
    /// Most members that are counted; any number when 0.
    private(set) var limit = 0

    /// Reads the words from that at `numberIndex`, which says how many keys follow, and looks the keys up. `name` is
    /// the command's in lower case. Complaints come in Redis's order: those of a key's type before those of options.
    init(
        _ arguments: borrowing Arguments, numberAt numberIndex: Int, of name: StaticString, _ options: Options,
        _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let number = try arguments[numberIndex].integer()
        guard number > 0 else {
            throw reply.refusal("ERR at least 1 input key is needed for '\(name)' command")
        }
        let first = numberIndex + 1
        guard number <= arguments.count - first else { throw .syntax }
        let end = first + Int(number)
        for index in first..<end {
            do { try partition.useScoredSource(arguments[index]) } catch { throw CommandError(error) }
        }
        // Looking up may move what was found before.
        for index in first..<end { partition.addScoredSource(arguments[index], to: &sources) }
        var index = end
        while index < arguments.count {
            index = try readOption(arguments, at: index, keyCount: Int(number), options, &reply)
        }
    }

    /// Reads the option at `index` and returns where the next begins.
    private mutating func readOption(
        _ arguments: borrowing Arguments, at index: Int, keyCount: Int, _ options: Options,
        _ reply: inout ReplyWriter
    ) throws(CommandError) -> Int {
        let word = arguments[index]
        let left = arguments.count - index - 1
        if options.contains(.weights) && left >= keyCount && word.isWord("WEIGHTS") {
            weights = []
            for place in index + 1...index + keyCount {
                guard let weight = arguments[place].double else {
                    throw reply.refusal("ERR weight value is not a float")
                }
                weights.append(weight)
            }
            return index + 1 + keyCount
        }
        if options.contains(.aggregate) && left >= 1 && word.isWord("AGGREGATE") {
            aggregate = try Self.aggregate(arguments[index + 1])
            return index + 2
        }
        if options.contains(.withScores) && word.isWord("WITHSCORES") {
            withScores = true
            return index + 1
        }
        guard options.contains(.limit) && left >= 1 && word.isWord("LIMIT") else { throw .syntax }
        guard let value = arguments[index + 1].canonicalInteger, value >= 0 else {
            throw reply.refusal("ERR LIMIT can't be negative")
        }
        limit = Int(value)
        return index + 2
    }

    private static func aggregate(_ word: RawSpan) throws(CommandError) -> ScoreAggregate {
        if word.isWord("SUM") { return .sum }
        if word.isWord("MIN") { return .least }
        if word.isWord("MAX") { return .greatest }
        throw .syntax
    }

    /// Answers with gathered members.
    func write(_ members: borrowing ScoredMembers, _ reply: inout ReplyWriter) {
        guard withScores else {
            reply.array(members.count)
            return members.forEach { member, _ in reply.bulk(member) }
        }
        reply.beginPairs(members.count)
        members.forEach { reply.pair($0, $1) }
    }
}

extension Argument {
    static let weights = Argument("weight", .integer, token: "WEIGHTS", optional: true, multiple: true)
    static let aggregate = Argument(
        "aggregate", .oneof, token: "AGGREGATE", optional: true,
        [.token("sum", "SUM"), .token("min", "MIN"), .token("max", "MAX")])
}
