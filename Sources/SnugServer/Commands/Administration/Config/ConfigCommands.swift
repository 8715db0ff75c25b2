/// The group's index; its order is the order of the documentation.
enum ConfigCommands {
    static let all: [any ServerCommand.Type] = [
        Config.self, ConfigGet.self, ConfigSet.self, ConfigResetStat.self, ConfigRewrite.self, ConfigHelp.self,
    ]
}
