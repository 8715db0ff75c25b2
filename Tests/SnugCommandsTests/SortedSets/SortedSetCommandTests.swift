import Testing

/// Replies that a reader of the commands' code would want to see; the differential suite compares the rest with Redis.
@Suite struct SortedSetCommandTests {
    @Test func adding() {
        let run = CommandRunner()
        #expect(run("ZADD", "z", "1", "a", "2", "b", "2.5", "c") == ":3|")
        #expect(run("ZADD", "z", "3", "a", "2", "b") == ":0|")
        #expect(run("ZADD", "z", "CH", "1", "a", "2", "b", "9", "d") == ":2|")
        #expect(run("ZADD", "z", "NX", "5", "a", "5", "e") == ":1|")
        #expect(run("ZADD", "z", "XX", "CH", "6", "e", "6", "f") == ":1|")
        #expect(run("ZADD", "z", "GT", "CH", "5", "e", "7", "a") == ":1|")
        #expect(run("ZADD", "z", "LT", "CH", "5", "e", "8", "a") == ":1|")
        #expect(run("ZADD", "z", "INCR", "0.5", "c") == "$1|3|")
        #expect(run("ZADD", "z", "NX", "INCR", "1", "c") == "$-1|")
        #expect(run("ZINCRBY", "z", "-inf", "c") == "$4|-inf|")
        #expect(run("ZINCRBY", "z", "inf", "c") == "-ERR resulting score is not a number (NaN)|")
        #expect(run("ZSCORE", "z", "c") == "$4|-inf|")
        #expect(run("ZCARD", "z") == ":5|")
    }

    @Test func complaintsOfAdding() {
        let run = CommandRunner()
        #expect(run("ZADD", "z", "1") == "wrong arity")
        #expect(run("ZADD", "z", "NX", "1") == "-ERR syntax error|")
        #expect(run("ZADD", "z", "x", "a", "1", "b") == "-ERR value is not a valid float|")
        #expect(
            run("ZADD", "z", "NX", "XX", "1", "a")
                == "-ERR XX and NX options at the same time are not compatible|")
        #expect(
            run("ZADD", "z", "GT", "LT", "1", "a")
                == "-ERR GT, LT, and/or NX options at the same time are not compatible|")
        #expect(
            run("ZADD", "z", "INCR", "1", "a", "2", "b")
                == "-ERR INCR option supports a single increment-element pair|")
        #expect(run("EXISTS", "z") == ":0|")
        _ = run("SET", "s", "v")
        #expect(run("ZADD", "s", "1", "a").hasPrefix("-WRONGTYPE"))
        #expect(run("ZADD", "z", "XX", "1", "a") == ":0|" && run("EXISTS", "z") == ":0|")
    }

    @Test func ranges() {
        let run = CommandRunner()
        _ = run("ZADD", "z", "1", "a", "2", "b", "2", "c", "3", "d")
        #expect(run("ZRANGE", "z", "0", "-1") == "*4|$1|a|$1|b|$1|c|$1|d|")
        #expect(run("ZRANGE", "z", "1", "2", "REV", "WITHSCORES") == "*4|$1|c|$1|2|$1|b|$1|2|")
        #expect(run("ZRANGE", "z", "(1", "+inf", "BYSCORE", "LIMIT", "1", "5") == "*2|$1|c|$1|d|")
        #expect(run("ZRANGE", "z", "3", "(1", "BYSCORE", "REV", "LIMIT", "1", "-1") == "*2|$1|c|$1|b|")
        #expect(run("ZREVRANGEBYSCORE", "z", "2", "-inf", "LIMIT", "0", "1") == "*1|$1|c|")
        #expect(run("ZRANGEBYSCORE", "z", "5", "9") == "*0|" && run("ZRANGE", "none", "0", "1") == "*0|")
        #expect(run("ZCOUNT", "z", "2", "(3") == ":2|")
        #expect(run("ZRANGE", "z", "0", "1", "LIMIT", "0", "1").contains("LIMIT is only supported"))
        #expect(run("ZRANGE", "z", "[a", "[b", "BYLEX", "WITHSCORES").contains("WITHSCORES not supported"))
        #expect(run("ZRANGE", "z", "x", "1", "BYSCORE") == "-ERR min or max is not a float|")
        #expect(run("ZRANGE", "z", "x", "1", "BYLEX") == "-ERR min or max not valid string range item|")
        run.version = 3
        #expect(run("ZRANGE", "z", "0", "0", "WITHSCORES") == "*1|*2|$1|a|,1|")
        #expect(run("ZPOPMIN", "z") == "*2|$1|a|,1|" && run("ZPOPMAX", "z", "1") == "*1|*2|$1|d|,3|")
    }

    @Test func strings() {
        let run = CommandRunner()
        _ = run("ZADD", "z", "0", "a", "0", "ab", "0", "b", "0", "c")
        #expect(run("ZRANGEBYLEX", "z", "[a", "(b") == "*2|$1|a|$2|ab|")
        #expect(run("ZREVRANGEBYLEX", "z", "+", "(ab", "LIMIT", "0", "1") == "*1|$1|c|")
        #expect(run("ZLEXCOUNT", "z", "-", "+") == ":4|" && run("ZLEXCOUNT", "z", "(a", "[ab") == ":1|")
        #expect(run("ZREMRANGEBYLEX", "z", "[ab", "[b") == ":2|")
        #expect(run("ZRANGE", "z", "0", "-1") == "*2|$1|a|$1|c|")
    }

    @Test func ranksAndRemoval() {
        let run = CommandRunner()
        for number in 0..<300 { _ = run("ZADD", "z", "\(number)", "m:\(number)") }
        #expect(run("OBJECT", "ENCODING", "z") == "no data command" || run("ZCARD", "z") == ":300|")
        #expect(run("ZRANK", "z", "m:17") == ":17|" && run("ZREVRANK", "z", "m:17") == ":282|")
        #expect(run("ZRANK", "z", "m:17", "WITHSCORE") == "*2|:17|$2|17|")
        #expect(run("ZRANK", "z", "x") == "$-1|" && run("ZRANK", "z", "x", "WITHSCORE") == "*-1|")
        #expect(run("ZMSCORE", "z", "m:1", "x") == "*2|$1|1|$-1|")
        #expect(run("ZREM", "z", "m:1", "x", "m:2") == ":2|")
        #expect(run("ZREMRANGEBYRANK", "z", "0", "0") == ":1|" && run("ZREMRANGEBYSCORE", "z", "10", "(20") == ":10|")
        #expect(run("ZREMRANGEBYSCORE", "z", "-inf", "inf") == ":287|" && run("EXISTS", "z") == ":0|")
    }
}
