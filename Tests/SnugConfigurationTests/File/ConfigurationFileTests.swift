import SnugConfiguration
import Testing

@Suite struct ConfigurationFileTests {
    @Test func commentsQuotesAndCase() throws {
        let configuration = try load(
            "# comment\n\n   timeout 30   \r\nTCP-KEEPALIVE 77\n\t# another\nrequirepass \"a \\\"b\\\" \\x41\"\nlogfile 'it\\'s'"
        )
        #expect(configuration.network.idleSecondsMax == 30)
        #expect(configuration.network.keepaliveSeconds == 77)
        #expect(configuration.password == Array("a \"b\" A".utf8))
        #expect(configuration.log.path == "it's")
    }

    @Test func repeatedDirectives() throws {
        let configuration = try load(
            """
            timeout 1
            timeout 2
            save 900 1
            save 300 10
            client-output-buffer-limit normal 1 2 3
            client-output-buffer-limit pubsub 4 5 6
            bind 127.0.0.1 -::1
            bind *
            """)
        #expect(configuration.network.idleSecondsMax == 2)
        #expect(configuration.get("save") == "900 1 300 10")
        #expect(
            configuration.get("client-output-buffer-limit") == "normal 1 2 3 slave 268435456 67108864 60 pubsub 4 5 6")
        #expect(configuration.bind == ["*"])
        #expect(try load("save 900 1\nsave \"\"\n").get("save") == "")
        #expect(try load("bind \"\"").bind == [])
    }

    @Test(arguments: [
        ("timeout 1\nprot 2", 2, "unknown directive 'prot'; did you mean 'port'?"),
        ("\n\ntimeout x", 3, "'x' is no value for 'timeout', which takes an integer from 0 to 2147483647"),
        ("timeout", 1, "'timeout' takes one value, not 0: an integer from 0 to 2147483647"),
        ("timeout 1 2", 1, "'timeout' takes one value, not 2: an integer from 0 to 2147483647"),
        ("# x\nrequirepass \"open", 2, "a quote is not closed, or something follows a closing quote without a blank"),
        (
            "loglevel shouting", 1,
            "'shouting' is no value for 'loglevel', which takes one of debug, verbose, notice, warning, nothing"
        ),
        ("loadmodule x.so", 1, "'loadmodule' is not supported: modules cannot be loaded"),
        ("include", 1, "'include' takes one path"),
        ("include nothing.conf", 1, "'nothing.conf' cannot be read: No such file or directory"),
        ("replicaof host", 1, "'replicaof' takes two values, not 1: host and port of the master, or no one"),
        ("save 900", 1, "'save': Invalid save parameters (seconds and changes, any number of pairs; \"\" for none)"),
    ])
    func errorsSayWhereAndWhat(_ text: String, _ line: Int, _ reason: String) throws {
        let error = try #require(loadError(text))
        #expect(error.origin == "snug.conf")
        #expect(error.line == line)
        #expect(error.reason == reason)
        #expect(!error.description.contains("\n"))
    }

    @Test func includes() throws {
        let files = [
            "a.conf": "timeout 5\ntcp-keepalive 9\n", "dir/1.conf": "maxclients 10\n", "dir/2.conf": "maxclients 20\n",
        ]
        let configuration = try load(
            "include a.conf\ntimeout 6\ninclude dir/*.conf\ninclude none*.conf\n", files: files)
        #expect(configuration.network.idleSecondsMax == 6)
        #expect(configuration.network.keepaliveSeconds == 9)
        #expect(configuration.clients.countMax == 20)
    }

    @Test func includeLoopsAreErrors() throws {
        let files = ["a.conf": "include b.conf", "b.conf": "\ninclude a.conf"]
        let error = try #require(loadError("include a.conf", files: files))
        #expect(error.origin == "b.conf")
        #expect(error.line == 2)
        #expect(loadError("include snug.conf", files: ["snug.conf": ""]) != nil)
        let chain = Dictionary(uniqueKeysWithValues: (0..<100).map { ("\($0)", "include \($0 + 1)") })
        #expect(loadError("include 0", files: chain) != nil)
    }

    @Test func warnings() throws {
        func sentences(_ text: String) throws -> [String] {
            var loader = ConfigurationLoader(sources: MemoryFiles())
            try loader.load(Array(text.utf8), origin: "x")
            return ConfigurationWarnings.sentences(given: loader.given, loader.configuration)
        }
        #expect(try sentences("save \"\"\nappendonly no\ntimeout 3\ncluster-enabled no\nlazyfree-lazy-expire no") == [])
        #expect(
            try sentences("rdbcompression yes\nslave-priority 7\nrdbcompression no")
                == ["these directives are kept without effect: rdbcompression, replica-priority"])
        #expect(try sentences("maxmemory 1gb").count == 1)
        #expect(try sentences("appendonly yes") == ["appendonly: data is not written to disk yet"])
    }

    @Test func anyBytesGiveLinesOrAnError() {
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        var generator = SplitMix(state: seed)
        let pieces = [
            "port ", "save 1 1", "\"", "'", "\\", "\\x4", "#", "\n", "\r\n", " ", "\0", "include x", "bind", "\u{7f}é",
        ]
        for _ in 0..<300 {
            var bytes: [UInt8] = []
            for _ in 0..<Int(generator.next() % 12) {
                bytes += pieces[Int(generator.next() % UInt64(pieces.count))].utf8
                if generator.next() % 4 == 0 { bytes.append(UInt8(truncatingIfNeeded: generator.next())) }
            }
            var loader = ConfigurationLoader(sources: MemoryFiles())
            do throws(ConfigurationError) {
                try loader.load(bytes, origin: "fuzz")
            } catch {
                #expect(error.origin == "fuzz", "seed \(seed)")
            }
        }
    }
}

/// A small generator with a seed (G. Steele, D. Lea, C. Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
