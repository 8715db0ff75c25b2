import SnugMemory
import Testing

@testable import SnugEngine

/// An intern table beside a dictionary. The model learns from the table only when a string is admitted.
private struct InternModel: ~Copyable {
    var table: InternTable
    var numbers: [[UInt8]: Int] = [:]
    var uses: [Int: Int] = [:]
    let countMax: Int

    init(countMax: Int, byteCountMax: Int, seed: UInt64) {
        self.countMax = countMax
        table = InternTable(
            hasher: KeyedHash(key0: seed, key1: 2), countMax: countMax, byteCountMax: byteCountMax)
    }

    mutating func use(_ text: [UInt8]) {
        let number = table.use(text.rawBytes)
        if let known = numbers[text] {
            #expect(number == known)
            uses[known]! += 1
        } else if let number {
            let lowestFree = (0...numbers.count).first { uses[$0] == nil }
            #expect(number == lowestFree)
            #expect(numbers.count < countMax)
            numbers[text] = number
            uses[number] = 1
        }
    }

    mutating func release(_ text: [UInt8]) {
        guard let number = numbers[text] else { return }
        table.release(number)
        uses[number]! -= 1
        if uses[number] == 0 {
            uses[number] = nil
            numbers[text] = nil
        }
    }

    mutating func retain(_ text: [UInt8]) {
        guard let number = numbers[text] else { return }
        table.retain(number)
        uses[number]! += 1
    }

    func check() {
        #expect(table.count == numbers.count)
        #expect(table.numberLimit == (uses.keys.max() ?? -1) + 1)
        for (text, number) in numbers {
            let found = table.number(of: text.rawBytes)
            #expect(found == number)
            #expect(table.bytes(of: number).makeArray() == text)
            let counted = table.useCount(of: number)
            #expect(counted == uses[number])
        }
        let wrong = (0..<(table.numberLimit + 70)).filter { table.isUsed($0) != (uses[$0] != nil) }
        #expect(wrong == [])
        let audited = table.auditedByteCount()
        #expect(table.allocatedByteCount == audited)
    }
}

extension InternTable {
    /// What the blocks add up to when the allocator is asked for each.
    fileprivate func auditedByteCount() -> Int {
        var sum = filter.allocatedByteCount
        if let slots { sum += slots.allocatedByteCount }
        if let index { sum += index.allocatedByteCount }
        for number in 0..<numberLimit where isUsed(number) { sum += entry(number).allocatedByteCount }
        return sum
    }
}

private func admit(_ text: [UInt8], into table: inout InternTable) -> Int? {
    for _ in 0..<RecurrenceFilter.countNeeded {
        if let number = table.use(text.rawBytes) { return number }
    }
    return nil
}

@Suite struct InternTableTests {
    @Test func anUnusedTableAllocatesNothing() {
        let table = InternTable(hasher: KeyedHash(key0: 1, key1: 2), countMax: 1 << 20, byteCountMax: 300)
        #expect(table.allocatedByteCount == 0)
        let number = table.number(of: bytes("a").rawBytes)
        #expect(number == nil)
        let used = table.isUsed(0)
        #expect(!used)
    }

    @Test func aStringEarnsItsEntry() {
        var table = InternTable(hasher: KeyedHash(key0: 1, key1: 2), countMax: 10, byteCountMax: 3)
        for _ in 1..<RecurrenceFilter.countNeeded {
            let number = table.use(bytes("abc").rawBytes)
            #expect(number == nil)
            let found = table.number(of: bytes("abc").rawBytes)
            #expect(found == nil)
        }
        let number = table.use(bytes("abc").rawBytes)
        #expect(number == 0)
        let uses = table.useCount(of: 0)
        #expect(uses == 1)
        let long = admit(bytes("abcd"), into: &table)
        #expect(long == nil)
        let empty = admit([], into: &table)
        #expect(empty == 1)
        #expect(table.bytes(of: 1).byteCount == 0)
        table.release(0)
        let gone = table.number(of: bytes("abc").rawBytes)
        #expect(gone == nil)
        table.release(1)
        #expect(table.allocatedByteCount > 0, "the filter stays")
        let again = admit(bytes("x"), into: &table)
        #expect(again == 0)
    }

    @Test func generatedUses() {
        let seed = newSeed()
        var random = RandomSource(seed: seed)
        for round in 0..<20 {
            let countMax = [1, 3, 64, 65, 200, 5000][round % 6]
            var model = InternModel(countMax: countMax, byteCountMax: 12, seed: seed &+ UInt64(round))
            let variety = UInt64([2, 10, 100, 300, 3000][round % 5])
            for step in 0..<4000 {
                // The wind changes, so that the table fills and empties again.
                let filling = step / 1000 % 2 == 0
                let text = bytes("name\(random.next(below: variety))")
                switch random.next(below: 10) {
                case 0: model.retain(text)
                case 1..<(filling ? 9 : 3): model.use(text)
                default: model.release(text)
                }
                if step % 200 == 0 { model.check() }
            }
            model.check()
            for (text, number) in model.numbers {
                for _ in 0..<model.uses[number]! { model.release(text) }
            }
            model.check()
            #expect(model.table.count == 0)
        }
    }

    @Test func growsToItsMostAndBack() {
        var table = InternTable(hasher: KeyedHash(key0: 1, key1: 2), countMax: 3000, byteCountMax: 20)
        for index in 0..<3000 {
            let number = admit(bytes("field\(index)"), into: &table)
            #expect(number == index)
        }
        let full = table.allocatedByteCount
        let more = admit(bytes("more"), into: &table)
        #expect(more == nil)
        table.release(17)
        let replacement = admit(bytes("more"), into: &table)
        #expect(replacement == 17)
        for index in (0..<3000).reversed() { table.release(index) }
        #expect(table.numberLimit == 0)
        #expect(table.allocatedByteCount < 10_000 && table.allocatedByteCount < full)
    }

    @Test func stringsThatComeInTurnsAreAdmitted() {
        var table = InternTable(hasher: KeyedHash(key0: 3, key1: 4), countMax: 10_000, byteCountMax: 20)
        for _ in 0..<5 {
            for index in 0..<300 { _ = table.use(bytes("field\(index)").rawBytes) }
        }
        #expect(table.count >= 290, "\(table.count) of 300")
    }

    @Test func stringsThatNeverRepeatCostNothing() {
        var table = InternTable(hasher: KeyedHash(key0: 5, key1: 6), countMax: 10_000, byteCountMax: 40)
        var text = bytes("session:........:x")
        _ = table.use(text.rawBytes)
        let before = table.allocatedByteCount
        var recurring = 0
        for index in UInt64(0)..<2_000_000 {
            for place in 0..<8 { text[8 + place] = UInt8(truncatingIfNeeded: 65 + index >> UInt64(place * 4) & 15) }
            let number = table.use(text.rawBytes)
            if number != nil { recurring += 1 }
        }
        #expect(recurring == 0)
        #expect(table.allocatedByteCount == before)
    }

    @Test func whatRecursIsFoundAmongWhatDoesNot() {
        var table = InternTable(hasher: KeyedHash(key0: 7, key1: 8), countMax: 10_000, byteCountMax: 40)
        let recurring = (0..<5).map { bytes("user:\($0):blocked") }
        for index in 0..<300_000 {
            _ = table.use(bytes("noise\(index)").rawBytes)
            guard index % 50 == 0 else { continue }
            let text = recurring[index / 50 % 5]
            _ = table.use(text.rawBytes)
        }
        #expect(table.count == 5)
        let missing = recurring.filter { table.number(of: $0.rawBytes) == nil }
        #expect(missing == [])
    }
}
