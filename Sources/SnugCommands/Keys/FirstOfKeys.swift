internal import SnugMemory
internal import SnugRESP

/// What LMPOP and ZMPOP ask for: the keys of which the first that is there gives elements, and how many. The word that
/// says from which end stands behind the keys, and is the command's to read.
///
///     LMPOP numkeys key [key …] LEFT|RIGHT [COUNT count]
struct FirstOfKeys {
    /// The indexes of the keys.
    let keys: Range<Int>

    /// The index of the word behind the keys.
    var endIndex: Int { keys.upperBound }

    /// Reads how many keys there are. Errors are written.
    init(_ arguments: borrowing Arguments, _ reply: inout ReplyWriter) throws(CommandError) {
        guard let number = arguments[1].canonicalInteger, number > 0 else {
            throw reply.refusal("ERR numkeys should be greater than 0")
        }
        guard number < arguments.count - 2 else { throw .syntax }
        keys = 2..<2 + Int(number)
    }

    /// How many elements are asked for, 1 without a word of it. To be read after the word behind the keys. Errors are
    /// written.
    func count(_ arguments: borrowing Arguments, _ reply: inout ReplyWriter) throws(CommandError) -> Int64 {
        let start = endIndex + 1
        guard start < arguments.count else { return 1 }
        guard start + 1 < arguments.count, arguments[start].isWord("COUNT") else { throw .syntax }
        guard let count = arguments[start + 1].canonicalInteger, count > 0 else {
            throw reply.refusal("ERR count should be greater than 0")
        }
        guard start + 2 == arguments.count else { throw .syntax }
        return count
    }
}

extension Argument {
    static let numberOfKeys = Argument("numkeys", .integer)
}
