/// The group's index; its order is the order of the documentation.
enum AdministrationCommands {
    static let all: [any ServerCommand.Type] =
        [Info.self, Monitor.self, Time.self, LOLWUT.self, Debug.self, Shutdown.self, SnugFlips.self]
        as [any ServerCommand.Type]
        + DatabaseCommands.all + ConfigCommands.all + IntrospectionCommands.all + MemoryCommands.all
        + SlowLogCommands.all + LatencyCommands.all + FunctionCommands.all + ACLCommands.all
}
