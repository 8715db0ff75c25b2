import SnugMemory
import Testing

@testable import SnugServer

/// INFO read back as clients read it.
@Suite struct InfoTests {
    private let test = TestServer()

    private func fields(_ words: String) -> [String: String] {
        let client = test.connect()
        var fields: [String: String] = [:]
        for line in client("INFO \(words)").split(separator: " ") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
        }
        return fields
    }

    @Test func everyLineIsASectionOrAField() {
        let server = test.server
        let text = server.information(Set(InfoSection.allCases), replyBufferByteCount: 0)
        #expect(text.hasPrefix("# Server\r\n") && text.hasSuffix("\r\n"))
        var names: Set<String> = []
        for line in text.split(separator: "\r\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            #expect(parts.count == 2, "\(line)")
            #expect(names.insert(String(parts[0])).inserted, "\(parts[0]) twice")
        }
    }

    @Test func sectionsAreThoseAskedFor() {
        func sections(_ words: [String]) -> Set<InfoSection> {
            words.reduce(into: []) { $0.formUnion(InfoSection.named(by: Array($1.utf8).rawBytes)) }
        }
        #expect(sections(["SERVER"]) == [.server])
        #expect(sections(["keyspace", "Clients"]) == [.keyspace, .clients])
        #expect(sections(["nothing"]).isEmpty)
        #expect(sections(["all"]) == sections(["everything"]))
        #expect(!sections(["default"]).contains(.commandstats))
    }

    @Test func callsAndErrorsAreCounted() {
        let client = test.connect()
        client("GET k")
        client("GET k")
        client("GET")
        client("HGET k")
        client("NOTHING")
        let found = fields("commandstats errorstats stats")
        #expect(found["cmdstat_get"]?.hasPrefix("calls=2,usec=") == true)
        #expect(found["cmdstat_get"]?.hasSuffix("rejected_calls=1,failed_calls=0") == true)
        #expect(found["errorstat_ERR"] == "count=3")
        #expect(found["total_error_replies"] == "3")
        client("CONFIG RESETSTAT")
        #expect(fields("errorstats")["errorstat_ERR"] == nil)
    }

    @Test func databasesWithKeysAreShown() {
        test.set("a", to: "1")
        test.set("b", to: "1", expiry: test.now + 60_000, inDatabase: 3)
        let found = fields("keyspace")
        #expect(found["db0"] == "keys=1,expires=0,avg_ttl=0,subexpiry=0")
        #expect(found["db3"]?.hasPrefix("keys=1,expires=1,avg_ttl=") == true)
        #expect(found["db1"] == nil)
    }

    @Test(arguments: [(0, "0B"), (1023, "1023B"), (1024, "1.00K"), (990440, "967.23K"), (1 << 30, "1.00G")])
    func bytesForPeople(byteCount: Int, text: String) {
        #expect(humanByteCount(byteCount) == text)
    }

    @Test func fixedDigits() {
        #expect(fixed(0, digits: 2) == "0.00")
        #expect(fixed(7.006, digits: 2) == "7.01")
        #expect(fixed(-0.5, digits: 0) == "-1")
        #expect(fixed(0.000012, digits: 6) == "0.000012")
        #expect(fixed(99.9, digits: 3) == "99.900")
    }

    @Test func ratesAreMeansOfSixteenSamples() {
        var rates = ServerRates()
        for step in 0...16 as ClosedRange<Int64> {
            rates.sample(
                commands: UInt64(step) * 50, receivedByteCount: UInt64(step) * 1000, sentByteCount: 0,
                now: 1_000_000 + step * 100)
        }
        #expect(rates.commands.perSecond == 500)
        #expect(rates.receivedBytes.perSecond == 10_000)
        #expect(rates.sentBytes.perSecond == 0)
        rates.sample(commands: 1_000_000, receivedByteCount: 0, sentByteCount: 0, now: 1_000_000 + 1650)
        #expect(rates.commands.perSecond == 500, "a sample before its time")
    }
}
