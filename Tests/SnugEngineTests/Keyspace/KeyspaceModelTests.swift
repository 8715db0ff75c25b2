import SnugMemory
import Testing

@testable import SnugEngine

@Suite struct KeyspaceModelTests {
    private func key(_ random: inout RandomSource) -> [UInt8] {
        random.next(below: 30) == 0 ? [] : bytes("key\(random.next(below: 12))")
    }

    private func text(_ random: inout RandomSource) -> [UInt8] {
        random.next(below: 6) == 0 ? drawBytes(count: 43 + Int(random.next(below: 3)), &random) : drawWord(&random)
    }

    private func time(_ model: borrowing KeyspaceModel, _ random: inout RandomSource) -> Int64 {
        switch random.next(below: 8) {
        case 0: model.now - Int64(random.next(below: 100))
        case 1: .max
        case 2: model.now
        default: model.now + 1 + Int64(random.next(below: 2000))
        }
    }

    /// One generated operation on a string.
    private func changeString(_ model: inout KeyspaceModel, _ random: inout RandomSource) {
        let key = key(&random)
        switch random.next(below: 8) {
        case 0, 1: model.set(key, text(&random), .remove)
        case 2: model.set(key, text(&random), .set(max(1, time(model, &random))))
        case 3: model.set(key, text(&random), .keep)
        case 4: model.setConditionally(key, text(&random), ifNew: random.next(below: 2) == 0)
        case 5: model.append(key, text(&random))
        case 6:
            let offset = [0, 1, 7, 100, Int.max, Int.max - 1][Int(random.next(below: 6))]
            model.setRange(key, offset, text(&random))
        default:
            let amount = boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))]
            model.increment(key, by: amount)
        }
    }

    /// One generated operation on any key.
    private func changeKey(_ model: inout KeyspaceModel, _ random: inout RandomSource) {
        let key = key(&random)
        let database = Int(random.next(below: 5))
        switch random.next(below: 10) {
        case 0: model.delete(key)
        case 1, 2:
            let conditions: [ExpiryCondition] = [[], [], .none, .some, .later, .earlier]
            model.setExpiry(key, to: time(model, &random), if: conditions[Int(random.next(below: 6))])
        case 3: model.persist(key)
        case 4: model.rename(key, self.key(&random), onlyIfNew: random.next(below: 3) == 0)
        case 5, 6: model.copy(key, self.key(&random), to: database, replacing: random.next(below: 2) == 0)
        case 7: model.move(key, to: database)
        case 8:
            let count = random.next(below: 8) == 0 ? 9 : random.next(below: 4)
            let isText = random.next(below: 2) == 0
            model.addMembers(
                key, (0...count).map { _ in bytes((isText ? "m" : "") + "\(random.next(below: 99))") })
        default:
            let count = random.next(below: 8) == 0 ? 9 : random.next(below: 4)
            model.setFields(key, (0...count).map { (bytes("field\($0)"), bytes("v\(random.next(below: 99))")) })
        }
    }

    /// Announces commands, of which some come then. Nothing else may depend on it.
    private func announce(_ model: inout KeyspaceModel, _ random: inout RandomSource) {
        model.partition.beginAnnouncing()
        let isOneKey = random.next(below: 2) == 0
        let one = key(&random)
        for _ in 0..<random.next(below: 20) {
            let key = isOneKey ? one : key(&random)
            let second = random.next(below: 2) == 0 ? bytes("field\(random.next(below: 4))") : text(&random)
            model.partition.announce(key.rawBytes, second: second.rawBytes, last: text(&random).rawBytes)
        }
        model.partition.prefetchAnnounced(forRemoval: random.next(below: 2) == 0)
    }

    private func changeSurroundings(_ model: inout KeyspaceModel, _ random: inout RandomSource) {
        switch random.next(below: 40) {
        case 0: model.flush(Int(random.next(below: 4)))
        case 1, 2: model.swapDatabases(Int(random.next(below: 4)), Int(random.next(below: 4)))
        case 3...6: model.partition.selected = Int(random.next(below: 4))
        case 7...14: model.advance(by: Int64(random.next(below: 600)))
        case 15: model.turnBack(by: Int64(random.next(below: 2000)))
        case 16...20 where model.watches.count < 12: model.watch(key(&random))
        case 21: model.dropWatches()
        case 22...26:
            _ = model.partition.reclaimExpired(inDatabase: Int(random.next(below: 4)), atMost: 3)
        case 27: model.partition.reclaimsExpired.toggle()
        case 28...33: announce(&model, &random)
        default: break
        }
    }

    @Test func generatedOperationsInFourDatabases() {
        let seed = newSeed()
        for round in 0..<12 {
            var random = RandomSource(seed: seed &+ UInt64(round))
            var model = KeyspaceModel(databaseCount: 4, seed: random.next())
            model.partition.limits.hashListpackEntriesMax = 6
            model.partition.limits.setIntegerSetEntriesMax = 8
            model.partition.limits.setListpackEntriesMax = 5
            model.partition.limits.encodingsRevert = false
            model.partition.limits.stringByteCountMax = 6000
            for step in 0..<1200 {
                if random.next(below: 2) == 0 { changeString(&model, &random) } else { changeKey(&model, &random) }
                changeSurroundings(&model, &random)
                model.check(key(&random))
                if step % 5 == 0 { model.checkWatches() }
                if step % 100 == 0 {
                    // A scan reclaims only while that is allowed.
                    model.partition.reclaimsExpired = true
                    model.checkAll()
                }
            }
            model.partition.reclaimsExpired = true
            model.checkAll()
            model.dropWatches()
        }
    }

    /// The clock jumps about while expired keys lie around: nothing may trap, and the accounts stay right.
    @Test func aClockThatJumps() {
        var random = RandomSource(seed: newSeed())
        var partition = Partition(databaseCount: 2, hasher: KeyedHash(key0: 1, key1: 2), seed: 5)
        for step in 0..<4000 {
            let times: [Int64] = [0, 1, -5, .min, .max, 1_700_000_000_000, .max - 1]
            partition.now = times[Int(random.next(below: 7))]
            partition.selected = Int(random.next(below: 2))
            let key = key(&random)
            switch random.next(below: 8) {
            case 0: partition.setString(key.rawBytes, to: key.rawBytes, expiry: .set(times[Int(random.next(below: 7))]))
            case 1: _ = partition.setExpiry(of: key.rawBytes, to: times[Int(random.next(below: 7))])
            case 2: _ = partition.describe(key.rawBytes)
            case 3: _ = try? partition.move(key.rawBytes, toDatabase: 1 - partition.selected)
            case 4: _ = try? partition.rename(key.rawBytes, to: self.key(&random).rawBytes, onlyIfNew: false)
            case 5: _ = partition.reclaimExpired(inDatabase: partition.selected, atMost: 2)
            case 6: _ = partition.withRandomKey { _ in }
            default: partition.accessClock.isLFU.toggle()
            }
            if step % 400 == 0 { partition.audit() }
        }
        partition.audit()
    }
}
