import SnugMemory
import Testing

@testable import SnugEngine

/// Random changes of bits against strings in arrays, with sizes on both sides of what a pack holds.
@Suite struct BitmapModelTests {
    private static let keys = (0..<4).map { bytes("bits:\($0)") }
    private static let operations: [BitOperation] = [.and, .or, .xor, .not, .diff, .diff1, .andOr, .one]

    private struct Model: ~Copyable {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        var strings: [[UInt8]: [UInt8]] = [:]

        mutating func check(_ key: [UInt8], _ place: SourceLocation = #_sourceLocation) throws {
            let found = try partition.withBits(key.rawBytes) { $0.makeArray() }
            let expected = strings[key]
            #expect(found == expected, sourceLocation: place)
        }

        /// Grows the model's string to `count` bytes.
        mutating func grow(_ key: [UInt8], to count: Int) {
            let former = strings[key] ?? []
            strings[key] = former + [UInt8](repeating: 0, count: max(0, count - former.count))
        }
    }

    @Test(arguments: 0..<4) func randomChanges(round: Int) throws {
        var random = RandomSource(seed: newSeed())
        var model = Model()
        let byteCountMax = [8, 60, 300, 20_000][round]
        for step in 0..<1_500 {
            let key = Self.keys[Int(random.next(below: 4))]
            switch random.next(below: 10) {
            case 0: try combine(&model, &random)
            case 1:
                let text = drawBytes(count: Int(random.next(below: UInt64(byteCountMax))), &random)
                model.partition.setString(key.rawBytes, to: text.rawBytes)
                model.strings[key] = text
            case 2:
                let text = bytes("-123")
                model.partition.setString(key.rawBytes, to: text.rawBytes)
                model.strings[key] = text
            case 3 where step % 5 == 0:
                _ = model.partition.delete(key.rawBytes)
                model.strings[key] = nil
            case 4, 5: try changeField(&model, key, byteCountMax, &random)
            default: try changeBit(&model, key, byteCountMax, &random)
            }
            try model.check(key)
            if step % 100 == 0 { audit(&model) }
        }
        audit(&model)
        for key in Self.keys { _ = model.partition.delete(key.rawBytes) }
        check(model.partition.memory(ofDatabase: 0).outside == 0)
    }

    private func audit(_ model: inout Model) {
        model.partition.audit()
        model.partition.auditEncodings()
    }

    private func changeBit(
        _ model: inout Model, _ key: [UInt8], _ byteCountMax: Int, _ random: inout RandomSource
    ) throws {
        let offset = Int(random.next(below: UInt64(byteCountMax * 8)))
        let value = random.next(below: 2) == 1
        let string = model.strings[key] ?? []
        let former = string.rawBytes.bit(at: offset)
        let isGrown = offset >> 3 >= string.count
        let changes = model.partition.changeCount
        check(try model.partition.bit(key.rawBytes, at: offset) == former)
        check(try model.partition.setBit(key.rawBytes, at: offset, to: value) == former)
        check(model.partition.changeCount - changes == (isGrown || former != value ? 1 : 0))
        model.grow(key, to: offset >> 3 + 1)
        let mask = UInt8(0x80) >> UInt8(offset & 7)
        var changed = model.strings[key] ?? []
        changed[offset >> 3] = changed[offset >> 3] & ~mask | (value ? mask : 0)
        model.strings[key] = changed
        check(try model.partition.bit(key.rawBytes, at: offset) == value)
    }

    private func changeField(
        _ model: inout Model, _ key: [UInt8], _ byteCountMax: Int, _ random: inout RandomSource
    ) throws {
        let bitCount = Int(random.next(below: 64)) + 1
        let field = BitField(
            isSigned: bitCount == 64 || random.next(below: 2) == 0, bitCount: bitCount,
            offset: Int(random.next(below: UInt64(byteCountMax * 8))))
        let value = Int64(bitPattern: random.next()) >> Int64(random.next(below: 64))
        model.grow(key, to: field.last >> 3 + 1)
        var string = model.strings[key] ?? []
        let former = field.number(string.rawBytes.bits(at: field.offset, count: bitCount))
        var opened = try model.partition.openBits(key.rawBytes, through: field.last)
        check(opened.value(field) == former)
        check(opened.set(field, to: value, .wrap) == former)
        let stored = field.number(UInt64(bitPattern: value))
        check(opened.value(field) == stored)
        model.partition.closeBits(opened, of: key.rawBytes)
        for index in 0..<bitCount {
            let (place, bit) = (field.offset + index, UInt64(bitPattern: stored) >> UInt64(bitCount - 1 - index) & 1)
            let mask = UInt8(0x80) >> UInt8(place & 7)
            string[place >> 3] = string[place >> 3] & ~mask | (bit == 1 ? mask : 0)
        }
        model.strings[key] = string
    }

