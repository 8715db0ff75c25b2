import SnugEngine
import SnugMemory
import Testing

@testable import SnugCommands

@Suite struct StringCommandTests {
    @Test func setWithItsOptions() {
        let redis = CommandRunner()
        #expect(redis("SET", "k", "v", "XX") == "$-1|")
        #expect(redis("SET", "k", "v", "nx", "get", "PX", "1000") == "$-1|")
        #expect(redis("PTTL", "k") == ":1000|")
        #expect(redis("SET", "k", "w", "NX", "GET") == "$1|v|")
        #expect(redis("SET", "k", "w", "KEEPTTL") == "+OK|")
        #expect(redis("PEXPIRETIME", "k") == ":1001000|")
        #expect(redis("SET", "k", "w", "EX", "10", "EX", "20") == "+OK|")
        #expect(redis("TTL", "k") == ":20|")
        for wrong in [["EX"], ["EX", "1", "PX", "1"], ["NX", "XX"], ["KEEPTTL", "EX", "1"], ["PERSIST"], ["FOO"]] {
            let words = (["SET", "k", "x"] + wrong).map { Array($0.utf8) }
            #expect(redis.run(words) == "-ERR syntax error|")
        }
        #expect(redis("SET", "k", "x", "EX", "0") == "-ERR invalid expire time in 'set' command|")
        #expect(redis("SET", "k", "x", "EX", "9223372036854775807") == "-ERR invalid expire time in 'set' command|")
        #expect(redis("SET", "k", "x", "PX", "9223372036854775807") == "-ERR invalid expire time in 'set' command|")
        #expect(redis("SET", "k", "x", "EX", "a") == "-ERR value is not an integer or out of range|")
        #expect(redis("GET", "k") == "$1|w|")
        #expect(redis("SET", "k", "x", "GET", "PXAT", "9223372036854775807") == "$1|w|")
        #expect(redis("EXPIRETIME", "k") == ":9223372036854776|")
    }

    @Test func theSameKeyTwiceInOneCommand() {
        let redis = CommandRunner()
        #expect(redis("MSET", "a", "1", "b", "2", "a", "3") == "+OK|")
        #expect(redis("MGET", "a", "b", "a", "none") == "*4|$1|3|$1|2|$1|3|$-1|")
        #expect(redis("MSETNX", "c", "1", "c", "2") == ":1|")
        #expect(redis("GET", "c") == "$1|2|")
        #expect(redis("MSETNX", "d", "1", "c", "5") == ":0|")
        #expect(redis("EXISTS", "d", "c", "c") == ":2|")
        #expect(redis("DEL", "c", "c") == ":1|")
    }

    @Test func changeCountsAreThoseOfRedis() {
        let redis = CommandRunner()
        func changes(_ words: [String]) -> UInt64 {
            let before = redis.partition.changeCount
            _ = redis.run(words.map { Array($0.utf8) })
            return redis.partition.changeCount - before
        }
        #expect(changes(["MSET", "a", "1", "b", "2"]) == 2)
        #expect(changes(["SET", "a", "1", "NX"]) == 0)
        #expect(changes(["GET", "a"]) == 0)
        #expect(changes(["RENAME", "a", "c"]) == 1)
        #expect(changes(["RENAME", "c", "c"]) == 0)
        #expect(changes(["MOVE", "c", "1"]) == 1)
        #expect(changes(["COPY", "b", "d"]) == 1)
        #expect(changes(["SETRANGE", "b", "0", ""]) == 0)
        #expect(changes(["EXPIRE", "b", "100"]) == 1)
        #expect(changes(["PERSIST", "b"]) == 1)
        #expect(changes(["GETEX", "b"]) == 0)
        #expect(changes(["GETEX", "b", "PERSIST"]) == 0)
        #expect(changes(["DEL", "b", "d", "x"]) == 2)
    }

    @Test func encodings() {
        let redis = CommandRunner()
        func encoding(_ words: String...) -> String {
            _ = redis.run(words.map { Array($0.utf8) })
            return String(redis("OBJECT", "ENCODING", "k").split(separator: "|").last ?? "")
        }
        #expect(encoding("SET", "k", "12") == "int")
        #expect(encoding("APPEND", "k", "3") == "raw")
        #expect(encoding("INCR", "k") == "int")
        #expect(encoding("INCRBYFLOAT", "k", "1") == "embstr")
        #expect(encoding("SET", "k", "0012") == "embstr")
        #expect(encoding("SETRANGE", "k", "0", "") == "embstr")
        #expect(encoding("SETRANGE", "k", "0", "1") == "raw")
        #expect(encoding("SET", "k", String(repeating: "x", count: 44)) == "embstr")
        #expect(encoding("SET", "k", String(repeating: "x", count: 45)) == "raw")
        #expect(encoding("DEL", "k") == "$-1")
        #expect(encoding("APPEND", "k", "5") == "int")
        #expect(encoding("COPY", "k", "l") == "int")
    }

    @Test func limitsOfLength() {
        let redis = CommandRunner()
        redis.partition.limits.stringByteCountMax = 10
        let tooLong = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)|"
        #expect(redis("SETRANGE", "k", "9", "ab") == tooLong)
        #expect(redis("SETRANGE", "k", "9223372036854775807", "ab") == tooLong)
        #expect(redis("SETRANGE", "k", "8", "ab") == ":10|")
        #expect(redis("APPEND", "k", "c") == tooLong)
        #expect(redis("APPEND", "k", "") == ":10|")
        #expect(redis("SETRANGE", "k", "-1", "ab") == "-ERR offset is out of range|")
    }

    @Test func floats() {
        let redis = CommandRunner()
        #expect(redis("INCRBYFLOAT", "k", "10.50") == "$4|10.5|")
        #expect(redis("INCRBYFLOAT", "k", "0.1") == "$4|10.6|")
        #expect(redis("INCRBYFLOAT", "k", "-5.0e3") == "$23|-4989.39999999999999991|")
        #expect(redis("INCRBYFLOAT", "k", "inf") == "-ERR increment would produce NaN or Infinity|")
        for wrong in ["nan", " 1", "1 ", "", "1x", "0x", "1e99999"] {
            #expect(redis("INCRBYFLOAT", "k", wrong) == "-ERR value is not a valid float|")
        }
        #expect(redis("SET", "k", "9223372036854775807") == "+OK|")
        #expect(redis("INCRBYFLOAT", "k", "0") == "$19|9223372036854775807|")
    }
}
