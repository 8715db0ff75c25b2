/// The group's index; its order is the order of the documentation.
package enum SortedSetCommands {
    package static let all: [any Command.Type] = [
        ZAdd.self, ZCard.self, ZCount.self, ZIncrBy.self, ZLexCount.self, ZMScore.self, ZPopMax.self, ZPopMin.self,
        ZRandMember.self, ZRange.self, ZRangeByLex.self, ZRangeByScore.self, ZRank.self, ZRem.self, ZRemRangeByLex.self,
        ZRemRangeByRank.self, ZRemRangeByScore.self, ZRevRange.self, ZRevRangeByLex.self, ZRevRangeByScore.self,
        ZRevRank.self, ZScan.self, ZScore.self,
    ]
}
