/// Where a command's keys stand among its words and what it does with them, after Redis's key specifications.
package struct KeySpec: Sendable {
    package enum Begin: Sendable {
        /// The first key is the word at this index; 1 is the first behind the name.
        case index(Int)
        /// The first key stands behind this word, which is sought from an index on (from the end when negative).
        case keyword(StaticString, startFrom: Int)
        case unknown
    }

    package enum Find: Sendable {
        /// Keys up to `last` (relative to the first; negative counts from the end), one in `step`; `limit` above 1
        /// divides how many words are taken.
        case range(last: Int, step: Int, limit: Int)
        /// How many keys there are stands at `index` behind the beginning, the first at `first`.
        case count(index: Int, first: Int, step: Int)
        case unknown
    }

    package var begin: Begin
    package var find: Find
    package var flags: KeyFlags
    package var notes: StaticString?

    package init(begin: Begin, find: Find, flags: KeyFlags, notes: StaticString? = nil) {
        self.begin = begin
        self.find = find
        self.flags = flags
        self.notes = notes
    }

    /// One key.
    package static func one(at index: Int, _ flags: KeyFlags, notes: StaticString? = nil) -> KeySpec {
        KeySpec(begin: .index(index), find: .range(last: 0, step: 1, limit: 0), flags: flags, notes: notes)
    }

    /// As many keys as the word at `index` says, behind it, one in `step`.
    package static func counted(at index: Int, step: Int = 1, _ flags: KeyFlags) -> KeySpec {
        KeySpec(begin: .index(index), find: .count(index: 0, first: 1, step: step), flags: flags)
    }

    /// Keys from `index` to the last word, one in `step`.
    package static func all(from index: Int, step: Int = 1, _ flags: KeyFlags) -> KeySpec {
        KeySpec(begin: .index(index), find: .range(last: -1, step: step, limit: 0), flags: flags)
    }

    /// The keys from `index` to `last`.
    package static func range(from index: Int, to last: Int, _ flags: KeyFlags) -> KeySpec {
        KeySpec(begin: .index(index), find: .range(last: last - index, step: 1, limit: 0), flags: flags)
    }
}

/// What a command does with a key.
package struct KeyFlags: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let readOnly = KeyFlags(rawValue: 1 << 0)
    package static let readWrite = KeyFlags(rawValue: 1 << 1)
    package static let overwrite = KeyFlags(rawValue: 1 << 2)
    package static let remove = KeyFlags(rawValue: 1 << 3)
    package static let access = KeyFlags(rawValue: 1 << 4)
    package static let update = KeyFlags(rawValue: 1 << 5)
    package static let insert = KeyFlags(rawValue: 1 << 6)
    package static let delete = KeyFlags(rawValue: 1 << 7)
    package static let notKey = KeyFlags(rawValue: 1 << 8)
    package static let incomplete = KeyFlags(rawValue: 1 << 9)
    package static let variable = KeyFlags(rawValue: 1 << 10)

    /// Each flag with its name, in the order of COMMAND INFO.
    package static let names: [(flag: KeyFlags, name: StaticString)] = [
        (.readOnly, "RO"), (.readWrite, "RW"), (.overwrite, "OW"), (.remove, "RM"), (.access, "access"),
        (.update, "update"), (.insert, "insert"), (.delete, "delete"), (.notKey, "not_key"),
        (.incomplete, "incomplete"), (.variable, "variable_flags"),
    ]
}
