import SnugConfiguration
import Testing

@Suite struct ConfigGetTests {
    /// Here a pattern may end with a star, and nothing more: what patterns mean is tested with `GlobPattern`.
    private func names(_ patterns: String...) -> [String] {
        Configuration().values(matching: patterns.map { Array($0.utf8) }) { pattern, name in
            name.starts(with: pattern.prefix { $0 != UInt8(ascii: "*") })
        }.map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test func namesAreAnsweredAsTheyWereWritten() {
        #expect(names("TimeOut") == ["TimeOut"])
        #expect(names("timeout", "TIMEOUT", "nothing") == ["timeout"])
        #expect(names("") == [])
    }

    @Test func patterns() {
        #expect(
            Set(names("hash-max-*")) == [
                "hash-max-listpack-entries", "hash-max-ziplist-entries", "hash-max-listpack-value",
                "hash-max-ziplist-value",
            ])
        #expect(names("time*", "timeout") == ["timeout"])
        #expect(names("*", "port").count == Directives.all.count + Directives.all.count { $0.oldName != nil })
    }
}
