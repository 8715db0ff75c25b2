/// The group's index; its order is the order of the documentation.
enum MemoryCommands {
    static let all: [any ServerCommand.Type] = [
        Memory.self, MemoryDoctor.self, MemoryMallocStats.self, MemoryPurge.self, MemoryStats.self, MemoryUsage.self,
        MemoryHelp.self,
    ]
}
