import SnugConfiguration
import Testing

/// CONFIG SET's rules and texts, as redis-server 7.0.15 answers.
@Suite struct ConfigSetTests {
    @Test(arguments: [
        (["maxclients", "x"], "maxclients", "argument couldn't be parsed into an integer"),
        (["maxclients", "0"], "maxclients", "argument must be between 1 and 4294967295 inclusive"),
        (["port", "99999"], "port", "argument must be between 0 and 65535 inclusive"),
        (["daemonize", "yes"], "daemonize", "can't set immutable config"),
        (["dir", "/tmp"], "dir", "can't set protected config"),
        (["hz", "1", "hz", "2"], "hz", "duplicate parameter"),
        (["HZ", "1", "hz", "2"], "hz", "duplicate parameter"),
        (["appendonly", "maybe"], "appendonly", "argument must be 'yes' or 'no'"),
        (["timeout", "1", "databases", "3"], "databases", "can't set immutable config"),
        (["save", "900 1 300"], "save", "Invalid save parameters"),
        (["save", "0 1"], "save", "Invalid save parameters"),
        (
            ["notify-keyspace-events", "Q"], "notify-keyspace-events",
            "Invalid event class character. Use 'Ag$lshzxeKEtmdn'."
        ),
        (
            ["latency-tracking-info-percentiles", "x"], "latency-tracking-info-percentiles",
            "Invalid latency-tracking-info-percentiles parameters"
        ),
        (
            ["latency-tracking-info-percentiles", "101"], "latency-tracking-info-percentiles",
            "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]"
        ),
        (
            ["client-output-buffer-limit", "normal 0 0"], "client-output-buffer-limit",
            "Wrong number of arguments in buffer limit configuration."
        ),
        (
            ["client-output-buffer-limit", "foo 0 0 0"], "client-output-buffer-limit",
            "Invalid client class specified in buffer limit configuration."
        ),
        (
            ["client-output-buffer-limit", "normal 0 0 x"], "client-output-buffer-limit",
            "Error in hard, soft or soft_seconds setting in buffer limit configuration."
        ),
        (["maxmemory-clients", "101%"], "maxmemory-clients", "percentage argument must be less or equal to 100"),
        (["bind", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7"], "bind", "Too many bind addresses specified."),
        (["dbfilename", "a/b"], "dbfilename", "can't set protected config"),
        (["oom-score-adj-values", "1 2"], "oom-score-adj-values", "wrong number of arguments"),
    ])
    func failures(_ words: [String], _ name: String, _ text: String) {
        let reply = "ERR CONFIG SET failed (possibly related to argument '\(name)') - \(text)"
        #expect(throws: Configuration.ChangeError.failed(name: Array(name.utf8), text: text)) {
            try Configuration().changed(words.map { Array($0.utf8) }, allowsProtected: false)
        }
        #expect(
            String(decoding: Configuration.ChangeError.failed(name: Array(name.utf8), text: text).reply, as: UTF8.self)
                == reply)
    }

    @Test func unknownNamesAndOddWords() {
        let unknown = "ERR Unknown option or number of arguments for CONFIG SET - 'bogus'"
        #expect(Configuration().setError("bogus", "1") == unknown)
        #expect(Configuration().setError("hz", "30", "bogus", "1") == unknown)
        #expect(Configuration().setError("include", "x") != nil)
        #expect(Configuration().setError("hz", "1", "timeout") == "ERR syntax error")
    }

    @Test func aliasesOfOneDirectiveMayBothBeSet() throws {
        let set = try Configuration().set("hash-max-listpack-value", "1", "hash-max-ziplist-value", "2")
        #expect(set.get("hash-max-listpack-value") == "2")
    }

    @Test func valuesInNormalForm() throws {
        let set = try Configuration().set(
            "loglevel", "WARNING", "maxmemory-policy", "AllKeys-LRU", "notify-keyspace-events", "KEA", "hz", "600",
            "latency-tracking-info-percentiles", "1 75.5 1e1 0.1234567890123456789", "save", "900 1 300 10",
            "client-output-buffer-limit", "normal 1mb 2 3 replica 4 5kb 6")
        #expect(set.get("loglevel") == "warning")
        #expect(set.get("maxmemory-policy") == "allkeys-lru")
        #expect(set.get("notify-keyspace-events") == "AKE")
        #expect(set.get("hz") == "500")
        #expect(set.get("latency-tracking-info-percentiles") == "1 75.5 10 0.123457")
        #expect(set.get("save") == "900 1 300 10")
        #expect(
            set.get("client-output-buffer-limit")
                == "normal 1048576 2 3 slave 4 5120 6 pubsub 33554432 8388608 60")
        #expect(try set.set("save", "").get("save") == "")
        #expect(try set.set("latency-tracking-info-percentiles", "").get("latency-tracking-info-percentiles") == "")
    }

    @Test func protectedDirectivesWhereAllowed() throws {
        #expect(try Configuration().set("dbfilename", "x.rdb", allowsProtected: true).get("dbfilename") == "x.rdb")
    }
}
