/// The group's index; its order is the order of the documentation.
enum DatabaseCommands {
    static let all: [any ServerCommand.Type] = [DBSize.self, FlushAll.self, FlushDB.self, SwapDB.self]
}
