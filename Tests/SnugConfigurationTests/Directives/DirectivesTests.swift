import Foundation
import SnugConfiguration
import SnugEngine
import Testing

@Suite struct DirectivesTests {
    /// Names and defaults of Redis 7.0.15, as its CONFIG GET answers them; save, bind, port and dir aside, whose
    /// defaults are Snug's own.
    @Test func defaultsAreThoseOfRedis() throws {
        let url = try #require(Bundle.module.url(forResource: "Golden/redis-7.0-defaults", withExtension: "txt"))
        let configuration = Configuration()
        for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
            #expect(configuration.get(parts[0]) == (parts.count > 1 ? parts[1] : ""), "\(parts[0])")
        }
    }

    @Test(arguments: Directives.all.map(\.name))
    func valueSurvivesBeingSet(_ name: String) throws {
        let directive = try #require(Directives.find(Array(name.utf8)))
        for value in candidates(directive.kind) {
            var first = Configuration()
            do { try directive.set(value: Array(value.utf8), in: &first) } catch { continue }
            var second = Configuration()
            try directive.set(value: directive.value(in: first), in: &second)
            #expect(directive.value(in: first) == directive.value(in: second), "\(name) \(value)")
        }
    }

    /// Each directive takes at least one value other than its default, so that the test above tests something.
    @Test(arguments: Directives.all.map(\.name))
    func someOtherValueIsTaken(_ name: String) throws {
        let directive = try #require(Directives.find(Array(name.utf8)))
        let initial = directive.value(in: Configuration())
        let changes = candidates(directive.kind).contains { value in
            var configuration = Configuration()
            do { try directive.set(value: Array(value.utf8), in: &configuration) } catch { return false }
            return directive.value(in: configuration) != initial
        }
        #expect(changes || name == "activedefrag")
    }

    @Test(arguments: Directives.all.map(\.name))
    func badValueChangesNothing(_ name: String) throws {
        let directive = try #require(Directives.find(Array(name.utf8)))
        let bad: [String]
        switch directive.kind {
        case .bool: bad = ["", "1", "maybe", "yes "]
        case .integer: bad = ["", "x", "+1", "01", "1.5", "1k", "99999999999999999999", " 1"]
        case .octal: bad = ["", "8", "-1", "7777777777777"]
        case .memory: bad = ["-1", "1x", "1 kb", "1.5gb", "5%"]
        case .memoryOrPercent: bad = ["-1", "101%", "1x", "%"]
        case .choice, .choices: bad = ["", "no-such-word"]
        case .text, .words: bad = []
        }
        for value in bad {
            var configuration = Configuration()
            #expect(throws: ValueError.self, "\(name) \(value)") {
                try directive.set(value: Array(value.utf8), in: &configuration)
            }
            #expect(directive.value(in: configuration) == directive.value(in: Configuration()))
        }
    }

    @Test func integersTakeTheirBoundsAndNothingBeyond() {
        for directive in Directives.all where directive.name != "hz" {
            guard case .integer(let range) = directive.kind else { continue }
            for bound in [range.lowerBound, range.upperBound] {
                var configuration = Configuration()
                #expect(throws: Never.self) { try directive.set(value: Array("\(bound)".utf8), in: &configuration) }
                #expect(directive.value(in: configuration) == Array("\(bound)".utf8), "\(directive.name)")
            }
            for (bound, step) in [(range.lowerBound, Int64(-1)), (range.upperBound, 1)] {
                let (outside, overflows) = bound.addingReportingOverflow(step)
                var configuration = Configuration()
                guard !overflows else { continue }
                #expect(throws: ValueError.self, "\(directive.name) \(outside)") {
                    try directive.set(value: Array("\(outside)".utf8), in: &configuration)
                }
            }
        }
    }

    @Test func oldNamesAreAliases() throws {
        let configuration = try Configuration().set("hash-max-ziplist-entries", "7", "HASH-MAX-LISTPACK-VALUE", "1kb")
        #expect(configuration.get("hash-max-listpack-entries") == "7")
        #expect(configuration.get("hash-max-ziplist-entries") == "7")
        #expect(configuration.get("hash-max-ziplist-value") == "1024")
        #expect(configuration.limits.hashListpackValueMax == 1024)
    }

    @Test func nearestNames() {
        #expect(Directives.nearest(to: Array("prot".utf8)) == "port")
        #expect(Directives.nearest(to: Array("max-clients".utf8)) == "maxclients")
        #expect(Directives.nearest(to: Array("hash-max-listpack-entires".utf8)) == "hash-max-listpack-entries")
        #expect(Directives.nearest(to: Array("completely-different".utf8)) == nil)
    }

    private func candidates(_ kind: ValueKind) -> [String] {
        switch kind {
        case .bool: ["yes", "no", "YES"]
        case .integer(let range):
            [range.lowerBound, range.upperBound, min(max(17, range.lowerBound), range.upperBound)].map(String.init)
        case .octal: ["0", "755", "777"]
        case .memory: ["1048576", "2mb", "3GB", "5000k", "0"]
        case .memoryOrPercent: ["0", "10mb", "5%"]
        case .choice(let words): words + words.map { $0.uppercased() }
        case .choices(let words): words + [words.suffix(2).joined(separator: " ")]
        case .text: ["", "word", "two words", "\"'\\"]
        case .words: ["", "900 1 300 10", "10 20 30", "normal 1kb 2 3", "KEA", "host 6380", "127.0.0.1 -::1 *"]
        }
    }
}
