/// The group's index; its order is the order of the documentation.
enum TransactionCommands {
    static let all: [any ServerCommand.Type] = [Multi.self, Exec.self, Discard.self, Watch.self, Unwatch.self]
}
