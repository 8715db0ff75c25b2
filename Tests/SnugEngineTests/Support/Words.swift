import SnugEngine
import SnugMemory

/// Text as tests write it.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension StringValue {
    /// The text of the value in an array of its own.
    var text: [UInt8] {
        switch self {
        case .integer(let integer): Array(String(integer).utf8)
        case .bytes(let span): span.makeArray()
        }
    }
}

/// Integers at which a listpack's encodings change, each with its neighbours.
let boundaryIntegers: [Int64] = {
    let edges: [Int64] = [
        0, 127, 128, -4096, 4095, -32768, 32767, -(1 << 23), (1 << 23) - 1, Int64(Int32.min), Int64(Int32.max),
        .min, .max,
    ]
    var all: Set<Int64> = []
    for edge in edges {
        for distance in Int64(-2)...2 { all.insert(edge &+ distance) }
    }
    return all.sorted()
}()

/// Words of the kinds that a listpack tells apart: short, integer, nearly integer, at the edges of the string encodings.
func drawWord(_ random: inout RandomSource) -> [UInt8] {
    switch random.next(below: 10) {
    case 0: return []
    case 1, 2: return bytes(String(boundaryIntegers[Int(random.next(below: UInt64(boundaryIntegers.count)))]))
    case 3: return bytes(String(Int64(bitPattern: random.next()) >> Int64(random.next(below: 64))))
    case 4: return bytes(["007", "-0", "+1", "1.0", " 1", "9223372036854775808", "-"][Int(random.next(below: 7))])
    case 5: return drawBytes(count: [62, 63, 64, 65, 126, 127, 128][Int(random.next(below: 7))], &random)
    case 6: return drawBytes(count: [4094, 4095, 4096][Int(random.next(below: 3))], &random)
    default: return drawBytes(count: Int(random.next(below: 20)), &random)
    }
}

func drawBytes(count: Int, _ random: inout RandomSource) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}
