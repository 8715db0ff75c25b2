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
        _ = redis("SADD", "s", "x")
        #expect(redis("SRANDMEMBER", "s", "-16777217") == "-ERR value is out of range|")
        #expect(redis("SRANDMEMBER", "s", "-2000").hasPrefix("*2000|$1|x|$1|x|"))
        _ = redis("SADD", "long", String(repeating: "x", count: 1 << 20))
        #expect(redis("SRANDMEMBER", "long", "-2000") == "-ERR value is out of range|")
        #expect(redis("SRANDMEMBER", "long", "-2").hasPrefix("*2|$1048576|"))
    }

    /// Draws end when the reply, which begins at byte 100 here, is above 512 MiB.
    @Test func repeatsOfLongMembersAreBounded() {
        var draws = RepeatedDraws(3000, from: 100)
        #expect(draws.next(104) == 1024)
        #expect(draws.next(100 + (512 << 20)) == 1024)
        #expect(draws.next(101 + (512 << 20)) == nil)
        #expect(!draws.isComplete)
        #expect(draws.next(104) == 952 && draws.next(104) == nil)
        #expect(draws.isComplete && draws.allows(100 + (512 << 20)) && !draws.allows(101 + (512 << 20)))
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
