internal import SnugMemory
package import SnugRESP

/// What COMMAND asks of the table.
extension CommandTable {
    /// The numbers of all commands that are no subcommands, in the order of declaration.
    package var commands: Range<Int> { 0..<commandCount }

    /// How many commands there are, each container counted as one.
    package var commandCount: Int { entries.firstIndex { $0.spec.container != nil } ?? entries.count }

    /// The number of the command that a whole request names, by its second word too where the first is a container's;
    /// nil when there is none.
    package func findCommand(_ request: borrowing Arguments) -> Int? {
        guard let number = find(request[0]) else { return nil }
        guard rows[number].hasSubcommands && request.count > 1 else { return number }
        return findSubcommand(request[1], of: number)
    }
}

extension ACLCategories {
    /// The category called `name`, in any case, or nil.
    package init?(name: RawSpan) {
        guard let found = Self.names.first(where: { name.equalsIgnoringCase($0.name) }) else { return nil }
        self = found.category
    }
}
