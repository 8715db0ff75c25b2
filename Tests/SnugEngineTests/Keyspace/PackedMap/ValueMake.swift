@testable import SnugEngine

/// The kinds of value for which a run has forms of its own.
enum ValueMake: CaseIterable {
    case flags, growingIntegers, extremeIntegers, equal, fixed, vocabulary, rows, aroundCells, outside

    /// A value drawn by chance. `phase` goes up as a test goes on; some makes are large in one and small in others.
    func value(_ random: inout RandomSource, phase: Int) -> [UInt8] {
        switch self {
        case .flags: return bytes("\(random.next(below: 2))")
        case .growingIntegers:
            let bounds: [UInt64] = [1, 3, 20, 300, 70_000, 1 << 40, 300, 2]
            let number = Int64(random.next(below: bounds[phase % bounds.count]))
            return bytes("\(random.next(below: 4) == 0 ? -number : number)")
        case .extremeIntegers:
            return bytes("\(boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))])")
        case .equal: return bytes("the same for all of them")
        case .fixed: return drawBytes(count: 5, &random)
        case .vocabulary: return bytes("word \(random.next(below: UInt64(2 + phase % 20)))")
        case .rows:
            let number = Int(random.next(below: 100_000))
            return bytes(#"{"id":\#(number),"name":"\#(letters(number, 6))","active":\#(number % 2 == 0)}"#)
        case .aroundCells:
            let counts = [0, 27, 28, 29, 250, 252, 253, 254, 255, 256, 283, 284, 285, Int(random.next(below: 301))]
            return drawBytes(count: counts[Int(random.next(below: UInt64(counts.count)))], &random)
        case .outside:
            let count = random.next(below: 16) == 0 ? 70_000 : Int(random.next(below: 2_000))
            return [UInt8](repeating: UInt8(random.next(below: 256)), count: count)
        }
    }
}

/// Which keys get an expiry, and when.
enum ExpiryMake: CaseIterable {
    case none, equal, spread, oneOnly

    func change(_ random: inout RandomSource, now: Int64, number: Int) -> ExpiryChange {
        switch self {
        case .none: return .remove
        case .equal: return random.next(below: 20) == 0 ? .remove : .set(50_000_000)
        case .spread: return .set(now + 1 + Int64(random.next(below: 1 << (4 + random.next(below: 30)))))
        case .oneOnly: return number == 3 ? .set(now + 100_000) : .remove
        }
    }
}
