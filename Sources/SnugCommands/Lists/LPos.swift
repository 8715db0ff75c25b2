internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Finds elements that are equal to one.
enum LPos: Command {
    static let spec = CommandSpec(
        name: "LPOS", group: .list, since: "6.0.6",
        arity: .atLeast(3), flags: [.readonly], acl: .list,
        keys: [.one(at: 1, [.readOnly, .access])],
        summary: "Returns the numbers of elements of a list that are equal to one.",
        complexity: "O(N) for N elements that are looked at",
        arguments: [
            Argument("key", .key), Argument("element", .string),
            Argument("rank", .integer, token: "RANK", optional: true),
            Argument("num-matches", .integer, token: "COUNT", optional: true),
            Argument("len", .integer, token: "MAXLEN", optional: true),
        ],
        reply: .oneOf([.integer, .null, .array(of: .integer)]))

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let search = try Search(arguments, &reply)
        let found: ListSource?
        do { found = try partition.list(arguments[1]) } catch { throw CommandError(error) }
        guard let list = found else { return search.count == nil ? reply.null() : reply.array(0) }
        let mark = reply.mark
        var (seen, given): (Int64, Int) = (0, 0)
        list.forEachPlace(of: arguments[2], in: search.range(of: list.count), reversed: search.rank < 0) { place in
            seen += 1
            if seen < search.rank.magnitude { return true }
            reply.integer(place)
            given += 1
            guard let most = search.count else { return false }
            return most == 0 || given < most
        }
        if search.count != nil {
            reply.insertHead(.array, count: given, at: mark)
        } else if given == 0 {
            reply.null()
        }
    }

    /// What the options say.
    private struct Search {
        /// Which match is the first that is given, counted from the end when negative.
        private(set) var rank: Int64 = 1
        /// Most matches that are given, 0 for all; nil for one that is not in an array.
        private(set) var count: Int64?
        /// Most elements that are looked at, 0 for all.
        private var looked: Int64 = 0

        init(_ arguments: borrowing Arguments, _ reply: inout ReplyWriter) throws(CommandError) {
            for index in stride(from: 3, to: arguments.count, by: 2) {
                let word = arguments[index]
                guard index + 1 < arguments.count else { throw .syntax }
                let value = arguments[index + 1]
                if word.isWord("RANK") {
                    rank = try value.integerWithMagnitude()
                    if rank == 0 { throw reply.refusal("ERR RANK can't be zero: \(Self.advice)") }
                } else if word.isWord("COUNT") {
                    guard let number = value.canonicalInteger, number >= 0 else {
                        throw reply.refusal("ERR COUNT can't be negative")
                    }
                    count = number
                } else if word.isWord("MAXLEN") {
                    guard let number = value.canonicalInteger, number >= 0 else {
                        throw reply.refusal("ERR MAXLEN can't be negative")
                    }
                    looked = number
                } else {
                    throw .syntax
                }
            }
        }

        private static let advice = """
            use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the \
            list
            """

        /// The elements that are looked at.
        func range(of total: Int) -> Range<Int> {
            let count = looked == 0 ? total : Int(min(looked, Int64(total)))
            return rank < 0 ? total - count..<total : 0..<count
        }
    }
}
