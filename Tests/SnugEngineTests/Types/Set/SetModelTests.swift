import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct SetModelTests {
    private let key = bytes("s")

    /// One generated change of one of a few keys.
    private func change(_ model: inout SetModel, _ random: inout RandomSource, memberCount: Int) throws {
        func key(_ random: inout RandomSource) -> [UInt8] { bytes("key\(random.next(below: 3))") }
        let kind = random.next(below: 3)
        func member(_ random: inout RandomSource) -> [UInt8] {
            let number = random.next(below: UInt64(memberCount))
            if kind == 0 { return bytes("\(Int64(number) - 3)") }
            if kind == 1 && random.next(below: 4) == 0 { return drawWord(&random) }
            return bytes(random.next(below: 2) == 0 ? "m\(number)" : "\(number)")
        }
        let chosen = key(&random)
        switch random.next(below: 14) {
        case 0...6: try model.add(chosen, (0...random.next(below: 4)).map { _ in member(&random) })
        case 7, 8: try model.remove(chosen, (0...random.next(below: 4)).map { _ in member(&random) })
        case 9: try model.popOne(chosen)
        case 10: try model.pop(chosen, Int(random.next(below: UInt64(memberCount))))
        default: try model.move(member(&random), chosen, key(&random))
        }
    }

    @Test func generatedChangesAroundTheLimits() throws {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for round in 0..<40 {
            var model = SetModel(seed: seed &+ UInt64(round))
            let entries = [0, 1, 2, 5, 8, 512, Int.max]
            let values = [0, 1, 5, 64, 127, 4096, Int.max]
            let memberCount = 1 + Int(random.next(below: 20))
            for step in 0..<150 {
                if step % 30 == 0 {
                    model.limits.setIntegerSetEntriesMax = entries[Int(random.next(below: 7))]
                    model.limits.setListpackEntriesMax = entries[Int(random.next(below: 7))]
                    model.limits.setListpackValueMax = values[Int(random.next(below: 7))]
                    model.limits.encodingsRevert = random.next(below: 4) > 0
                }
                try change(&model, &random, memberCount: memberCount)
                if step % 10 == 0 { try model.checkAll() }
            }
            try model.checkAll()
        }
    }

    @Test(arguments: [511, 512, 513], [1, -7_919, 1 << 40])
    func integersAroundTheLimit(count: Int, distance: Int) throws {
        var model = SetModel(seed: 1)
        for index in 0..<count { try model.add(key, [bytes("\(index * distance)")]) }
        #expect(model.sets[key]?.encoding == (count > 512 ? .hashTable : .integerSet))
        try model.check(key, strangers: [bytes("x"), bytes("-1"), bytes("600"), bytes("01"), bytes("")])
        model.partition.audit()
        for index in 0..<count { try model.remove(key, [bytes("\(index * distance)")]) }
        try model.checkAll()
        #expect(model.partition.memory(ofDatabase: 0).total == 0)
    }

    @Test(arguments: [127, 128, 129])
    func textsAroundTheLimit(count: Int) throws {
        var model = SetModel(seed: 1)
        for index in 0..<count { try model.add(key, [bytes("m\(index)")]) }
        #expect(model.sets[key]?.encoding == (count > 128 ? .hashTable : .listpack))
        try model.check(key, strangers: [bytes("x"), bytes("m"), bytes("m200")])
        model.partition.audit()
        while model.sets[key] != nil { try model.popOne(key) }
        try model.checkAll()
        #expect(model.partition.memory(ofDatabase: 0).total == 0)
    }

    @Test(arguments: [127, 128, 129])
    func anIntsetMeetsItsFirstText(count: Int) throws {
        var model = SetModel(seed: 1)
        for index in 0..<count { try model.add(key, [bytes("\(index * 1_000_003)")]) }
        try model.add(key, [bytes("x")])
        #expect(model.sets[key]?.encoding == (count > 127 ? .hashTable : .listpack))
        try model.checkAll()
    }

    @Test(arguments: [63, 64, 65])
    func lengthsAroundTheLimit(count: Int) throws {
        for first in ["a", "1"] {
            var model = SetModel(seed: 1)
            try model.add(key, [bytes(first)])
            try model.add(key, [[UInt8](repeating: 120, count: count)])
            #expect(model.sets[key]?.encoding == (count > 64 ? .hashTable : .listpack))
            try model.checkAll()
        }
    }

    @Test func manyMembersOfOneCommandMakeATableAtOnce() throws {
        for (first, count, encoding) in [
            ("1", 512, Encoding.integerSet), ("1", 513, .hashTable), ("x", 128, .listpack), ("x", 129, .hashTable),
        ] {
            var model = SetModel(seed: 1)
            try model.add(key, [[UInt8]](repeating: bytes(first), count: count))
            #expect(model.sets[key]?.encoding == encoding)
            try model.checkAll()
        }
    }

    /// Beyond a few thousand bytes an intset is a table, and comes back as it shrinks.
    @Test func aLargeIntset() throws {
        var model = SetModel(seed: 3)
        model.limits.setIntegerSetEntriesMax = .max
        var random = RandomSource(seed: 4)
        for _ in 0..<30 {
            try model.add(key, (0..<50).map { _ in bytes("\(Int64(bitPattern: random.next()))") })
        }
        #expect(model.sets[key]?.encoding == .integerSet && model.sets[key]?.members.count == 1500)
        try model.checkAll()
        let copied = try model.partition.copy(
            key.rawBytes, to: bytes("t").rawBytes, inDatabase: 0, replacing: false)
        #expect(copied)
        model.sets[bytes("t")] = model.sets[key]
        try model.checkAll()
        while let count = model.sets[key]?.members.count, count > 40 { try model.pop(key, 10) }
        try model.checkAll()
        #expect(model.partition.layout(of: key.rawBytes)?.payload == .largeCompact(.set))
        model.limits.setListpackEntriesMax = 3000
        try model.add(bytes("t"), [bytes("x"), bytes("y")])
        #expect(model.sets[bytes("t")]?.encoding == .listpack)
        try model.checkAll()
        model.limits.setListpackEntriesMax = 128
        try model.add(bytes("t"), [bytes("z")])
        #expect(model.sets[bytes("t")]?.encoding == .hashTable)
        try model.checkAll()
    }

    @Test func theWayBack() throws {
        for prefix in ["", "m"] {
            var model = SetModel(seed: 9)
            let limit = prefix == "" ? 512 : 128
            for index in 0...limit { try model.add(key, [bytes("\(prefix)\(index)")]) }
            try model.add(bytes("kept"), (0...limit).map { bytes("\(prefix)\($0)") })
            for index in 0...limit / 2 {
                #expect(model.sets[key]?.encoding == .hashTable)
                try model.remove(key, [bytes("\(prefix)\(index)")])
                try model.check(key)
            }
            #expect(model.sets[key]?.members.count == limit / 2)
            try model.remove(key, [bytes("\(prefix)\(limit)")])
            #expect(model.sets[key]?.encoding == (prefix == "" ? .integerSet : .listpack))
            model.limits.encodingsRevert = false
            try model.pop(bytes("kept"), limit / 2 + 30)
            #expect(model.sets[bytes("kept")]?.encoding == .hashTable)
            try model.checkAll()
            model.limits.encodingsRevert = true
            try model.popOne(bytes("kept"))
            #expect(model.sets[bytes("kept")]?.encoding == (prefix == "" ? .integerSet : .listpack))
            try model.checkAll()
        }
    }

    @Test func aLongMemberIsInTheWay() throws {
        var model = SetModel(seed: 10)
        let long = [UInt8](repeating: 120, count: 65)
        try model.add(key, [long, bytes("a")])
        try model.add(key, [bytes("b")])
        #expect(model.sets[key]?.encoding == .hashTable)
        for index in 0..<40 { try model.add(key, [bytes("m\(index)")]) }
        try model.remove(key, [long])
        #expect(model.sets[key]?.encoding == .listpack)
        try model.checkAll()
    }

    @Test func limitsThatChangeEncodingsAreNoted() throws {
        var model = SetModel(seed: 11)
        func taken() -> [String] { model.partition.encodings.takeEvents().map(\.words) }
        for index in 0...512 { try model.add(key, [bytes("\(index)")]) }
        #expect(taken() == ["changed set intset>hashtable set-max-intset-entries 512 513"])
        try model.remove(key, (200...512).map { bytes("\($0)") })
        #expect(taken() == ["changed set hashtable>intset set-max-intset-entries 512 200"])
        try model.add(key, [bytes("x")])
        #expect(taken() == ["changed set intset>hashtable set-max-listpack-entries 128 201"])
        for index in 0...128 { try model.add(bytes("t"), [bytes("m\(index)")]) }
        #expect(taken() == ["changed set listpack>hashtable set-max-listpack-entries 128 129"])
        try model.pop(bytes("t"), 66)
        #expect(taken() == ["changed set hashtable>listpack set-max-listpack-entries 128 63"])
        try model.add(bytes("u"), [bytes("1"), [UInt8](repeating: 120, count: 65)])
        #expect(taken() == ["changed set intset>hashtable set-max-listpack-value 64 65"])
        try model.add(bytes("v"), [[UInt8]](repeating: bytes("1"), count: 600))
        #expect(taken() == ["changed set listpack>hashtable set-max-listpack-entries 128 600"])
        try model.add(bytes("v"), [bytes("2")])
        #expect(taken() == ["changed set hashtable>intset set-max-intset-entries 512 2"])
    }

    @Test func anotherTypeIsRefusedAndKept() throws {
        var model = SetModel(seed: 1)
        model.partition.setString(key.rawBytes, to: bytes("text").rawBytes)
        try model.partition.setHashValue(bytes("h").rawBytes, key.rawBytes, to: key.rawBytes)
        for other in [key, bytes("h")] {
            #expect(throws: EngineError.wrongType) { try model.partition.setCount(other.rawBytes) }
            #expect(throws: EngineError.wrongType) { try model.partition.useSet(other.rawBytes) }
            #expect(throws: EngineError.wrongType) { try model.partition.popMember(other.rawBytes) { _ in } }
            #expect(throws: EngineError.wrongType) {
                try model.partition.moveMember(key.rawBytes, from: other.rawBytes, to: bytes("x").rawBytes)
            }
        }
        let text = try model.partition.string(key.rawBytes)?.text
        #expect(text == bytes("text"))
        _ = model.partition.delete(key.rawBytes)
        try model.add(key, [bytes("a")])
        #expect(throws: EngineError.wrongType) { _ = try model.partition.string(key.rawBytes) }
        #expect(throws: EngineError.wrongType) { try model.partition.hashCount(key.rawBytes) }
        #expect(throws: EngineError.wrongType) {
            try model.partition.moveMember(bytes("a").rawBytes, from: key.rawBytes, to: bytes("h").rawBytes)
        }
        model.partition.setString(key.rawBytes, to: bytes("text").rawBytes)
        model.partition.audit()
    }

    @Test func everyChangeIsCounted() throws {
        var model = SetModel(seed: 1)
        try model.add(key, [bytes("a"), bytes("b"), bytes("a")])
        #expect(model.partition.changeCount == 2)
        try model.add(key, [bytes("a")])
        #expect(model.partition.changeCount == 2)
        try model.move(bytes("a"), key, bytes("t"))
        #expect(model.partition.changeCount == 4)
        try model.move(bytes("b"), key, bytes("t"))
        #expect(model.partition.changeCount == 6)
        try model.pop(bytes("t"), 5)
        #expect(model.partition.changeCount == 8)
    }

    @Test func smallSetsAreSmall() throws {
        var model = SetModel(seed: 1)
        try model.add(key, ["640000", "640001", "640009", "640100", "640200"].map { bytes($0) })
        #expect(model.partition.layout(of: key.rawBytes)?.payloadByteCount == 9)
        try model.add(bytes("t"), ["red", "green", "7", "640000"].map { bytes($0) })
        #expect(model.partition.layout(of: bytes("t").rawBytes)?.payloadByteCount == 1 + 4 + 6 + 1 + 4)
        try model.add(bytes("u"), [[UInt8](repeating: 120, count: 65)])
        #expect(model.partition.memory(ofDatabase: 0).outside < 400)
    }
}
