/// The group's index; its order is the order of the documentation.
enum PubSubCommands {
    static let all: [any ServerCommand.Type] = [
        Subscribe.self, Unsubscribe.self, PSubscribe.self, PUnsubscribe.self, Publish.self, PubSubContainer.self,
        PubSubChannels.self, PubSubNumSub.self, PubSubNumPat.self, PubSubHelp.self,
    ]
}
