import SnugEngine
import Testing

@testable import SnugServer

@Suite struct FlipTextTests {
    private func line(
        kind: EncodingEvent.Kind = .changed, type: ValueType = .hash, key: String = "k:1",
        from: Encoding = .listpack, to: Encoding = .hashTable, _ limit: EncodingLimit, _ setting: Int, _ value: Int,
        leftOut: Int = 0, hidesKey: Bool = false, cause: FlipCause = FlipCause(address: "1.2.3.4:5", command: "hset")
    ) -> String {
        let event = EncodingEvent(
            kind, database: 3, key: Array(key.utf8), shape: Array("k:#".utf8), type: type, from: from, to: to,
            LimitReached(limit, setting: setting, value: value))
        return FlipText(event: event, cause: cause, warnPercent: 90, leftOut: leftOut, hidesKey: hidesKey).line
    }

    @Test func changes() {
        #expect(
            line(.hashEntries, 512, 513) == """
                hash "k:1" in database 3 went from listpack to hashtable: 513 fields exceed hash-max-listpack-entries \
                512; client 1.2.3.4:5, command hset
                """)
        #expect(
            line(from: .listpackWithExpiry, .hashValue, 64, 65, cause: FlipCause()) == """
                hash "k:1" in database 3 went from listpackex to hashtable: a field or value of 65 bytes exceeds \
                hash-max-listpack-value 64; as fields expired
                """)
        #expect(line(.hashEntries, 0, 1).contains(": 1 field exceeds hash-max-listpack-entries 0;"))
        #expect(line(.hashValue, 0, 1).contains(": a field or value of 1 byte exceeds hash-max-listpack-value 0;"))
        #expect(line(.listpackBytes, 10, 11).contains(": 11 bytes exceed listpack-bytes 10;"))
        #expect(line(type: .set, .hashEntries, 5, 6).hasPrefix("set \"k:1\""))
        #expect(line(type: .set, .hashEntries, 5, 6).contains(": 6 members exceed"))
    }

    @Test func theWayBack() {
        let text = line(from: .hashTable, to: .listpack, .hashEntries, 512, 200)
        #expect(text.contains("went from hashtable to listpack: 200 fields are below half of hash-max-listpack-entr"))
        #expect(line(from: .hashTable, to: .listpack, .hashEntries, 8, 1).contains(": 1 field is below half of"))
        let list = line(type: .list, from: .quickList, to: .listpack, .listBytes, 8192, 4096)
        #expect(list.contains("quicklist to listpack: 4096 bytes are at most half of list-max-listpack-size 8192;"))
    }

    @Test func comingNear() {
        #expect(
            line(kind: .near, .hashEntries, 512, 461).contains(
                "is near to leaving listpack for hashtable: 461 fields, at least 90 % of hash-max-listpack-entries 512;"
            ))
        let text = line(kind: .near, .hashValue, 64, 58)
        #expect(text.contains(": a field or value of 58 bytes, at least 90 % of hash-max-listpack-value 64;"))
    }

    @Test func whatIsLeftOut() {
        #expect(line(.hashEntries, 1, 2, leftOut: 41).hasSuffix("; 41 more of the shape k:# were left out before"))
        #expect(line(.hashEntries, 1, 2, leftOut: 1, hidesKey: true).hasSuffix("; 1 more was left out before"))
        #expect(line(.hashEntries, 1, 2, hidesKey: true).hasPrefix("hash (redacted) in database 3 "))
        let leftOut = LineLimiter.LeftOut(shape: Array("a\nb".utf8), count: 2)
        #expect(
            FlipText.line(leftOut: leftOut, .near, hidesKey: false)
                == #"encodings: 2 more warnings of the shape "a\nb" were left out of the log"#)
    }
}
