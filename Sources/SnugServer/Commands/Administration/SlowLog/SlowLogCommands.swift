/// The group's index; its order is the order of the documentation.
enum SlowLogCommands {
    static let all: [any ServerCommand.Type] = [
        SlowLogContainer.self, SlowLogGet.self, SlowLogLen.self, SlowLogReset.self, SlowLogHelp.self,
    ]
}
