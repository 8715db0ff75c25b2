/// The group's index; its order is the order of the documentation.
package enum HashCommands {
    package static let all: [any Command.Type] = [
        HDel.self, HExists.self, HExpire.self, HExpireAt.self, HExpireTime.self, HGet.self, HGetAll.self,
        HGetDel.self, HGetEx.self, HIncrBy.self, HIncrByFloat.self, HKeys.self, HLen.self, HMGet.self, HMSet.self,
        HPersist.self, HPExpire.self, HPExpireAt.self, HPExpireTime.self, HPTTL.self, HRandField.self, HScan.self,
        HSet.self, HSetEx.self, HSetNX.self, HStrLen.self, HTTL.self, HVals.self,
    ]
}
