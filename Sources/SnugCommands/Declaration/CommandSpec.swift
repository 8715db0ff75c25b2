/// All that is said of one command: the table, COMMAND, COMMAND DOCS, key extraction, ACL categories and
/// `docs/commands.md` come from it.
package struct CommandSpec: Sendable {
    /// In capitals. For a subcommand only its own word.
    package var name: StaticString
    /// The command that this is a subcommand of, or nil.
    package var container: StaticString?
    package var group: CommandGroup
    /// The version of Redis that brought the command.
    package var since: StaticString
    package var arity: Arity
    package var flags: CommandFlags
    /// Categories beyond those that follow from the flags and the group; see `categories`.
    package var acl: ACLCategories
    package var keys: [KeySpec]
    /// Hints for clients and proxies, such as `nondeterministic_output`.
    package var tips: [StaticString]
    package var summary: StaticString
    package var complexity: StaticString
    /// Changes since the first version: version and what changed.
    package var history: [(since: StaticString, change: StaticString)]
    package var deprecated: Deprecation?
    package var isSystemCommand: Bool
    package var arguments: [Argument]
    package var reply: ReplyShape

    package init(
        name: StaticString, container: StaticString? = nil, group: CommandGroup, since: StaticString, arity: Arity,
        flags: CommandFlags = [], acl: ACLCategories = [], keys: [KeySpec] = [], tips: [StaticString] = [],
        summary: StaticString, complexity: StaticString,
        history: [(since: StaticString, change: StaticString)] = [], deprecated: Deprecation? = nil,
        isSystemCommand: Bool = false, arguments: [Argument] = [], reply: ReplyShape
    ) {
        self.name = name
        self.container = container
        self.group = group
        self.since = since
        self.arity = arity
        self.flags = flags
        self.acl = acl
        self.keys = keys
        self.tips = tips
        self.summary = summary
        self.complexity = complexity
        self.history = history
        self.deprecated = deprecated
        self.isSystemCommand = isSystemCommand
        self.arguments = arguments
        self.reply = reply
    }

    /// "get", or "client|kill".
    package var fullName: String {
        guard let container else { return "\(name)".lowercased() }
        return "\(container)|\(name)".lowercased()
    }

    /// All ACL categories: those given and those that the flags imply.
    package var categories: ACLCategories {
        var all = acl
        if flags.contains(.write) { all.insert(.write) }
        if flags.contains(.readonly) && acl.isDisjoint(with: [.scripting]) { all.insert(.read) }
        if flags.contains(.admin) { all.formUnion([.admin, .dangerous]) }
        if flags.contains(.pubsub) { all.insert(.pubsub) }
        if flags.contains(.blocking) { all.insert(.blocking) }
        all.insert(flags.contains(.fast) ? .fast : .slow)
        return all
    }
}

/// How many words a command takes, its name (and its container's) included.
package enum Arity: Sendable, Equatable {
    case exactly(Int)
    case atLeast(Int)

    /// As COMMAND INFO says it: negative for a least number.
    package var number: Int {
        switch self {
        case .exactly(let count): count
        case .atLeast(let count): -count
        }
    }
}

/// A command that users should no longer choose.
package struct Deprecation: Sendable {
    package var since: StaticString
    /// What to use, in the words of COMMAND DOCS.
    package var replacedBy: StaticString

    package init(since: StaticString, replacedBy: StaticString) {
        self.since = since
        self.replacedBy = replacedBy
    }
}

/// The chapters of the command reference.
package enum CommandGroup: String, Sendable, CaseIterable {
    case generic, string, list, set
    case sortedSet = "sorted-set"
    case hash, pubsub, transactions, connection, server, scripting
    case hyperloglog, cluster, geo, stream, bitmap
}
