internal import SnugCommands
internal import SnugConfiguration

extension Server {
    /// The table of commands under the names that `rename-command` gives them. Throws when one cannot be had.
    static func makeTable(_ renamed: [RenamedCommand]) throws(StartError) -> CommandTable {
        var table = makeTable()
        for command in renamed {
            do throws(CommandTable.RenameError) {
                try table.rename(command.name, to: command.newName)
            } catch {
                let name = String(decoding: command.name, as: UTF8.self)
                let newName = String(decoding: command.newName, as: UTF8.self)
                switch error {
                case .noSuchCommand: throw StartError("rename-command: there is no command '\(name)'")
                case .nameIsTaken: throw StartError("rename-command: there is a command '\(newName)' already")
                case .nameIsTooLong: throw StartError("rename-command: '\(newName)' is longer than 24 bytes")
                }
            }
        }
        return table
    }
}
