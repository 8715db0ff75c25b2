/// The group's index; its order is the order of the documentation.
package enum StreamCommands {
    package static let all: [any Command.Type] = [
        XAck.self, XAdd.self, XAutoClaim.self, XClaim.self, XDel.self, XGroup.self, XGroupCreate.self,
        XGroupCreateConsumer.self, XGroupDelConsumer.self, XGroupDestroy.self, XGroupHelp.self, XGroupSetID.self,
        XInfo.self, XInfoConsumers.self, XInfoGroups.self, XInfoHelp.self, XInfoStream.self, XLen.self, XPending.self,
        XRange.self, XRead.self, XReadGroup.self, XRevRange.self, XSetID.self, XTrim.self,
    ]
}
