import Testing

@testable import SnugCommands

/// What redis-server 7.0 cannot be asked: listpacks, the way back, refusals, layouts.
@Suite struct SetCommandTests {
    @Test func aListpackKeepsTheOrder() {
        let redis = CommandRunner()
        #expect(redis("SADD", "s", "b", "7", "a", "b", "") == ":4|")
        #expect(redis("OBJECT", "ENCODING", "s") == "$8|listpack|")
        let members = "*4|$1|b|$1|7|$1|a|$0||"
        #expect(redis("SMEMBERS", "s") == members)
        #expect(redis("SSCAN", "s", "0") == "*2|$1|0|" + members)
        #expect(redis("SRANDMEMBER", "s", "9") == members)
        #expect(redis("SUNION", "s") == members)
        #expect(redis("SINTER", "s") == members)
        #expect(redis("SDIFF", "s", "nothing") == members)
        #expect(redis("SPOP", "s", "4") == members)
        #expect(redis("EXISTS", "s") == ":0|")
    }

    @Test func setsAreSetsInTheThirdProtocol() {
        let redis = CommandRunner()
        redis.version = 3
        _ = redis("SADD", "s", "2", "1")
        for command in ["SMEMBERS", "SUNION", "SINTER", "SDIFF"] { #expect(redis(command, "s") == "~2|$1|1|$1|2|") }
        #expect(redis("SRANDMEMBER", "s", "2") == "*2|$1|1|$1|2|")
        #expect(redis("SPOP", "s", "2") == "~2|$1|1|$1|2|")
        #expect(redis("SMEMBERS", "s") == "~0|")
    }

    @Test func tooManyRepeatsAreRefused() {
        let redis = CommandRunner()
        _ = redis("SADD", "s", String(repeating: "x", count: 1 << 20))
        #expect(redis("SRANDMEMBER", "s", "-16777217") == "-ERR value is out of range|")
        #expect(redis("SRANDMEMBER", "s", "-2000") == "-ERR value is out of range|")
        #expect(redis("SRANDMEMBER", "s", "-2").hasPrefix("*2|$1048576|"))
    }

    @Test func layoutsAreTold() {
        let redis = CommandRunner()
        _ = redis("SADD", "n", "1", "2")
        #expect(redis("SNUG", "LAYOUT", "n").contains("$11|compact set|"))
        for index in 0..<100 { _ = redis("SADD", "n", "\(index * 1_000_000)") }
        #expect(redis("SNUG", "LAYOUT", "n").contains("$26|reference to a compact set|"))
        _ = redis("SADD", "n", String(repeating: "x", count: 65))
        let layout = redis("SNUG", "LAYOUT", "n")
        #expect(layout.contains("$20|reference to a table|") && layout.contains("$13|table-members|:103|"))
    }

    @Test func aSetThatHasBecomeSmallIsAListpackAgain() {
        let redis = CommandRunner()
        for index in 0..<129 { _ = redis("SADD", "s", "m\(index)") }
        #expect(redis("OBJECT", "ENCODING", "s") == "$9|hashtable|")
        for index in 0..<66 { _ = redis("SREM", "s", "m\(index)") }
        #expect(redis("OBJECT", "ENCODING", "s") == "$8|listpack|")
        #expect(redis("SCARD", "s") == ":63|")
    }
}
