internal import SnugMemory
internal import SnugRESP

/// Every command by number and by name. Built once from the groups' lists; read-only afterwards.
///
/// A command's number is its index in `entries`; containers come before their subcommands. Statistics and handlers are
/// kept beside the table, by number.
package struct CommandTable: Sendable {
    package struct EntryRow: Sendable {
        package let type: any CommandDeclaration.Type
        package let spec: CommandSpec
        /// "get", "client|kill".
        package let fullName: String
        /// Numbers of a container's subcommands, in the order of declaration.
        package var subcommands: [Int] = []
    }

    /// What dispatching reads of a command: small, so that the rows of all commands stay in the cache.
    package struct Row: BitwiseCopyable, Sendable {
        package fileprivate(set) var name: CommandName
        package let flags: CommandFlags
        package let arity: Int16
        package fileprivate(set) var hasSubcommands = false
        /// Whether it is there to remove keys, or elements of values.
        package let removes: Bool

        fileprivate init(_ spec: CommandSpec, name: CommandName) {
            self.name = name
            flags = spec.flags
            arity = Int16(spec.arity.number)
            removes = spec.keys.contains { !$0.flags.isDisjoint(with: [.remove, .delete]) }
        }

        /// Whether a request of `count` words has as many as the command takes.
        @inline(__always)
        package func accepts(_ count: Int) -> Bool {
            arity >= 0 ? count == Int(arity) : count >= -Int(arity)
        }
    }

    package private(set) var entries: [EntryRow] = []
    package private(set) var rows: [Row] = []
    /// Command numbers plus one by slot of their name, 0 where there is none; collisions go to the next slot.
    private var slots = [UInt16](repeating: 0, count: 1024)
    /// Numbers of the commands that answer to no name.
    private var nameless: Set<Int> = []

    package init(_ declarations: [any CommandDeclaration.Type]) {
        for type in declarations where type.spec.container == nil { add(type) }
        for type in declarations where type.spec.container != nil { add(type) }
    }

    private mutating func add(_ type: any CommandDeclaration.Type) {
        let spec = type.spec
        guard let name = withBytes(of: spec.name, { CommandName($0) }) else {
            preconditionFailure("a command's name has 1 to 24 bytes")
        }
        let number = entries.count
        entries.append(EntryRow(type: type, spec: spec, fullName: spec.fullName))
        if let container = spec.container {
            guard let parent = withBytes(of: container, { find($0) }) else {
                preconditionFailure("\(container) is declared by no command")
            }
            entries[parent].subcommands.append(number)
            rows[parent].hasSubcommands = true
        } else {
            precondition(withBytes(of: spec.name) { find($0) } == nil, "\(spec.name) is declared twice")
            place(number, at: name)
        }
        rows.append(Row(spec, name: name))
    }

    private mutating func place(_ number: Int, at name: CommandName) {
        var slot = name.slot
        while slots[slot] != 0 { slot = (slot + 1) & 1023 }
        slots[slot] = UInt16(number + 1)
    }

    /// Why a command cannot be renamed.
    package enum RenameError: Error {
        case noSuchCommand, nameIsTaken, nameIsTooLong
    }

    /// Lets the command called `name` answer to `newName` instead, or to nothing when that is empty. Its subcommands,
    /// statistics and documentation keep the name of the declaration.
    package mutating func rename(_ name: [UInt8], to newName: [UInt8]) throws(RenameError) {
        guard let number = find(name.rawBytes) else { throw .noSuchCommand }
        if newName.isEmpty {
            nameless.insert(number)
        } else {
            guard let folded = CommandName(newName.rawBytes) else { throw .nameIsTooLong }
            let holder = find(newName.rawBytes)
            guard holder == nil || holder == number else { throw .nameIsTaken }
            rows[number].name = folded
        }
        slots = [UInt16](repeating: 0, count: 1024)
        for number in entries.indices where entries[number].spec.container == nil && !nameless.contains(number) {
            place(number, at: rows[number].name)
        }
    }

    /// The number of the command called `name`, in any case, or nil. Constant time.
    @inline(__always)
    package func find(_ name: RawSpan) -> Int? {
        guard let name = CommandName(name) else { return nil }
        var slot = name.slot
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if rows[number].name == name { return number }
            slot = (slot + 1) & 1023
        }
        return nil
    }

    /// The number of the subcommand called `name` of the container with number `container`, or nil.
    package func findSubcommand(_ name: RawSpan, of container: Int) -> Int? {
        guard let name = CommandName(name) else { return nil }
        return entries[container].subcommands.first { rows[$0].name == name }
    }

    /// The number of a command by its full name, such as "get" or "client|kill".
    package func find(fullName: [UInt8]) -> Int? {
        let parts = fullName.split(separator: UInt8(ascii: "|"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let parent = find(Array(first).rawBytes) else { return nil }
        guard parts.count == 2 else { return parent }
        return findSubcommand(Array(parts[1]).rawBytes, of: parent)
    }
}
