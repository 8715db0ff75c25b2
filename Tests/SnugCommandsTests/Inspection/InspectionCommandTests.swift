import SnugEngine
import SnugMemory
import Testing

@testable import SnugCommands

@Suite struct InspectionCommandTests {
    private func runner() -> CommandRunner {
        let snug = CommandRunner()
        for number in 0..<1000 { _ = snug("SET", "user:\(number):blocked", "1") }
        for number in 0..<100 {
            _ = snug("SET", "page:\(number * 1000)", "some text of no pattern \(number)", "EX", "100")
        }
        _ = snug("SET", "once", "1")
        return snug
    }

    @Test func shapes() {
        let snug = runner()
        #expect(snug("SNUG", "SHAPES").hasPrefix("*3|*10|$5|shape|$6|page:#|$4|keys|:"))
        #expect(snug("SNUG", "SHAPES", "by", "keys", "limit", "1").hasPrefix("*2|*10|$5|shape|$14|user:#:blocked|"))
        #expect(snug("SNUG", "SHAPES").contains("|$5|shape|$7|<other>|$4|keys|:"))
        snug.version = 3
        let reply = snug("SNUG", "SHAPES", "LIMIT", "1", "BY", "KEYS", "BY", "BYTES")
        #expect(reply.hasPrefix("*2|%5|$5|shape|$6|page:#|$4|keys|:"))
        #expect(reply.contains("|$13|bytes-per-key|,"))
    }

    @Test(
        arguments: [
            (["LIMIT"], "-ERR syntax error|"), (["BY", "SIZE"], "-ERR syntax error|"),
            (["x", "1"], "-ERR syntax error|"),
            (["LIMIT", "-1"], "-ERR value is out of range, must be positive|"),
            (["LIMIT", "x"], "-ERR value is out of range, must be positive|"),
            (["LIMIT", "9223372036854775808"], "-ERR value is out of range, must be positive|"),
        ])
    func wrongOptions(words: [String], error: String) {
        for subcommand in ["SHAPES", "ENCODINGS"] {
            #expect(CommandRunner().run((["SNUG", subcommand] + words).map { Array($0.utf8) }) == error)
        }
    }

    @Test func encodings() {
        let snug = runner()
        for user in 0..<100 {
            for field in 0...(user % 7) { _ = snug("HSET", "cart:\(user)000", "item\(field)", "text \(user)") }
        }
        for field in 0..<600 { _ = snug("HSET", "cart:1000", "item\(field)", "v") }
        let flat = snug("SNUG", "ENCODINGS", "LIMIT", "0")
        #expect(
            flat.hasPrefix(
                "*6|$6|limits|*4|$25|hash-max-listpack-entries|:512|$23|hash-max-listpack-value|:64|$9|encodings|*4|"))
        #expect(flat.contains("*10|$4|type|$6|string|$8|encoding|$3|int|$4|keys|:1001|$8|elements|:1001|$5|bytes|:"))
        snug.version = 3
        let reply = snug("SNUG", "ENCODINGS", "limit", "5")
        #expect(reply.hasPrefix("%3|$6|limits|%2|$25|"))
        #expect(reply.contains("|$4|type|$4|hash|$8|encoding|$8|listpack|$4|keys|:99|$8|elements|:393|$5|bytes|:"))
        #expect(reply.contains("%8|$5|shape|$6|cart:#|$4|type|$4|hash|$8|encoding|$9|hashtable|$4|keys|:1|"))
        #expect(reply.contains("|$16|keys-by-elements|%1|$7|513-768|:1|$15|keys-by-longest|%1|$3|7-8|:1|"))
        #expect(reply.contains("|$16|keys-by-elements|%6|$1|1|:15|$1|2|:14|$1|3|:14|$1|4|:14|$3|5-6|:28|$3|7-8|:14|"))
    }

    @Test func anEmptyServerHasNoShapes() {
        #expect(CommandRunner()("SNUG", "SHAPES") == "*0|")
        #expect(CommandRunner()("SNUG", "LAYOUT", "nothing") == "$-1|")
    }

    @Test func layout() {
        let snug = runner()
        snug.version = 3
        let reply = snug("SNUG", "LAYOUT", "user:500:blocked")
        #expect(reply.hasPrefix("%17|$5|shape|$14|user:#:blocked|$8|template|$8|number 0|$8|run-keys|:64|"))
        #expect(reply.contains("|$8|presence|$6|all 64|$6|values|$18|integers of 0 bits|$8|expiries|$4|none|"))
        #expect(reply.contains("|$7|payload|$7|integer|$13|payload-bytes|:1|$4|pack|:"))
        #expect(count(of: reply, from: 1) == 34)
        snug.version = 2
        for number in 0..<1000 { _ = snug("HSET", "h", "f\(number)", "v") }
        let table = snug("SNUG", "LAYOUT", "h")
        #expect(table.hasPrefix("*38|") && table.contains("|$20|reference to a table|"))
        #expect(table.contains("|$12|table-fields|:1000|$11|table-packs|:"))
        #expect(count(of: table, from: 1) == 38)
    }

    /// How many strings and integers a reply without nesting has.
    private func count(of reply: String, from start: Int) -> Int {
        let lines = reply.split(separator: "|", omittingEmptySubsequences: false).dropLast().dropFirst(start)
        return lines.count { $0.hasPrefix("$") } + lines.count { $0.hasPrefix(":") }
    }

    @Test func help() {
        let reply = CommandRunner()("SNUG", "HELP")
        #expect(reply.hasPrefix("*17|+SNUG <subcommand> [<arg> ...]. The subcommands are:|"))
        #expect(reply.split(separator: "|").count == 21, "the bars of LIMIT and FLIPS are the lines' own")
    }
}
