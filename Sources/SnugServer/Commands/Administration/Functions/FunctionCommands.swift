/// The group's index; its order is the order of the documentation.
enum FunctionCommands {
    static let all: [any ServerCommand.Type] = [
        Function.self, FunctionFlush.self, FunctionList.self, FunctionStats.self, FunctionHelp.self,
    ]
}
