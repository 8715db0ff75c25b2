/// The group's index; its order is the order of the documentation.
package enum SortedSetCommands {
    package static let all: [any Command.Type] = [
        ZAdd.self, ZCard.self, ZCount.self, ZDiff.self, ZDiffStore.self, ZIncrBy.self, ZInter.self, ZInterCard.self,
        ZInterStore.self, ZLexCount.self, ZMPop.self, ZMScore.self, ZPopMax.self, ZPopMin.self, ZRandMember.self,
        ZRange.self, ZRangeByLex.self, ZRangeByScore.self, ZRangeStore.self, ZRank.self, ZRem.self,
        ZRemRangeByLex.self, ZRemRangeByRank.self, ZRemRangeByScore.self, ZRevRange.self, ZRevRangeByLex.self,
        ZRevRangeByScore.self, ZRevRank.self, ZScan.self, ZScore.self, ZUnion.self, ZUnionStore.self,
    ]
}
