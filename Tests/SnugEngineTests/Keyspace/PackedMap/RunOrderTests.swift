import SnugMemory
import Testing

@testable import SnugEngine

/// Runs filled and emptied in all orders, where the forms of their columns change.
@Suite struct RunOrderTests {
    /// Values such that each form of column occurs, by index.
    private static let values: [(name: String, value: @Sendable (Int) -> String)] = [
        ("one bit", { "\($0 & 1)" }), ("equal", { _ in "the same text" }), ("rising", { "\($0 * $0 * 1_000_003)" }),
        ("cells", { String(repeating: "v", count: $0 % 40) + "\t" }), ("words", { "word \($0 % 5)!" }),
        ("fixed", { "\t\(10 + $0)" }), ("mixed", { $0 % 3 == 0 ? "\($0)" : "text \($0)" }),
    ]

    private func key(_ index: Int) -> [UInt8] { bytes("run:\(index)") }

    /// All orders of the numbers.
    private func permutations(_ numbers: [Int]) -> [[Int]] {
        guard numbers.count > 1 else { return [numbers] }
        return numbers.indices.flatMap { place in
            var rest = numbers
            let first = rest.remove(at: place)
            return permutations(rest).map { [first] + $0 }
        }
    }

    private func set(_ index: Int, _ form: Int, _ model: inout KeyspaceModel) {
        let expiry: ExpiryChange = form % 2 == 1 ? .set(9_000_000 + Int64(index % 3) * 77) : .remove
        model.set(key(index), bytes(Self.values[form].value(index)), expiry)
    }

    /// Four keys come and go in every order, beside others that make the run empty, a list that becomes bits, and full.
    @Test(arguments: [0, 4, 60], Array(0..<7))
    func everyOrderOfFour(others: Int, form: Int) {
        let places = [0, 5, 33, 63]
        var model = KeyspaceModel(databaseCount: 1, seed: 5)
        let rest = (0..<64).filter { !places.contains($0) }.prefix(others)
        for index in rest { set(index, form, &model) }
        let orders = permutations(places)
        for (number, order) in orders.enumerated() {
            for index in order { set(index, form, &model) }
            if number % 8 == 0 { for index in places + rest.prefix(3) { model.check(key(index)) } }
            for index in orders[(number * 7 + 5) % orders.count] {
                model.delete(key(index))
                if number % 8 == 0 { for index in places { model.check(key(index)) } }
            }
        }
        model.checkAll()
        #expect(model.partition.keyCount(inDatabase: 0) == others)
    }

    private func orders(_ random: inout RandomSource) -> [[Int]] {
        let rising = Array(0..<64)
        let inside = rising.sorted { abs($0 - 32) < abs($1 - 32) }
        var orders = [rising, rising.reversed(), inside, inside.reversed(), rising.filter { $0 % 2 == 1 }]
        orders[4] += rising.filter { $0 % 2 == 0 }
        for _ in 0..<4 {
            var drawn: [Int] = []
            for index in rising { drawn.insert(index, at: Int(random.next(below: UInt64(drawn.count + 1)))) }
            orders.append(drawn)
        }
        return orders
    }

    @Test(arguments: Array(0..<7))
    func wholeRunsInManyOrders(form: Int) {
        var random = RandomSource(seed: newSeed("wholeRunsInManyOrders(\(form))"))
        let orders = orders(&random)
        var model = KeyspaceModel(databaseCount: 1, seed: random.next())
        for (number, order) in orders.enumerated() {
            for index in order {
                set(index, form, &model)
                model.check(key(Int(random.next(below: 64))))
            }
            model.checkAll()
            for index in orders[(number * 5 + 2) % orders.count] {
                model.delete(key(index))
                model.check(key(Int(random.next(below: 64))))
                if index % 16 == 0 { model.checkAll() }
            }
            let memory = model.partition.memory(ofDatabase: 0)
            #expect(memory.packs == 0 && memory.outside == 0)
        }
    }
}
