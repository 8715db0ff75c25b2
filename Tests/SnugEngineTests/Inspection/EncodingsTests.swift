import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct EncodingsTests {
    private func partition(databaseCount: Int = 3, seed: UInt64 = 3) -> Partition {
        var partition = Partition(
            databaseCount: databaseCount, hasher: KeyedHash(key0: seed, key1: 2), seed: seed, packByteCountMean: 96)
        partition.now = 1_700_000_000_000
        return partition
    }

    private func totals(_ partition: borrowing Partition) -> [String] {
        partition.encodings(atMost: 0).totals.map {
            "\($0.type.name) \($0.encoding.name) \($0.keys) \($0.elements)"
        }
    }

    // MARK: Steps

    @Test func stepsFollowEachOther() {
        for count in 0..<100_000 {
            let step = HistogramStep.step(of: count)
            #expect(step == stepByLookingThrough(count), "\(count)")
        }
        #expect(HistogramStep.step(of: .max) == HistogramStep.count - 1)
        #expect(EncodingFigures.stepBounds(of: 0) == (1, 1))
        for step in 1..<HistogramStep.count {
            let (former, bounds) = (EncodingFigures.stepBounds(of: step - 1), EncodingFigures.stepBounds(of: step))
            #expect(former.most == bounds.least - 1 && (bounds.most == nil) == (step == HistogramStep.count - 1))
        }
        // The limits that Redis comes with end a step.
        for limit in [64, 128, 512] { #expect(HistogramStep.largest(of: HistogramStep.step(of: limit)) == limit) }
    }

    // MARK: What counts as what

    @Test func stringsByEncoding() throws {
        var partition = partition()
        let texts = ["1", "-5", "abc", String(repeating: "x", count: 44), String(repeating: "x", count: 45)]
        for (index, text) in texts.enumerated() {
            partition.setString(bytes("key:\(index)").rawBytes, to: bytes(text).rawBytes)
        }
        #expect(totals(partition) == ["string int 2 2", "string embstr 2 2", "string raw 1 1"])
        _ = try partition.appendString(bytes("key:0").rawBytes, bytes("2").rawBytes)
        partition.setString(bytes("key:3").rawBytes, to: bytes("0").rawBytes)
        #expect(totals(partition) == ["string int 2 2", "string embstr 1 1", "string raw 2 2"])
        _ = partition.delete(bytes("key:4").rawBytes)
        _ = try partition.increment(bytes("key:0").rawBytes, by: 1)
        #expect(totals(partition) == ["string int 3 3", "string embstr 1 1"])
        partition.audit()
    }

    @Test func hashesByEncodingAndHistogram() throws {
        var partition = partition()
        partition.limits.hashListpackEntriesMax = 20
        for key in 0..<10 {
            for field in 0...key {
                _ = try partition.setHashValue(
                    bytes("h:\(key)").rawBytes, bytes("f\(field)").rawBytes,
                    to: bytes(String(repeating: "v", count: 10)).rawBytes)
            }
        }
        for field in 0..<21 {
            let text = bytes(String(repeating: "v", count: field == 7 ? 50 : 3))
            _ = try partition.setHashValue(bytes("large").rawBytes, bytes("f\(field)").rawBytes, to: text.rawBytes)
        }
        #expect(totals(partition) == ["hash listpack 10 55", "hash hashtable 1 21"])
        let report = partition.encodings(atMost: 20)
        // 1, 2, 3, 4, 5 and 6, 7 and 8, 9 and 10.
        #expect(Array(report.totals[0].keysByElements.prefix(8)) == [1, 1, 1, 1, 2, 2, 2, 0])
        #expect(report.totals[0].keysByLongest[HistogramStep.step(of: 10)] == 10)
        #expect(report.totals[1].keysByElements[HistogramStep.step(of: 21)] == 1)
        #expect(report.totals[1].keysByLongest[HistogramStep.step(of: 50)] == 1)

        // A table remembers its longest, what is smaller tells what is there.
        for (key, field) in [("large", "f7"), ("h:9", "f3")] {
            _ = try partition.setHashValue(bytes(key).rawBytes, bytes(field).rawBytes, to: bytes("v").rawBytes)
        }
        for field in 0..<10 where field != 3 {
            _ = try partition.setHashValue(bytes("h:9").rawBytes, bytes("f\(field)").rawBytes, to: bytes("v").rawBytes)
        }
        let changed = partition.encodings(atMost: 20).totals
        #expect(changed[1].keysByLongest[HistogramStep.step(of: 50)] == 1)
        #expect(changed[0].keysByLongest[HistogramStep.step(of: 10)] == 9)
        #expect(changed[0].keysByLongest[HistogramStep.step(of: 2)] == 1)
        // A copy is another table.
        _ = try partition.copy(bytes("large").rawBytes, to: bytes("twin").rawBytes, inDatabase: 1, replacing: false)
        #expect(partition.encodings(atMost: 20).totals[1].keysByLongest[HistogramStep.step(of: 3)] == 1)
        partition.audit()
    }

    @Test func fieldsThatExpireMakeAnEncodingOfTheirOwn() throws {
        var partition = partition()
        let key = bytes("h:1")
        for field in ["a", "b"] {
            _ = try partition.setHashValue(key.rawBytes, bytes(field).rawBytes, to: bytes("1").rawBytes)
        }
        guard var hash = try partition.openHash(key.rawBytes) else {
            Issue.record("a hash that is not there")
            return
        }
        _ = partition.setExpiry(of: bytes("a").rawBytes, to: partition.now + 100, in: &hash)
        partition.closeHash(key.rawBytes, hash, changeCount: 1)
        #expect(totals(partition) == ["hash listpackex 1 2"])
        partition.now += 100
        _ = partition.reclaimExpired(inDatabase: 0, atMost: 100)
        #expect(totals(partition) == ["hash listpack 1 1"])
        partition.audit()
    }

    @Test func bytesOfAShapeAreDividedByPayload() {
        var partition = partition()
        for number in 0..<1000 {
            let text = bytes(number % 2 == 0 ? "7" : "text of some forty bytes, number \(1_000_000 + number)")
            partition.setString(bytes("mixed:\(number)").rawBytes, to: text.rawBytes)
            partition.setString(bytes("flag:\(number)").rawBytes, to: bytes("1").rawBytes)
        }
        let shapes = partition.encodings(atMost: 20).shapes.filter { $0.template != nil }
        let mixed = shapes.filter { $0.keys < 600 }
        #expect(mixed.map(\.encoding) == [.embeddedString, .integer])
        // Text of 39 bytes against a byte, and what the runs have in common on top for each: heads, access data.
        #expect(mixed[0].bytes > 40 * mixed[0].keys && mixed[1].bytes < 8 * mixed[1].keys)
        #expect(shapes.contains { $0.encoding == .integer && $0.keys > 600 && $0.bytes < 5 * $0.keys })
        #expect(partition.encodings(atMost: 1).shapes.count { $0.template != nil } == 1)
        partition.audit()
    }

    @Test func nothingIsLeftWhenAllIsFlushed() throws {
        var partition = partition()
        for number in 0..<500 {
            partition.setString(bytes("a:\(number)").rawBytes, to: bytes("\(number)").rawBytes)
            _ = try partition.setHashValue(bytes("b:\(number)").rawBytes, bytes("f").rawBytes, to: bytes("v").rawBytes)
        }
        _ = partition.flushAll()
        let report = partition.encodings(atMost: .max)
        #expect(report.totals.isEmpty && report.shapes.isEmpty)
    }

    // MARK: Model

    private func key(_ random: inout RandomSource) -> [UInt8] {
        let number = random.next(below: 40)
        return switch random.next(below: 12) {
        case 0...3: bytes("user:\(number)")
        case 4...6: bytes("user:\(number):name")
        case 7, 8: bytes("\(number &* 977)")
        case 9: bytes("text \(number)-\(number &* 7) of no shape")
        case 10: bytes(String(repeating: "long", count: 140) + "\(number)")
        default: bytes("user:" + String(repeating: "z", count: 3) + "\(number)x")
        }
    }

    private func text(_ random: inout RandomSource) -> [UInt8] {
        switch random.next(below: 8) {
        case 0...2: return bytes("\(Int64(bitPattern: random.next()) >> Int64(random.next(below: 64)))")
        case 3: return drawBytes(count: [43, 44, 45, 64, 65, 253, 254, 255, 900][Int(random.next(below: 9))], &random)
        default: return drawWord(&random)
        }
    }

    private func changeHash(_ partition: inout Partition, _ random: inout RandomSource) throws {
        let key = key(&random)
        let field = bytes(random.next(below: 3) == 0 ? "\(random.next(below: 30))" : "f\(random.next(below: 12))")
        switch random.next(below: 10) {
        case 0...4: _ = try partition.setHashValue(key.rawBytes, field.rawBytes, to: text(&random).rawBytes)
        case 5: _ = try partition.incrementHashValue(key.rawBytes, field.rawBytes, by: 3)
        case 6, 7:
            guard var hash = try partition.openHash(key.rawBytes) else { return }
            let isGone = partition.removeField(field.rawBytes, from: &hash)
            partition.closeHash(key.rawBytes, hash, changeCount: isGone ? 1 : 0)
        default:
            guard var hash = try partition.openHash(key.rawBytes) else { return }
            let time = partition.now + Int64(random.next(below: 300)) - 20
            let change = partition.setExpiry(of: field.rawBytes, to: time, in: &hash)
            partition.closeHash(key.rawBytes, hash, changeCount: change == .set || change == .removed ? 1 : 0)
        }
    }

    private func changeString(_ partition: inout Partition, _ random: inout RandomSource) throws {
        let key = key(&random)
        let text = text(&random)
        switch random.next(below: 8) {
        case 0...2: partition.setString(key.rawBytes, to: text.rawBytes)
        case 3:
            let time = partition.now + Int64(random.next(below: 400))
            partition.setString(key.rawBytes, to: text.rawBytes, expiry: .set(time))
        case 4: _ = try partition.appendString(key.rawBytes, text.rawBytes)
        case 5: _ = try partition.setStringRange(key.rawBytes, at: Int(random.next(below: 300)), to: text.rawBytes)
        case 6: _ = try partition.increment(key.rawBytes, by: Int64(random.next(below: 5000)))
        default: _ = try partition.increment(key.rawBytes, by: 1)
        }
    }

    private func changeKeys(_ partition: inout Partition, _ random: inout RandomSource) throws {
        let (key, other) = (key(&random), key(&random))
        let database = Int(random.next(below: 3))
        switch random.next(below: 12) {
        case 0: _ = partition.delete(key.rawBytes)
        case 1: _ = partition.setExpiry(of: key.rawBytes, to: partition.now + Int64(random.next(below: 300)) - 20)
        case 2: _ = partition.persist(key.rawBytes)
        case 3, 4: _ = try partition.rename(key.rawBytes, to: other.rawBytes, onlyIfNew: random.next(below: 2) == 0)
        case 5, 6:
            _ = try partition.copy(
                key.rawBytes, to: other.rawBytes, inDatabase: database, replacing: random.next(below: 2) == 0)
        case 7: _ = try partition.move(key.rawBytes, toDatabase: database)
        case 8 where random.next(below: 20) == 0: _ = partition.flush(database: database)
        case 9 where random.next(below: 200) == 0: _ = partition.flushAll()
        case 9: try partition.swapDatabases(database, Int(random.next(below: 3)))
        case 10: _ = partition.reclaimExpired(inDatabase: database, atMost: 20)
        default: partition.now += Int64(random.next(below: 60))
        }
    }

    private func changeSettings(_ partition: inout Partition, _ random: inout RandomSource) {
        switch random.next(below: 30) {
        case 0: partition.limits.hashListpackEntriesMax = [0, 1, 4, 8, 512][Int(random.next(below: 5))]
        case 1: partition.limits.hashListpackValueMax = [0, 5, 64, 1000][Int(random.next(below: 4))]
        case 2: partition.accessClock.isNeeded.toggle()
        case 3: partition.selected = Int(random.next(below: 3))
        default: break
        }
    }

    /// Random operations of every kind on keys of few names, so that types, forms and shapes replace each other.
    @Test func countsAreWhatAWalkFinds() {
        let seed = newSeed()
        for round in 0..<6 {
            var random = RandomSource(seed: seed &+ UInt64(round))
            var partition = partition(seed: random.next())
            for step in 0..<3000 {
                // A key of the wrong type, and a number that is none, change nothing.
                switch random.next(below: 3) {
                case 0: try? changeHash(&partition, &random)
                case 1: try? changeString(&partition, &random)
                default: try? changeKeys(&partition, &random)
                }
                changeSettings(&partition, &random)
                if step % 20 == 0 { partition.auditEncodings() }
            }
            partition.audit()
            compareWithObjectEncoding(&partition)
        }
    }

    /// What OBJECT ENCODING says of each key, in sum.
    private func compareWithObjectEncoding(_ partition: inout Partition) {
        var keys: [String: Int] = [:]
        // Listing removes no key, asking removes those past their time; so they go first.
        for database in 0..<partition.databaseCount {
            partition.selected = database
            while !partition.reclaimExpired(inDatabase: database, atMost: 100).isComplete {}
            var listed: [[UInt8]] = []
            partition.forEachKey { listed.append($0.makeArray()) }
            for key in listed {
                guard let description = partition.describe(key.rawBytes, .peek) else { continue }
                keys["\(description.type.name) \(description.encoding.name)", default: 0] += 1
            }
        }
        let report = partition.encodings(atMost: 0)
        let counted = report.totals.map { ("\($0.type.name) \($0.encoding.name)", $0.keys) }
        #expect(Dictionary(uniqueKeysWithValues: counted) == keys)
    }
}
