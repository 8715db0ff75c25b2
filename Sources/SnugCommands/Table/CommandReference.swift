/// `docs/commands.md`, from the declarations.
package enum CommandReference {
    /// The whole document. Groups come in the order of `CommandGroup`, commands in that of the table.
    package static func markdown(of table: CommandTable) -> String {
        let groups = CommandGroup.allCases.compactMap { section(on: $0, table) }
        return """
            # Commands

            Written by `snug document commands`; change the declarations of the commands instead.

            *Since* is the version of Redis that brought the command, of Snug where the command is SNUG. N is what the \
            sentence beside it counts.


            """ + groups.joined(separator: "\n")
    }

    private static func section(on group: CommandGroup, _ table: CommandTable) -> String? {
        let entries = table.commands.filter { table.entries[$0].spec.group == group }
        guard !entries.isEmpty else { return nil }
        let rows = entries.flatMap { number in
            table.entries[number].subcommands.isEmpty
                ? [number] : own(number, table) + table.entries[number].subcommands
        }
        return """
            ## \(group.rawValue)

            | command | what it does | cost | since |
            |---|---|---|---|

            """ + rows.map { row(table.entries[$0].spec) }.joined()
    }

    /// A container's own row, where it can be called without a subcommand.
    private static func own(_ number: Int, _ table: CommandTable) -> [Int] {
        table.entries[number].spec.arity == .atLeast(1) ? [number] : []
    }

    private static func row(_ spec: CommandSpec) -> String {
        var summary = "\(spec.summary)"
        if let deprecated = spec.deprecated {
            summary += " Out of use since \(deprecated.since): \(deprecated.replacedBy)."
        }
        let cells = ["`\(syntax(of: spec))`", summary, "\(spec.complexity)", "\(spec.since)"]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }

    /// "SET key value [NX | XX] [GET]".
    static func syntax(of spec: CommandSpec) -> String {
        let name = spec.container.map { "\($0) \(spec.name)" } ?? "\(spec.name)"
        return ([name] + spec.arguments.map(syntax)).joined(separator: " ")
    }

    private static func syntax(of argument: Argument) -> String {
        var text: String
        switch argument.kind {
        case .oneof: text = argument.parts.map(syntax).joined(separator: " | ")
        case .block: text = argument.parts.map(syntax).joined(separator: " ")
        case .pureToken: text = ""
        default: text = "\(argument.display ?? argument.name)"
        }
        if argument.kind == .oneof && argument.token != nil { text = "<" + text + ">" }
        if argument.isMultiple && !argument.repeatsToken { text = repeated(text) }
        if let token = argument.token { text = text.isEmpty ? "\(token)" : "\(token) \(text)" }
        if argument.repeatsToken { text = repeated(text) }
        return argument.isOptional ? "[\(text)]" : text
    }

    private static func repeated(_ text: String) -> String { "\(text) [\(text) ...]" }
}
