/// The group's index; its order is the order of the documentation.
enum ConnectionCommands {
    static let all: [any ServerCommand.Type] = [Ping.self]
}
