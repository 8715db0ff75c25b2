import Glibc
import SnugEngine
import SnugMemory

/// Times the engine's operations without a socket, and prints nanoseconds for each and bytes a key.
///
/// usage: EngineBenchmark [pauses] [KEYS[,KEYS…] [SHAPE…]]      shapes: dense padded sparse uuid text
///
/// With `pauses` it prints how long the three longest insertions took instead.
///
/// Keys are drawn in random order but for the first loading. Each figure is the best of `rounds` over at most a million
/// operations, of more rounds where there are fewer keys; INCR, which leaves other values behind for DEL, has no more than
/// three with a million keys and more. The text of the keys is made before the clock runs.
let shapes = ["dense", "padded", "sparse", "uuid", "text"]
let operationCountMax = 1_000_000
func rounds(_ count: Int, atLeast roundCountMin: Int) -> Int { max(roundCountMin, min(50, operationCountMax / count)) }

let printsPauses = CommandLine.arguments.dropFirst().first == "pauses"
let arguments = CommandLine.arguments.dropFirst(printsPauses ? 2 : 1)
let counts = (arguments.first ?? "1000000").split(separator: ",").compactMap { Int($0) }
let chosen = arguments.count > 1 ? Array(arguments.dropFirst()) : ["dense"]
guard !counts.isEmpty, chosen.allSatisfy(shapes.contains) else {
    print("usage: EngineBenchmark [pauses] [KEYS[,KEYS…] [SHAPE…]]      shapes: \(shapes.joined(separator: " "))")
    exit(2)
}

print(
    printsPauses
        ? "shape        keys  longest   second    third   (microseconds of processor time for one insertion)"
        : "shape        keys   insert      set      get     incr      del   bytes a key   (nanoseconds an operation)")
for shape in chosen {
    for count in counts { printsPauses ? runPauses(shape, count) : run(shape, count) }
}

/// A number that is different for different ones, and looks random.
func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
}

func hexadecimal(_ number: UInt64, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + String(text.suffix(digits))
}

func key(_ shape: String, _ number: Int) -> String {
    let mixed = mixed(UInt64(number))
    switch shape {
    case "dense": return "user:\(number):blocked"
    case "padded":
        let text = String(number)
        return "key:" + String(repeating: "0", count: 12 - text.count) + text
    case "sparse": return "user:\(mixed % 1_000_000_000_000):blocked"
    case "uuid":
        let low = SnugBenchmark.mixed(mixed)
        return "session:\(hexadecimal(mixed >> 32, 8))-\(hexadecimal(mixed >> 16, 4))-\(hexadecimal(mixed, 4))-"
            + "\(hexadecimal(low >> 48, 4))-\(hexadecimal(low, 12))"
    default:
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var rest = mixed
        return String(
            (0..<20).map { place in
                if place == 10 { rest = SnugBenchmark.mixed(mixed) }
                defer { rest /= 62 }
                return letters[Int(rest % 62)]
            })
    }
}

enum SnugBenchmark {
    static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = (number ^ number >> 31) &* 0x7fb5_d329_728e_a185
        mixed = (mixed ^ mixed >> 27) &* 0x81da_def4_bc2d_d44d
        return mixed ^ mixed >> 33
    }
}

/// Keys one after the other, with where each begins.
struct Keys: ~Copyable {
    var text = GrowableBytes()
    var offsets: [Int] = [0]

    mutating func append(_ key: String) {
        text.append(key)
        offsets.append(text.count)
    }
    var count: Int { offsets.count - 1 }
}

func nanoseconds(of clock: clockid_t = CLOCK_MONOTONIC) -> Int {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Nanoseconds that `body` takes for each of the keys.
func time(_ keys: borrowing Keys, _ body: (RawSpan) -> Void) -> Double {
    let start = nanoseconds()
    for index in 0..<keys.count {
        let offset = keys.offsets[index]
        body(keys.text.bytes.slice(from: offset, count: keys.offsets[index + 1] - offset))
    }
    return Double(nanoseconds() - start) / Double(keys.count)
}

/// Calls `body` with the first `count` keys of a shape, at most `operationCountMax` at a time.
func forEachBatch(_ shape: String, _ count: Int, _ body: (borrowing Keys) -> Void) {
    for start in stride(from: 0, to: count, by: operationCountMax) {
        var keys = Keys()
        for number in start..<min(count, start + operationCountMax) { keys.append(key(shape, number)) }
        body(keys)
    }
}

func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}

func run(_ shape: String, _ count: Int) {
    var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
    var insert = 0.0
    forEachBatch(shape, count) { keys in
        let digits = [DecimalDigits(0), DecimalDigits(1)]
        var turn = 0
        insert += time(keys) {
            turn += 1
            partition.setString($0, to: digits[turn & 1].bytes)
        } * Double(keys.count)
    }
    let bytes = Double(partition.memory(ofDatabase: 0).total) / Double(count)
    var keys = Keys()
    for number in 0..<min(count, operationCountMax) {
        keys.append(key(shape, Int(mixed(UInt64(number)) % UInt64(count))))
    }
    var (set, get, incr) = (Double.infinity, Double.infinity, Double.infinity)
    let digits = [DecimalDigits(0), DecimalDigits(1)]
    for _ in 0..<rounds(count, atLeast: 15) {
        var turn = 0
        set = min(
            set,
            time(keys) {
                turn += 1
                partition.setString($0, to: digits[turn & 1].bytes)
            })
        var found = 0
        get = min(get, time(keys) { found += (try? partition.string($0))??.byteCount ?? 0 })
        precondition(found >= keys.count, "a key that was not found")
    }
    for _ in 0..<rounds(count, atLeast: 3) { incr = min(incr, time(keys) { _ = try? partition.increment($0, by: 1) }) }
    let del = time(keys) { _ = partition.delete($0) }
    let columns = [insert / Double(count), set, get, incr, del].map { padded(String(Int($0.rounded())), to: 9) }
    print(
        shape + padded(String(count), to: 17 - shape.count) + columns.joined() + "   "
            + String((bytes * 100).rounded() / 100))
}
