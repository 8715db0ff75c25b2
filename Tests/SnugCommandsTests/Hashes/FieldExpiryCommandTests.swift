import SnugEngine
import SnugMemory
import Testing

@testable import SnugCommands

/// HEXPIRE and its family, as Redis's documentation of each command has it; the reference server is older than they are.
@Suite struct FieldExpiryCommandTests {
    /// A small hash and one past the limits, each with the fields a, b, c among others.
    private func runner(isTable: Bool) -> CommandRunner {
        let redis = CommandRunner()
        _ = redis("HSET", "h", "a", "1", "b", "2", "c", "3")
        if isTable { _ = redis("HSET", "h", "long", String(repeating: "x", count: 65)) }
        return redis
    }

    @Test(arguments: [false, true])
    func settingAndAsking(isTable: Bool) {
        let redis = runner(isTable: isTable)
        #expect(redis("HEXPIRE", "h", "100", "FIELDS", "3", "a", "none", "b") == "*3|:1|:-2|:1|")
        #expect(redis("HTTL", "h", "FIELDS", "4", "a", "b", "c", "none") == "*4|:100|:100|:-1|:-2|")
        #expect(redis("HPTTL", "h", "FIELDS", "1", "a") == "*1|:100000|")
        #expect(redis("HEXPIRETIME", "h", "FIELDS", "1", "a") == "*1|:1100|")
        #expect(redis("HPEXPIRETIME", "h", "FIELDS", "2", "a", "c") == "*2|:1100000|:-1|")
        #expect(redis("HPEXPIRE", "h", "1501", "FIELDS", "1", "c") == "*1|:1|")
        #expect(redis("HTTL", "h", "FIELDS", "1", "c") == "*1|:2|", "seconds are rounded up")
        #expect(redis("HEXPIREAT", "h", "2000", "FIELDS", "1", "c") == "*1|:1|")
        #expect(redis("HPEXPIREAT", "h", "2000001", "FIELDS", "1", "b") == "*1|:1|")
        #expect(redis("HEXPIRETIME", "h", "FIELDS", "2", "b", "c") == "*2|:2001|:2000|")
        #expect(
            redis("HPERSIST", "h", "FIELDS", "3", "c", "none", "long")
                == (isTable ? "*3|:1|:-2|:-1|" : "*3|:1|:-2|:-2|"))
        #expect(redis("OBJECT", "ENCODING", "h") == (isTable ? "$9|hashtable|" : "$10|listpackex|"))
        #expect(redis("HPERSIST", "h", "FIELDS", "2", "a", "b") == "*2|:1|:1|")
        #expect(redis("OBJECT", "ENCODING", "h") == (isTable ? "$9|hashtable|" : "$8|listpack|"))
    }

    @Test(arguments: [false, true])
    func expiredFieldsAreNotSeen(isTable: Bool) {
        let redis = runner(isTable: isTable)
        _ = redis("HPEXPIRE", "h", "10", "FIELDS", "2", "a", "b")
        redis.partition.now += 10
        #expect(redis("HGET", "h", "a") == "$-1|")
        #expect(redis("HEXISTS", "h", "b") == ":0|")
        #expect(redis("HLEN", "h") == (isTable ? ":2|" : ":1|"))
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:-2|")
        #expect(redis("HSETNX", "h", "a", "new") == ":1|")
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:-1|")
        _ = redis("HDEL", "h", "long")
        _ = redis("HPEXPIRE", "h", "5", "FIELDS", "2", "a", "c")
        redis.partition.now += 5
        #expect(redis("SCAN", "0") == "*2|$1|0|*0|")
        #expect(redis("EXISTS", "h") == ":0|", "a key goes with its last field")
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:-2|")
    }

    @Test(arguments: [false, true])
    func conditions(isTable: Bool) {
        let redis = runner(isTable: isTable)
        #expect(redis("HEXPIRE", "h", "100", "XX", "FIELDS", "1", "a") == "*1|:0|")
        #expect(redis("HEXPIRE", "h", "100", "gt", "FIELDS", "1", "a") == "*1|:0|")
        #expect(redis("HEXPIRE", "h", "100", "LT", "FIELDS", "1", "a") == "*1|:1|")
        #expect(redis("HEXPIRE", "h", "200", "NX", "FIELDS", "2", "a", "b") == "*2|:0|:1|")
        #expect(redis("HEXPIRE", "h", "150", "GT", "FIELDS", "2", "a", "b") == "*2|:1|:0|")
        #expect(redis("HTTL", "h", "FIELDS", "2", "a", "b") == "*2|:150|:200|")
        #expect(redis("HEXPIRE", "h", "0", "FIELDS", "1", "a") == "*1|:2|", "a time that is past removes")
        #expect(redis("HEXPIREAT", "h", "1", "FIELDS", "2", "a", "b") == "*2|:-2|:2|")
        #expect(redis("HGET", "h", "b") == "$-1|")
    }

    @Test(arguments: [false, true])
    func whatKeepsAndWhatDiscards(isTable: Bool) {
        let redis = runner(isTable: isTable)
        _ = redis("HEXPIRE", "h", "100", "FIELDS", "3", "a", "b", "c")
        #expect(redis("HINCRBY", "h", "a", "5") == ":6|")
        #expect(redis("HINCRBYFLOAT", "h", "b", "0.5") == "$3|2.5|")
        _ = redis("HSET", "h", "c", "new")
        #expect(redis("HTTL", "h", "FIELDS", "3", "a", "b", "c") == "*3|:100|:100|:-1|")
        #expect(redis("COPY", "h", "copy") == ":1|")
        #expect(redis("RENAME", "h", "moved") == "+OK|")
        for key in ["copy", "moved"] {
            #expect(redis("HTTL", key, "FIELDS", "3", "a", "b", "c") == "*3|:100|:100|:-1|")
        }
    }

    @Test(arguments: [false, true])
    func gettingAndDeleting(isTable: Bool) {
        let redis = runner(isTable: isTable)
        #expect(redis("HGETDEL", "none", "FIELDS", "2", "a", "b") == "*2|$-1|$-1|")
        #expect(redis("HGETDEL", "h", "FIELDS", "2", "a", "none") == "*2|$1|1|$-1|")
        _ = redis("HDEL", "h", "long")
        #expect(redis("HGETDEL", "h", "FIELDS", "3", "b", "c", "b") == "*3|$1|2|$1|3|$-1|")
        #expect(redis("EXISTS", "h") == ":0|")
    }

    @Test(arguments: [false, true])
    func gettingAndExpiring(isTable: Bool) {
        let redis = runner(isTable: isTable)
        #expect(redis("HGETEX", "h", "FIELDS", "2", "a", "none") == "*2|$1|1|$-1|")
        #expect(redis("HGETEX", "h", "EX", "10", "FIELDS", "1", "a") == "*1|$1|1|")
        #expect(redis("HGETEX", "h", "PXAT", "1020000", "FIELDS", "1", "b") == "*1|$1|2|")
        #expect(redis("HTTL", "h", "FIELDS", "3", "a", "b", "c") == "*3|:10|:20|:-1|")
        #expect(redis("HGETEX", "h", "PERSIST", "FIELDS", "2", "a", "c") == "*2|$1|1|$1|3|")
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:-1|")
        #expect(redis("HGETEX", "h", "PX", "0", "FIELDS", "1", "a") == "*1|$1|1|")
        #expect(redis("HEXISTS", "h", "a") == ":0|")
        #expect(redis("HGETEX", "none", "EX", "1", "FIELDS", "1", "a") == "*1|$-1|")
    }

    @Test(arguments: [false, true])
    func settingWithExpiry(isTable: Bool) {
        let redis = runner(isTable: isTable)
        #expect(redis("HSETEX", "h", "EX", "10", "FIELDS", "2", "a", "x", "d", "y") == ":1|")
        #expect(redis("HTTL", "h", "FIELDS", "3", "a", "d", "b") == "*3|:10|:10|:-1|")
        #expect(redis("HSETEX", "h", "KEEPTTL", "FIELDS", "1", "a", "z") == ":1|")
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:10|")
        #expect(redis("HSETEX", "h", "FIELDS", "1", "a", "z") == ":1|")
        #expect(redis("HTTL", "h", "FIELDS", "1", "a") == "*1|:-1|")
        #expect(redis("HSETEX", "h", "FNX", "FIELDS", "2", "e", "1", "a", "2") == ":0|")
        #expect(redis("HSETEX", "h", "FXX", "FIELDS", "2", "e", "1", "a", "2") == ":0|")
        #expect(redis("HSETEX", "h", "FIELDS", "1", "a", "2", "FXX", "PX", "7000") == ":1|", "options in any order")
        #expect(redis("HMGET", "h", "a", "e") == "*2|$1|2|$-1|")
        #expect(redis("HSETEX", "none", "FXX", "FIELDS", "1", "a", "1") == ":0|")
        #expect(redis("HSETEX", "new", "PXAT", "1", "FIELDS", "1", "a", "1") == ":1|")
        #expect(redis("EXISTS", "new") == ":0|", "what is past when it is set is never there")
    }

    @Test(arguments: [
        (
            ["HEXPIRE", "s", "1", "FIELDS", "1", "a"],
            "WRONGTYPE Operation against a key holding the wrong kind of value"
        ),
        (["HTTL", "s", "FIELDS", "1", "a"], "WRONGTYPE Operation against a key holding the wrong kind of value"),
        (["HGETDEL", "s", "FIELDS", "1", "a"], "WRONGTYPE Operation against a key holding the wrong kind of value"),
        (["HEXPIRE", "h", "x", "FIELDS", "1", "a"], "ERR value is not an integer or out of range"),
        (["HEXPIRE", "h", "-1", "FIELDS", "1", "a"], "ERR invalid expire time, must be >= 0"),
        (["HEXPIRE", "h", "9223372036854775807", "FIELDS", "1", "a"], "ERR invalid expire time in 'hexpire' command"),
        (["HPEXPIREAT", "h", "70368744177664", "FIELDS", "1", "a"], "ERR invalid expire time in 'hpexpireat' command"),
        (
            ["HEXPIRE", "h", "1", "NX", "XX", "FIELDS", "1", "a"],
            "ERR Mandatory argument FIELDS is missing or not at the right position"
        ),
        (["HEXPIRE", "h", "1", "FIELDS", "0", "a"], "ERR Parameter `numFields` should be greater than 0"),
        (
            ["HEXPIRE", "h", "1", "FIELDS", "2", "a"],
            "ERR The `numfields` parameter must match the number of arguments"
        ),
        (["HTTL", "h", "FIELDS", "0", "a"], "ERR Number of fields must be a positive integer"),
        (["HPERSIST", "h", "FIELDS", "9", "a"], "ERR The `numfields` parameter must match the number of arguments"),
        (
            ["HGETEX", "h", "PERSIST", "1", "FIELDS", "1", "a"],
            "ERR Mandatory argument FIELDS is missing or not at the right position"
        ),
        (["HGETEX", "h", "PX", "-1", "FIELDS", "1", "a"], "ERR invalid expire time, must be >= 0"),
        (["HSETEX", "h", "NX", "FIELDS", "1", "a", "b"], "ERR unknown argument: NX"),
        (["HSETEX", "h", "FIELDS", "2", "a", "b"], "ERR wrong number of arguments for 'hsetex' command"),
        (["HSETEX", "h", "FIELDS", "1", "a", "b", "c"], "ERR wrong number of arguments for 'hsetex' command"),
        (["HSETEX", "h", "FIELDS", "x", "a", "b"], "ERR invalid number of fields"),
        (
            ["HSETEX", "h", "FNX", "FXX", "FIELDS", "1", "a", "b"],
            "ERR Only one of FXX or FNX arguments can be specified"
        ),
        (
            ["HSETEX", "h", "EX", "1", "KEEPTTL", "FIELDS", "1", "a", "b"],
            "ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified"
        ),
        (["HSETEX", "h", "EX", "FIELDS", "1", "a", "b"], "ERR value is not an integer or out of range"),
    ])
    func refusals(words: [String], expected: String) {
        let redis = runner(isTable: false)
        _ = redis("SET", "s", "a string")
        #expect(redis.run(words.map { Array($0.utf8) }) == "-\(expected)|")
        #expect(redis("HGETALL", "h") == "*6|$1|a|$1|1|$1|b|$1|2|$1|c|$1|3|")
        #expect(redis("HTTL", "h", "FIELDS", "3", "a", "b", "c") == "*3|:-1|:-1|:-1|")
    }
}
