package import SnugRESP

/// A declaration as COMMAND DOCS gives it.
extension ReplyWriter {
    /// The map of what is to be said of a command; subcommands are a map of such maps by their full names.
    package mutating func commandDocumentation(_ number: Int, of table: borrowing CommandTable) {
        let entry = table.entries[number]
        let spec = entry.spec
        let start = mark
        var count = 4
        field("summary", spec.summary)
        field("since", spec.since)
        bulk("group")
        bulk(spec.group.rawValue)
        field("complexity", spec.complexity)
        count += documentationFlags(of: spec)
        count += history(of: spec)
        if !spec.arguments.isEmpty {
            bulk("arguments")
            documentation(of: spec.arguments)
            count += 1
        }
        if !entry.subcommands.isEmpty {
            bulk("subcommands")
            map(entry.subcommands.count)
            for subcommand in entry.subcommands {
                bulk(table.entries[subcommand].fullName)
                commandDocumentation(subcommand, of: table)
            }
            count += 1
        }
        insertHead(.map, count: count, at: start)
    }

    private mutating func field(_ name: StaticString, _ value: StaticString) {
        bulk(name)
        bulk(value)
    }

    /// Writes what there is of flags and deprecation; returns how many pairs.
    private mutating func documentationFlags(of spec: CommandSpec) -> Int {
        guard spec.isSystemCommand || spec.deprecated != nil else { return 0 }
        bulk("doc_flags")
        set((spec.isSystemCommand ? 1 : 0) + (spec.deprecated == nil ? 0 : 1))
        if spec.deprecated != nil { simple("deprecated") }
        if spec.isSystemCommand { simple("syscmd") }
        guard let deprecated = spec.deprecated else { return 1 }
        field("deprecated_since", deprecated.since)
        field("replaced_by", deprecated.replacedBy)
        return 3
    }

    private mutating func history(of spec: CommandSpec) -> Int {
        guard !spec.history.isEmpty else { return 0 }
        bulk("history")
        set(spec.history.count)
        for change in spec.history {
            array(2)
            bulk(change.since)
            bulk(change.change)
        }
        return 1
    }

    private mutating func documentation(of arguments: [Argument]) {
        array(arguments.count)
        for argument in arguments { documentation(of: argument) }
    }

    private mutating func documentation(of argument: Argument) {
        let start = mark
        var count = 2
        field("name", argument.name)
        bulk("type")
        bulk(argument.kind.rawValue)
        if argument.parts.isEmpty {
            field("display_text", argument.display ?? argument.name)
            count += 1
        }
        if let index = argument.keySpecIndex {
            bulk("key_spec_index")
            integer(index)
            count += 1
        }
        if let token = argument.token {
            field("token", token)
            count += 1
        }
        if let since = argument.since {
            field("since", since)
            count += 1
        }
        if let since = argument.deprecatedSince {
            field("deprecated_since", since)
            count += 1
        }
        count += flags(of: argument)
        if !argument.parts.isEmpty {
            bulk("arguments")
            documentation(of: argument.parts)
            count += 1
        }
        insertHead(.map, count: count, at: start)
    }

    private mutating func flags(of argument: Argument) -> Int {
        let flags: [(Bool, StaticString)] = [
            (argument.isOptional, "optional"), (argument.isMultiple, "multiple"),
            (argument.repeatsToken, "multiple_token"),
        ]
        let present = flags.filter { $0.0 }
        guard !present.isEmpty else { return 0 }
        bulk("flags")
        set(present.count)
        for flag in present { simple(flag.1) }
        return 1
    }
}