    /// Bit by bit, after the definitions.
    private func combine(_ model: inout Model, _ random: inout RandomSource) throws {
        let operation = Self.operations[Int(random.next(below: 8))]
        var count = operation.sourceCountMin + Int(random.next(below: 3))
        if operation == .not { count = 1 }
        let keys = (0..<count).map { _ in Self.keys[Int(random.next(below: 4))] }
        let target = Self.keys[Int(random.next(below: 4))]
        let strings = keys.map { model.strings[$0] ?? [] }
        let byteCount = strings.map(\.count).max() ?? 0
        let padded = strings.map { $0 + [UInt8](repeating: 0, count: byteCount - $0.count) }
        let result = (0..<byteCount).map { place in Self.combined(operation, padded.map { $0[place] }) }
        var sources = BitSources()
        for key in keys { try model.partition.addSource(key.rawBytes, to: &sources) }
        check(model.partition.storeBits(operation, of: sources, under: target.rawBytes) == byteCount)
        model.strings[target] = byteCount == 0 ? nil : result
        try model.check(target)
        check(model.partition.expiry(of: target.rawBytes) != .at(5_000))
    }

    static func combined(_ operation: BitOperation, _ bytes: [UInt8]) -> UInt8 {
        let others = bytes.dropFirst().reduce(0, |)
        return switch operation {
        case .and: bytes.reduce(0xff, &)
        case .or: bytes.reduce(0, |)
        case .xor: bytes.reduce(0, ^)
        case .not: ~bytes[0]
        case .diff: bytes[0] & ~others
        case .diff1: ~bytes[0] & others
        case .andOr: bytes[0] & others
        case .one:
            (0..<8).reduce(0) { sum, bit in
                sum | (bytes.count { $0 >> UInt8(bit) & 1 == 1 } == 1 ? 1 << UInt8(bit) : 0)
            }
        }
    }

    /// All operations on up to three bitmaps of up to two bytes of a few values each, also into a source.
    @Test func smallCombinations() throws {
        let strings: [[UInt8]] = [[], [0], [0xff], [0x35], [0x53, 0xc1], [0, 0x0f]]
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        for operation in Self.operations {
            for count in operation.sourceCountMin...(operation == .not ? 1 : 3) {
                for choice in 0..<Int((0..<count).reduce(1) { product, _ in product * strings.count }) {
                    let chosen = (0..<count).map { position in
                        strings[(0..<position).reduce(choice) { rest, _ in rest / strings.count } % strings.count]
                    }
                    let byteCount = chosen.map(\.count).max() ?? 0
                    for (index, string) in chosen.enumerated() {
                        let key = Self.keys[index]
                        partition.setString(key.rawBytes, to: string.rawBytes)
                    }
                    let target = Self.keys[choice % 4]
                    // The destination is a source, or holds something else.
                    let former = chosen[min(choice % 4, count - 1)]
                    partition.setString(target.rawBytes, to: former.rawBytes, expiry: .set(9))
                    var sources = BitSources()
                    for key in Self.keys[..<count] { try partition.addSource(key.rawBytes, to: &sources) }
                    check(partition.storeBits(operation, of: sources, under: target.rawBytes) == byteCount)
                    let result = try partition.withBits(target.rawBytes) { $0.makeArray() }
                    let expected = (0..<byteCount).map { place in
                        Self.combined(operation, chosen.map { place < $0.count ? $0[place] : 0 })
                    }
                    check(result == (byteCount == 0 ? nil : expected))
                    if byteCount > 0 { check(partition.expiry(of: target.rawBytes) == .never) }
                }
            }
        }
    }

    /// Sums and stores of fields of a few bits, all of them.
    @Test func fieldsOfFewBits() {
        for bitCount in 1...4 {
            for isSigned in [false, true] {
                let field = BitField(isSigned: isSigned, bitCount: bitCount, offset: 0)
                let (least, most) =
                    isSigned ? (-(1 << (bitCount - 1)), 1 << (bitCount - 1) - 1) : (0, 1 << bitCount - 1)
                for value in least...most {
                    for amount in -40...40 {
                        let sum = value + amount
                        let wrapped = ((sum - least) % (1 << bitCount) + 1 << bitCount) % (1 << bitCount) + least
                        let isInside = sum >= least && sum <= most
                        check(field.sum(Int64(value), Int64(amount), .wrap) == Int64(wrapped))
                        check(field.sum(Int64(value), Int64(amount), .fail) == (isInside ? Int64(sum) : nil))
                        check(field.sum(Int64(value), Int64(amount), .saturate) == Int64(min(max(sum, least), most)))
                    }
                }
            }
        }
    }

    /// A bit far away costs no memory on the way, and what is there stays.
    @Test func farBits() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
        let key = bytes("far")
        for offset in [5, 2_100, 9_000_000, 80_000_000] {
            check(try !partition.setBit(key.rawBytes, at: offset, to: true))
        }
        let found = try partition.withBits(key.rawBytes) { ($0.byteCount, $0.setBitCount) }
        check(found?.0 == 10_000_001 && found?.1 == 4)
        partition.audit()
        partition.auditEncodings()
    }
}
