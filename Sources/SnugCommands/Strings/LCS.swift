internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Finds the longest common subsequence of two strings.
enum LCS: Command {
    static let spec = CommandSpec(
        name: "LCS", group: .string, since: "7.0.0",
        arity: .atLeast(3), flags: [.readonly], acl: .string,
        keys: [.range(from: 1, to: 2, [.readOnly, .access])],
        summary: "Finds the longest common subsequence of two strings.",
        complexity: "O(N*M), N and M being the bytes of the strings",
        arguments: [
            Argument("key1", .key),
            Argument("key2", .key),
            Argument("len", .pureToken, token: "LEN", optional: true),
            Argument("idx", .pureToken, token: "IDX", optional: true),
            Argument("len", .integer, token: "MINMATCHLEN", optional: true),
            Argument("withmatchlen", .pureToken, token: "WITHMATCHLEN", optional: true),
        ],
        reply: .oneOf([.bulk, .integer, .map(of: .any)]))

    private struct Options {
        var wantsCount = false
        var wantsPlaces = false
        var wantsMatchCounts = false
        var matchByteCountMin: Int64 = 0
    }

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let comparison: LongestCommonSubsequence?
        let tooLarge: Bool
        do {
            comparison = try partition.longestCommonSubsequence(of: arguments[1], and: arguments[2])
            tooLarge = comparison == nil
        } catch { throw .notStrings }
        let options = try options(arguments)
        guard !tooLarge, let comparison else { throw .comparisonTooLarge }
        if options.wantsPlaces {
            writePlaces(of: comparison, options, &reply)
        } else if options.wantsCount {
            reply.integer(comparison.count)
        } else {
            reply.bulk(comparison.bytes().bytes)
        }
    }

    private static func options(_ arguments: borrowing Arguments) throws(CommandError) -> Options {
        var options = Options()
        var index = 3
        while index < arguments.count {
            let word = arguments[index]
            if word.isWord("IDX") {
                options.wantsPlaces = true
            } else if word.isWord("LEN") {
                options.wantsCount = true
            } else if word.isWord("WITHMATCHLEN") {
                options.wantsMatchCounts = true
            } else if word.isWord("MINMATCHLEN"), index + 1 < arguments.count {
                index += 1
                options.matchByteCountMin = try arguments[index].integer()
            } else {
                throw .syntax
            }
            index += 1
        }
        if options.wantsPlaces && options.wantsCount { throw .countAndPlaces }
        return options
    }

    private static func writePlaces(
        of comparison: borrowing LongestCommonSubsequence, _ options: Options, _ reply: inout ReplyWriter
    ) {
        reply.map(2)
        reply.bulk("matches")
        let mark = reply.mark
        var count = 0
        comparison.forEachRange { left, right in
            guard Int64(left.count) >= options.matchByteCountMin else { return }
            count += 1
            reply.array(options.wantsMatchCounts ? 3 : 2)
            writeEnds(of: left, &reply)
            writeEnds(of: right, &reply)
            if options.wantsMatchCounts { reply.integer(left.count) }
        }
        reply.insertHead(.array, count: count, at: mark)
        reply.bulk("len")
        reply.integer(comparison.count)
    }

    private static func writeEnds(of range: Range<Int>, _ reply: inout ReplyWriter) {
        reply.array(2)
        reply.integer(range.lowerBound)
        reply.integer(range.upperBound - 1)
    }
}
