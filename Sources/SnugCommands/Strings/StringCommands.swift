/// The group's index; its order is the order of the documentation.
package enum StringCommands {
    package static let all: [any Command.Type] = [
        Append.self, Decr.self, DecrBy.self, DelEx.self, Digest.self, Get.self, GetDel.self, GetEx.self,
        GetRange.self, GetSet.self, Incr.self, IncrBy.self, IncrByFloat.self, IncrEx.self, LCS.self, MGet.self,
        MSet.self, MSetEx.self, MSetNX.self, PSetEx.self, SetString.self, SetEx.self, SetNX.self, SetRange.self,
        StrLen.self, Substr.self,
    ]
}
