/// The group's index; its order is the order of the documentation.
package enum ListCommands {
    package static let all: [any Command.Type] = [
        LIndex.self, LInsert.self, LLen.self, LMove.self, LMPop.self, LPop.self, LPos.self, LPush.self, LPushX.self,
        LRange.self, LRem.self, LSet.self, LTrim.self, RPop.self, RPopLPush.self, RPush.self, RPushX.self,
    ]
}
