import SnugEngine
import Testing

@testable import SnugCommands

/// What redis-server 7.0 cannot be asked: listpacks, the way back, layouts, numbers that 7.0 does not refuse.
@Suite struct ListCommandTests {
    @Test func encodingsAndLayouts() {
        let redis = CommandRunner()
        _ = redis("RPUSH", "l", "red", "7")
        #expect(redis("OBJECT", "ENCODING", "l") == "$8|listpack|")
        #expect(redis("SNUG", "LAYOUT", "l").contains("$12|compact list|"))
        for _ in 0..<20 { _ = redis("RPUSH", "l", "some words and more") }
        #expect(redis("SNUG", "LAYOUT", "l").contains("$27|reference to a compact list|"))
        for _ in 0..<20 { _ = redis("LPUSH", "l", "some words and more") }
        let layout = redis("SNUG", "LAYOUT", "l")
        #expect(layout.contains("$18|reference to nodes|"))
        #expect(layout.contains("$13|list-elements|:42|$10|list-nodes|:1|"))
        #expect(redis("OBJECT", "ENCODING", "l") == "$8|listpack|")
        _ = redis("RPUSH", "l", String(repeating: "x", count: 8000))
        #expect(redis("OBJECT", "ENCODING", "l") == "$9|quicklist|")
        #expect(redis("SNUG", "LAYOUT", "l").contains("$10|list-nodes|:2|"))
        _ = redis("RPOP", "l")
        #expect(redis("OBJECT", "ENCODING", "l") == "$8|listpack|")
        #expect(redis("SNUG", "ENCODINGS").contains("list"))
    }

    @Test func numbersWithoutAnOpposite() {
        let redis = CommandRunner()
        _ = redis("RPUSH", "l", "a")
        let refusal = "-ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807|"
        #expect(redis("LREM", "l", "-9223372036854775808", "a") == refusal)
        #expect(redis("LPOS", "l", "a", "RANK", "-9223372036854775808") == refusal)
        #expect(redis("LMPOP", "9223372036854775807", "l", "LEFT") == "-ERR syntax error|")
        #expect(redis("LRANGE", "l", "-9223372036854775808", "9223372036854775807") == "*1|$1|a|")
        #expect(redis("LINDEX", "l", "-9223372036854775808") == "$-1|")
        #expect(redis("LTRIM", "l", "-9223372036854775808", "-9223372036854775807") == "+OK|")
        #expect(redis("EXISTS", "l") == ":0|")
    }

    @Test func nullsInTheThirdProtocol() {
        let redis = CommandRunner()
        #expect(redis("LPOP", "l") == "$-1|" && redis("LPOP", "l", "1") == "*-1|")
        #expect(redis("LMPOP", "1", "l", "LEFT") == "*-1|")
        redis.version = 3
        #expect(redis("LPOP", "l") == "_|" && redis("LPOP", "l", "1") == "_|")
        #expect(redis("LMPOP", "1", "l", "LEFT") == "_|" && redis("LMOVE", "l", "m", "LEFT", "LEFT") == "_|")
        _ = redis("RPUSH", "l", "a", "b")
        #expect(redis("LMPOP", "1", "l", "RIGHT", "COUNT", "5") == "*2|$1|l|*2|$1|b|$1|a|")
    }

    /// An insertion that does not find its place converts all the same, as in Redis.
    @Test func aSearchInVainMayConvert() {
        let redis = CommandRunner()
        redis.partition.limits.listListpackSize = 2
        _ = redis("RPUSH", "l", "a", "b")
        #expect(redis("LINSERT", "l", "BEFORE", "x", "c") == ":-1|")
        #expect(redis("OBJECT", "ENCODING", "l") == "$9|quicklist|")
        #expect(redis("LSET", "l", "5", "c") == "-ERR index out of range|")
        #expect(redis("LRANGE", "l", "0", "-1") == "*2|$1|a|$1|b|")
    }

    @Test func aCopyHasItsOwnNodes() {
        let redis = CommandRunner()
        for index in 0..<3000 { _ = redis("RPUSH", "l", "element \(index)") }
        #expect(redis("COPY", "l", "m") == ":1|")
        #expect(redis("LTRIM", "l", "10", "20") == "+OK|")
        #expect(redis("LLEN", "m") == ":3000|" && redis("LINDEX", "m", "-1") == "$12|element 2999|")
        #expect(redis("RENAME", "m", "l") == "+OK|")
        #expect(redis("LINDEX", "l", "1500") == "$12|element 1500|")
    }
}
