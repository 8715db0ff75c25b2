import SnugMemory
import Testing

@testable import SnugEngine

/// Every make of key with every make of value, beside a dictionary.
@Suite struct PackedMapModelTests {
    private static let keyCount: UInt64 = 100

    private func step(
        _ model: inout KeyspaceModel, _ random: inout RandomSource, _ keys: KeyMake, _ values: ValueMake,
        _ expiries: ExpiryMake, phase: Int
    ) {
        let number = Int(random.next(below: Self.keyCount))
        let key = keys.key(number)
        switch random.next(below: 24) {
        case 0...13:
            let value = values.value(&random, phase: phase)
            model.set(key, value, expiries.change(&random, now: model.now, number: number))
        case 14: model.set(key, values.value(&random, phase: phase), .keep)
        case 15...18: model.delete(key)
        case 19:
            if case .set(let time) = expiries.change(&random, now: model.now, number: number) {
                model.setExpiry(key, to: time, if: [])
            } else {
                model.persist(key)
            }
        case 20: model.increment(key, by: boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))])
        case 21: model.append(key, values.value(&random, phase: phase))
        case 22: model.setRange(key, Int(random.next(below: 12)), bytes("x"))
        default: model.rename(key, keys.key(Int(random.next(below: Self.keyCount))), onlyIfNew: false)
        }
        model.check(key)
    }

    /// Each make of keys with four makes of values, chosen anew by each run.
    @Test(arguments: KeyMake.allCases)
    func keysOfOneMake(keys: KeyMake) {
        let seed = newSeed("keysOfOneMake(\(keys))")
        for round in 0..<4 {
            var random = RandomSource(seed: seed &+ UInt64(round))
            let values = ValueMake.allCases[Int(random.next(below: UInt64(ValueMake.allCases.count)))]
            let means = [48, 64, 200, 1_152]
            let mean = means[Int(random.next(below: 4))]
            var model = KeyspaceModel(databaseCount: 1, seed: random.next(), packByteCountMean: mean)
            model.partition.limits.stringByteCountMax = 200_000
            var expiries = ExpiryMake.none
            for number in 0..<400 {
                if number % 60 == 0 { expiries = ExpiryMake.allCases[Int(random.next(below: 4))] }
                step(&model, &random, keys, values, expiries, phase: number / 45)
                if number % 50 == 0 { model.advance(by: Int64(random.next(below: 4000))) }
                if number % 200 == 199 { model.checkAll() }
            }
            for number in 0..<Int(Self.keyCount) { model.delete(keys.key(number)) }
            model.checkAll()
            let memory = model.partition.memory(ofDatabase: 0)
            #expect(memory.packs == 0 && memory.outside == 0)
            #expect(model.partition.vocabulary.value.templates.count == 0)
        }
    }

    /// The same while the makes of keys and values change from step to step, so that runs hold what does not go
    /// together.
    @Test func everythingTogether() {
        let seed = newSeed()
        for round in 0..<6 {
            var random = RandomSource(seed: seed &+ UInt64(round))
            var model = KeyspaceModel(databaseCount: 1, seed: random.next(), packByteCountMean: 48 + round * 40)
            model.partition.limits.stringByteCountMax = 200_000
            model.partition.accessClock.isNeeded = round % 3 == 2
            for number in 0..<1500 {
                let keys = KeyMake.allCases[Int(random.next(below: UInt64(KeyMake.allCases.count)))]
                let values = ValueMake.allCases[Int(random.next(below: UInt64(ValueMake.allCases.count)))]
                let expiries = ExpiryMake.allCases[Int(random.next(below: 4))]
                step(&model, &random, keys, values, expiries, phase: number / 150)
                if number % 200 == 0 { model.advance(by: Int64(random.next(below: 4000))) }
                if number % 500 == 499 { model.checkAll() }
            }
        }
    }
}
