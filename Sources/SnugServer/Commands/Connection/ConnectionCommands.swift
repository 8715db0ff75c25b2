/// The group's index; its order is the order of the documentation.
enum ConnectionCommands {
    static let all: [any ServerCommand.Type] = [
        Auth.self, Echo.self, Hello.self, Ping.self, Quit.self, Reset.self, Select.self, Client.self, ClientID.self,
        ClientInfo.self, ClientList.self, ClientGetName.self, ClientSetName.self, ClientSetInfo.self, ClientKill.self,
        ClientNoEvict.self, ClientNoTouch.self, ClientPause.self, ClientUnpause.self, ClientReply.self,
        ClientHelp.self,
    ]
}
