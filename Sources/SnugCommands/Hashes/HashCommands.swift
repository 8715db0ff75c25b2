/// The group's index; its order is the order of the documentation.
package enum HashCommands {
    package static let all: [any Command.Type] = [
        HDel.self, HExists.self, HGet.self, HGetAll.self, HIncrBy.self, HIncrByFloat.self, HKeys.self, HLen.self,
        HMGet.self, HMSet.self, HRandField.self, HScan.self, HSet.self, HSetNX.self, HStrLen.self, HVals.self,
    ]
}
