package import SnugRESP

/// A declaration as COMMAND INFO gives it.
extension ReplyWriter {
    /// The ten elements: name, arity, flags, first key, last key, step, ACL categories, tips, key specifications and
    /// subcommands, which are entries of the same form.
    package mutating func commandInformation(_ number: Int, of table: borrowing CommandTable) {
        let entry = table.entries[number]
        let spec = entry.spec
        array(10)
        bulk(entry.fullName)
        integer(spec.arity.number)
        names(of: spec.flags)
        let range = spec.keyRange
        integer(range.first)
        integer(range.last)
        integer(range.step)
        names(of: spec.categories)
        set(spec.tips.count)
        for tip in spec.tips { bulk(tip) }
        set(spec.keys.count)
        for key in spec.keys { keySpecification(key) }
        // An empty set where there are none, as in Redis.
        if entry.subcommands.isEmpty { set(0) } else { array(entry.subcommands.count) }
        for subcommand in entry.subcommands { commandInformation(subcommand, of: table) }
    }

    private mutating func names(of flags: CommandFlags) {
        let present = CommandFlags.names.filter { flags.contains($0.flag) }
        set(present.count)
        for flag in present { simple(flag.name) }
    }

    private mutating func names(of categories: ACLCategories) {
        let present = ACLCategories.names.filter { categories.contains($0.category) }
        set(present.count)
        for category in present { simple("@\(category.name)") }
    }

    /// What is done with a key, as a set of names.
    package mutating func names(of flags: KeyFlags) {
        let present = KeyFlags.names.filter { flags.contains($0.flag) }
        set(present.count)
        for flag in present { simple(flag.name) }
    }

    private mutating func keySpecification(_ key: KeySpec) {
        map(key.notes == nil ? 3 : 4)
        if let notes = key.notes {
            bulk("notes")
            bulk(notes)
        }
        bulk("flags")
        names(of: key.flags)
        bulk("begin_search")
        begin(key.begin)
        bulk("find_keys")
        find(key.find)
    }

    private mutating func begin(_ begin: KeySpec.Begin) {
        switch begin {
        case .index(let index): specification("index", [("index", index)])
        case .keyword(let word, let start):
            head(ofSpecification: "keyword", count: 2)
            bulk("keyword")
            bulk(word)
            bulk("startfrom")
            integer(start)
        case .unknown: specification("unknown", [])
        }
    }

    private mutating func find(_ find: KeySpec.Find) {
        switch find {
        case .range(let last, let step, let limit):
            specification("range", [("lastkey", last), ("keystep", step), ("limit", limit)])
        case .count(let index, let first, let step):
            specification("keynum", [("keynumidx", index), ("firstkey", first), ("keystep", step)])
        case .unknown: specification("unknown", [])
        }
    }

    private mutating func head(ofSpecification type: StaticString, count: Int) {
        map(2)
        bulk("type")
        bulk(type)
        bulk("spec")
        map(count)
    }

    private mutating func specification(_ type: StaticString, _ fields: [(StaticString, Int)]) {
        head(ofSpecification: type, count: fields.count)
        for (name, value) in fields {
            bulk(name)
            integer(value)
        }
    }
}
