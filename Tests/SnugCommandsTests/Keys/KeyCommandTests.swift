import SnugEngine
import SnugMemory
import Testing

@testable import SnugCommands

@Suite struct KeyCommandTests {
    @Test(
        arguments: [
            ("0", 0), ("", 0), ("+0", 0), ("12", 12), ("-1", UInt64.max), ("18446744073709551615", UInt64.max),
            ("5\0x", 5),
            ("007", 7), ("\0", 0),
        ] as [(String, UInt64)])
    func cursors(text: String, expected: UInt64) {
        let cursor = Array(text.utf8).rawBytes.scanCursor
        #expect(cursor == expected)
    }

    @Test(arguments: ["-", "+", "x", " 0", "1.5", "0x10", "18446744073709551616", "--1", "1 "])
    func whatIsNoCursor(text: String) {
        let cursor = Array(text.utf8).rawBytes.scanCursor
        #expect(cursor == nil)
    }

    @Test func scanShowsTypesAndPatterns() {
        let redis = CommandRunner()
        _ = redis("SET", "a", "1")
        _ = redis("HSET", "h", "f", "v")
        #expect(redis("SCAN", "0", "TYPE", "HASH") == "*2|$1|0|*1|$1|h|")
        #expect(redis("SCAN", "0", "MATCH", "[a-b]") == "*2|$1|0|*1|$1|a|")
        #expect(redis("SCAN", "0", "TYPE", "unheard-of") == "*2|$1|0|*0|")
        #expect(redis("KEYS", "?").hasPrefix("*2|"))
        #expect(redis("SCAN", "0", "COUNT", "0") == "-ERR syntax error|")
        #expect(redis("SCAN", "0", "COUNT", "9223372036854775807", "MATCH", "x*") == "*2|$1|0|*0|")
    }

    @Test func expiryConditions() {
        let redis = CommandRunner()
        _ = redis("SET", "k", "v")
        #expect(redis("EXPIRE", "k", "100", "XX") == ":0|")
        #expect(redis("EXPIRE", "k", "100", "GT") == ":0|")
        #expect(redis("EXPIRE", "k", "100", "LT") == ":1|")
        #expect(redis("EXPIRE", "k", "200", "NX") == ":0|")
        #expect(redis("EXPIRE", "k", "200", "XX", "GT") == ":1|")
        #expect(redis("TTL", "k") == ":200|")
        let conflict = "-ERR NX and XX, GT or LT options at the same time are not compatible|"
        #expect(redis("EXPIRE", "k", "1", "NX", "GT") == conflict)
        #expect(
            redis("EXPIRE", "k", "1", "GT", "LT") == "-ERR GT and LT options at the same time are not compatible|")
        #expect(redis("EXPIRE", "k", "1", "bar\r\n") == "-ERR Unsupported option bar  |")
        #expect(redis("EXPIRE", "k", "-1") == ":1|")
        #expect(redis("EXISTS", "k") == ":0|")
        for seconds in ["9223372036854775807", "-9223372036854775808", "9223372036854775"] {
            #expect(redis("EXPIRE", "k", seconds) == "-ERR invalid expire time in 'expire' command|")
        }
    }

    @Test func objectUnderBothPolicies() {
        let redis = CommandRunner()
        _ = redis("SET", "k", "5")
        #expect(redis("OBJECT", "FREQ", "none") == "$-1|")
        #expect(redis("OBJECT", "FREQ", "k").hasPrefix("-ERR An LFU maxmemory policy is not selected"))
        redis.partition.now += 5000
        #expect(redis("OBJECT", "IDLETIME", "k") == ":5|")
        redis.partition.accessClock.isLFU = true
        #expect(redis("OBJECT", "IDLETIME", "k").hasPrefix("-ERR An LFU maxmemory policy is selected"))
        _ = redis("SET", "new", "x")
        #expect(redis("OBJECT", "FREQ", "new") == ":5|")
        #expect(redis("OBJECT", "REFCOUNT", "k") == ":2147483647|")
        #expect(redis("OBJECT", "REFCOUNT", "new") == ":1|")
    }

    @Test func everyDeclarationHasItsWords() {
        for type in StringCommands.all + KeyCommands.all {
            #expect(!type.spec.summary.description.isEmpty && !type.spec.complexity.description.isEmpty)
        }
    }
}
