/// The group's index; its order is the order of the documentation.
enum IntrospectionCommands {
    static let all: [any ServerCommand.Type] = [
        CommandAll.self, CommandCount.self, CommandDocs.self, CommandGetKeys.self, CommandGetKeysAndFlags.self,
        CommandInfo.self, CommandList.self, CommandHelp.self,
    ]
}
