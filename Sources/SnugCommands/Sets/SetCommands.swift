/// The group's index; its order is the order of the documentation.
package enum SetCommands {
    package static let all: [any Command.Type] = [
        SAdd.self, SCard.self, SDiff.self, SDiffStore.self, SInter.self, SInterCard.self, SInterStore.self,
        SIsMember.self, SMembers.self, SMIsMember.self, SMove.self, SPop.self, SRandMember.self, SRem.self,
        SScan.self, SUnion.self, SUnionStore.self,
    ]
}
