import SnugMemory
import SnugRESP
import Testing

@testable import SnugCommands

/// Key extraction for every form of `KeySpec`, by the words of whole requests.
@Suite struct KeyExtractionTests {
    private static let read: KeyFlags = [.readOnly, .access]

    private func indices(_ keys: [KeySpec], _ request: String) -> [Int]? {
        let spec = CommandSpec(
            name: "TEST", group: .generic, since: "1.0.0", arity: .atLeast(1), keys: keys, summary: "", complexity: "",
            reply: .ok)
        let arguments = OwnedArguments(request.split(separator: " ").map { Array($0.utf8) })
        return spec.keyPositions(arguments.arguments)?.map(\.index)
    }

    @Test func oneKey() {
        #expect(indices([.one(at: 1, Self.read)], "GET k") == [1])
        #expect(indices([.one(at: 2, Self.read)], "OBJECT ENCODING k") == [2])
        #expect(indices([.one(at: 2, Self.read)], "OBJECT ENCODING") == nil)
    }

    @Test func keysToTheEnd() {
        #expect(indices([.all(from: 1, Self.read)], "DEL a b c") == [1, 2, 3])
        #expect(indices([.all(from: 1, step: 2, Self.read)], "MSET a 1 b 2") == [1, 3])
        #expect(indices([.all(from: 1, step: 2, Self.read)], "MSET a 1 b") == [1, 3])
        #expect(indices([.all(from: 1, Self.read)], "DEL") == nil)
    }

    @Test func keysBeforeTheLastWord() {
        let key = KeySpec(begin: .index(1), find: .range(last: -2, step: 1, limit: 0), flags: Self.read)
        #expect(indices([key], "BLPOP a b 0") == [1, 2])
        #expect(indices([key], "BLPOP 0") == nil)
    }

    @Test func severalSpecifications() {
        #expect(indices([.one(at: 1, Self.read), .one(at: 2, Self.read)], "COPY a b REPLACE") == [1, 2])
        #expect(indices([.range(from: 1, to: 2, Self.read)], "LCS a b IDX") == [1, 2])
    }

    @Test func keysBehindAWord() {
        let key = KeySpec(
            begin: .keyword("STREAMS", startFrom: 1), find: .range(last: -1, step: 1, limit: 2), flags: Self.read)
        #expect(indices([key], "XREAD COUNT 2 streams a b 0 0") == [4, 5])
        #expect(indices([key], "XREAD COUNT 2") == [])
        #expect(indices([key], "XREAD STREAMS") == nil)
        let last = KeySpec(
            begin: .keyword("KEYS", startFrom: -2), find: .range(last: -1, step: 1, limit: 0), flags: Self.read)
        #expect(indices([last], "MIGRATE h 1 x 0 10 KEYS a b") == [7, 8])
        #expect(indices([last], "MIGRATE h 1 k 0 10 COPY") == [])
    }

    @Test func countedKeys() {
        let key = KeySpec(begin: .index(1), find: .count(index: 0, first: 1, step: 1), flags: Self.read)
        #expect(indices([key], "ZUNION 2 a b") == [2, 3])
        #expect(indices([key], "ZUNION 3 a b") == nil)
        #expect(indices([key], "ZUNION 0 a b") == nil)
        #expect(indices([key], "ZUNION x a") == nil)
        for hostile in ["-1", "-9223372036854775808", "9223372036854775807", "99999999999999999999"] {
            #expect(indices([key], "ZUNION \(hostile) a") == nil, "\(hostile)")
        }
    }

    @Test func wordsThatAreNoKeys() {
        #expect(indices([.one(at: 1, [.notKey])], "SPUBLISH channel message") == [])
        let unknown = KeySpec(begin: .unknown, find: .unknown, flags: [.incomplete])
        #expect(indices([.one(at: 1, Self.read), unknown], "SORT k") == nil)
    }

    @Test func flagsComeAlong() {
        let plain = OwnedArguments([Array("SET".utf8), Array("k".utf8), Array("v".utf8)])
        let get = OwnedArguments([Array("SET".utf8), Array("k".utf8), Array("v".utf8), Array("get".utf8)])
        #expect(SetString.keyPositions(plain.arguments) == [KeyPosition(index: 1, flags: [.overwrite, .update])])
        #expect(
            SetString.keyPositions(get.arguments) == [KeyPosition(index: 1, flags: [.readWrite, .access, .update])])
    }

    @Test func theOlderNotation() {
        func range(_ keys: [KeySpec]) -> [Int] {
            let spec = CommandSpec(
                name: "TEST", group: .generic, since: "1.0.0", arity: .atLeast(1), keys: keys, summary: "",
                complexity: "", reply: .ok)
            return [spec.keyRange.first, spec.keyRange.last, spec.keyRange.step]
        }
        #expect(range([]) == [0, 0, 0])
        #expect(range([.one(at: 1, Self.read)]) == [1, 1, 1])
        #expect(range([.all(from: 1, step: 2, Self.read)]) == [1, -1, 2])
        #expect(range([.one(at: 1, Self.read), .one(at: 2, Self.read)]) == [1, 2, 1])
        #expect(range([.one(at: 1, Self.read), .one(at: 3, Self.read)]) == [1, 1, 1])
    }
}
