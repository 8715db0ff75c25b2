/// The group's index; its order is the order of the documentation.
enum ACLCommands {
    static let all: [any ServerCommand.Type] = [
        ACL.self, ACLCat.self, ACLGetUser.self, ACLList.self, ACLUsers.self, ACLWhoAmI.self, ACLHelp.self,
    ]
}
