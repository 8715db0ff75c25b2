import SnugConfiguration
import Testing

@Suite struct ConfigGetTests {
    private func names(_ patterns: String...) -> [String] {
        Configuration().values(matching: patterns.map { Array($0.utf8) }).map { String(decoding: $0.name, as: UTF8.self) }
    }

    @Test func namesAreAnsweredAsTheyWereWritten() {
        #expect(names("TimeOut") == ["TimeOut"])
        #expect(names("timeout", "TIMEOUT", "nothing") == ["timeout"])
    }

    @Test func patterns() {
        #expect(Set(names("hash-max-*")) == [
            "hash-max-listpack-entries", "hash-max-ziplist-entries", "hash-max-listpack-value", "hash-max-ziplist-value",
        ])
        #expect(names("TIME?UT") == ["timeout"])
        #expect(names("[t]imeout") == ["timeout"])
        #expect(names("[^a-s]imeout") == ["timeout"])
        #expect(names("time*", "timeout") == ["timeout"])
        #expect(names("") == [])
        #expect(names("h\\z") == [])
        #expect(names("[h-").isEmpty)
        #expect(names("*").count == Directives.all.count + Directives.all.count { $0.oldName != nil })
    }

    @Test func manyStarsCostLittle() {
        #expect(names(String(repeating: "*a", count: 2000) + "*").isEmpty)
    }
}
