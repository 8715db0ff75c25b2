import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct HashModelTests {
    private let key = bytes("h")

    /// One generated change of one of a few keys.
    private func change(_ model: inout HashModel, _ random: inout RandomSource, fieldCount: Int) throws {
        let key = bytes("key\(random.next(below: 3))")
        func word(_ random: inout RandomSource) -> [UInt8] {
            random.next(below: 4) == 0 ? drawWord(&random) : bytes("f\(random.next(below: UInt64(fieldCount)))")
        }
        switch random.next(below: 10) {
        case 0...4:
            let pairs = (0...random.next(below: 3)).map { _ in (word(&random), drawWord(&random)) }
            try model.set(key, pairs)
        case 5: try model.setIfAbsent(key, word(&random), drawWord(&random))
        case 6, 7: try model.remove(key, (0...random.next(below: 4)).map { _ in word(&random) })
        default:
            let increment = boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))]
            try model.increment(key, word(&random), by: increment)
        }
    }

    @Test func generatedChangesAroundTheLimits() throws {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for round in 0..<25 {
            var model = HashModel(seed: seed &+ UInt64(round))
            let entries = [0, 1, 2, 5, 8, 35, 512, Int.max]
            let values = [0, 1, 5, 64, 127, 4096, Int.max]
            let isLarge = round % 3 == 0
            let fieldCount = 1 + Int(random.next(below: isLarge ? 90 : 12))
            for step in 0..<(isLarge ? 600 : 150) {
                if step % 30 == 0 {
                    model.limits.encodingsRevert = random.next(below: 4) > 0
                    model.limits.hashListpackEntriesMax = entries[Int(random.next(below: UInt64(entries.count)))]
                    model.limits.hashListpackValueMax = values[Int(random.next(below: UInt64(values.count)))]
                }
                try change(&model, &random, fieldCount: fieldCount)
                if step % 10 == 0 { try model.checkAll() }
            }
            try model.checkAll()
        }
    }

    @Test(arguments: [511, 512, 513])
    func fieldsAroundTheLimit(count: Int) throws {
        var model = HashModel(seed: 1)
        for index in 0..<count { try model.set(key, [(bytes("\(index)"), bytes("v\(index)"))]) }
        #expect(model.hashes[key]?.isTable == (count > 512))
        try model.check(key, strangers: [bytes("x"), bytes("-1"), bytes("513")])
        model.checkAccounts()
        for index in 0..<count { try model.remove(key, [bytes("\(index)")]) }
        try model.checkAll()
        #expect(model.partition.keyCount(inDatabase: 0) == 0)
        #expect(model.partition.memory(ofDatabase: 0).total == 0)
    }

    @Test(arguments: [63, 64, 65])
    func lengthsAroundTheLimit(count: Int) throws {
        let word = [UInt8](repeating: 120, count: count)
        for pair in [(word, bytes("v")), (bytes("f"), word)] {
            var model = HashModel(seed: 1)
            try model.set(key, [(bytes("a"), bytes("1"))])
            try model.set(key, [pair])
            #expect(model.hashes[key]?.isTable == (count > 64))
            try model.checkAll()
        }
    }

    @Test func limitsActFromTheNextWriteOn() throws {
        var model = HashModel(seed: 1)
        try model.set(key, [(bytes("a"), bytes("1")), (bytes("b"), bytes("2")), (bytes("c"), bytes("3"))])
        model.limits.hashListpackEntriesMax = 2
        try model.check(key)
        #expect(model.hashes[key]?.isTable == false)
        try model.remove(key, [bytes("nothing")])
        #expect(model.hashes[key]?.isTable == false)
        try model.set(key, [(bytes("a"), bytes("9"))])
        #expect(model.hashes[key]?.isTable == true)
        model.limits.hashListpackEntriesMax = 512
        model.limits.encodingsRevert = false
        try model.set(key, [(bytes("a"), bytes("10"))])
        #expect(model.hashes[key]?.isTable == true)
        model.limits.encodingsRevert = true
        try model.set(key, [(bytes("a"), bytes("11"))])
        #expect(model.hashes[key]?.isTable == false)
        try model.checkAll()
    }

    @Test func pairsOfOneCommandAreCountedAsTheyCome() throws {
        var model = HashModel(seed: 1)
        model.limits.hashListpackEntriesMax = 2
        try model.set(key, [(bytes("a"), bytes("1")), (bytes("a"), bytes("2")), (bytes("a"), bytes("3"))])
        #expect(model.hashes[key]?.isTable == true)
        try model.checkAll()
    }

    /// A hash returns below half of every limit and not at half, whatever limit it had passed.
    @Test(arguments: [(6, 3, 10), (7, 4, 11), (512, 256, 64)])
    func returnBelowHalfOfEveryLimit(countMax: Int, half: Int, lengthMax: Int) throws {
        var model = HashModel(seed: 1)
        model.limits.hashListpackEntriesMax = countMax
        model.limits.hashListpackValueMax = lengthMax
        for index in 0...countMax { try model.set(key, [(bytes("f\(index)"), bytes("v"))]) }
        for index in half...countMax { try model.remove(key, [bytes("f\(index)")]) }
        #expect(model.hashes[key]?.isTable == true)
        try model.set(key, [(bytes("f0"), [UInt8](repeating: 120, count: (lengthMax + 1) / 2))])
        try model.remove(key, [bytes("f\(half - 1)")])
        #expect(model.hashes[key]?.isTable == true)
        try model.checkAll()
        try model.set(key, [(bytes("f0"), [UInt8](repeating: 120, count: (lengthMax + 1) / 2 - 1))])
        #expect(model.hashes[key]?.isTable == false)
        try model.checkAll()
        try model.set(key, [(bytes("f0"), [UInt8](repeating: 120, count: lengthMax + 1))])
        #expect(model.hashes[key]?.isTable == true)
        try model.remove(key, [bytes("f0")])
        #expect(model.hashes[key]?.isTable == false)
        try model.checkAll()
    }

    /// A large hash within the limits is found by no walk and keeps its order, also when fields are numbers.
    @Test(arguments: [false, true])
    func largeListpacksKeepTheirOrder(areNumbers: Bool) throws {
        var model = HashModel(seed: 1)
        model.limits.hashListpackEntriesMax = 10_000
        var random = RandomSource(seed: 4)
        for index in 0..<2_000 {
            let number = Int(random.next(below: areNumbers && index < 900 ? 1 : 5_000)) + index
            try model.set(key, [(bytes(areNumbers ? "\(number)" : "field \(number) x"), bytes("v\(index % 7)"))])
            if index % 3 == 0, let field = model.hashes[key]?.order.randomElement(using: &random) {
                try model.remove(key, [field])
            }
            if index % 400 == 0 { try model.checkAll() }
        }
        #expect(model.partition.describe(key.rawBytes, .peek)?.encoding == .listpack)
        try model.checkAll()
        let isTable = model.partition.layout(of: key.rawBytes).map { layout in
            if case .table(let table) = layout.payload { table.order == .addition } else { false }
        }
        #expect(isTable == true)
    }

    @Test func anotherTypeIsRefusedAndKept() throws {
        var model = HashModel(seed: 1)
        model.partition.setString(key.rawBytes, to: bytes("text").rawBytes)
        #expect(throws: EngineError.wrongType) { try model.partition.hashCount(key.rawBytes) }
        #expect(throws: EngineError.wrongType) {
            try model.partition.setHashValue(key.rawBytes, key.rawBytes, to: key.rawBytes)
        }
        #expect(throws: EngineError.wrongType) {
            try model.partition.incrementHashValue(key.rawBytes, key.rawBytes, by: 1)
        }
        let text = try model.partition.string(key.rawBytes)?.text
        #expect(text == bytes("text"))
    }

    @Test func numbersWithAFraction() throws {
        var model = HashModel(seed: 1)
        let field = bytes("f")
        for isTable in [false, true] {
            if isTable { model.limits.hashListpackValueMax = 0 }
            for (increment, sum) in [("1.5", "1.5"), ("-3", "-1.5"), ("5.0e3", "4998.5"), ("0.0", "4998.5")] {
                let found = try add(increment, to: field, &model)
                #expect(found == sum)
                #expect(try model.partition.hashValue(key.rawBytes, field.rawBytes)?.text == bytes(sum))
            }
            #expect(try add("-4998.5", to: field, &model) == "0")
        }
        model.checkAccounts()
        _ = try model.partition.setHashValue(key.rawBytes, field.rawBytes, to: bytes("1 ").rawBytes)
        #expect(throws: EngineError.hashValueNotFloat) { try add("1", to: field, &model) }
        _ = try model.partition.setHashValue(key.rawBytes, field.rawBytes, to: bytes("inf").rawBytes)
        #expect(throws: EngineError.notFinite) { try add("1", to: field, &model) }
    }

    private func add(_ increment: String, to field: [UInt8], _ model: inout HashModel) throws -> String {
        guard let number = LongDouble(bytes(increment).rawBytes) else { return "no number" }
        let sum = try model.partition.incrementHashValue(key.rawBytes, field.rawBytes, by: number)
        return sum.bytes.makeString()
    }

    @Test func aTableOfOneFieldIsSmall() throws {
        var model = HashModel(seed: 1)
        try model.set(key, [(bytes("f"), [UInt8](repeating: 120, count: 65))])
        #expect(model.partition.memory(ofDatabase: 0).outside < 400)
    }

    @Test func everyChangeIsCounted() throws {
        var model = HashModel(seed: 1)
        try model.set(key, [(bytes("a"), bytes("1")), (bytes("b"), bytes("2"))])
        #expect(model.partition.changeCount == 2)
        try model.setIfAbsent(key, bytes("a"), bytes("3"))
        #expect(model.partition.changeCount == 2)
        try model.setIfAbsent(key, bytes("c"), bytes("3"))
        #expect(model.partition.changeCount == 3)
        try model.increment(key, bytes("a"), by: 5)
        #expect(model.partition.changeCount == 4)
        try model.increment(key, bytes("a"), by: .max)
        #expect(model.partition.changeCount == 4)
        try model.remove(key, [bytes("x"), bytes("a"), bytes("b")])
        #expect(model.partition.changeCount == 6)
    }
}
