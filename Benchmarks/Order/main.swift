import Glibc
import SnugEngine
import SnugMemory

/// Times the ordered index of large sorted sets, and the nodes of large lists, without a socket; prints nanoseconds for
/// each operation, of the processor's time, and bytes an element.
///
/// usage: OrderBenchmark [COUNT[,COUNT…] [MAKE…]]      makes: leaderboard fractions equal rising text list
///
/// Elements are added one after the other as the make draws them, and looked for in random order, a million times.
let makes = ["leaderboard", "fractions", "equal", "rising", "text", "list"]
let operationCount = 1_000_000

let arguments = CommandLine.arguments.dropFirst()
let counts = (arguments.first ?? "1000000").split(separator: ",").compactMap { Int($0) }
let chosen = arguments.count > 1 ? Array(arguments.dropFirst()) : makes
guard !counts.isEmpty, counts.allSatisfy({ $0 > 200 }), chosen.allSatisfy(makes.contains) else {
    print("usage: OrderBenchmark [COUNT[,COUNT…] [MAKE…]]      makes: \(makes.joined(separator: " "))")
    exit(2)
}

print("make            count   add  rank or index  range of 100    move or pop   bytes an element")
for make in chosen {
    for count in counts { make == "list" ? runList(count) : runIndex(make, count) }
}

/// A number that is different for different ones, and looks random.
func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
}

func score(_ make: String, _ number: Int, of count: Int) -> Double {
    let mixed = mixed(UInt64(number))
    switch make {
    case "fractions": return Double(mixed >> 11) * 0x1p-53
    case "equal": return 0
    case "rising": return 1_700_000_000_000 + Double(number * 10)
    default: return Double(mixed % UInt64(count))
    }
}

/// Writes the member of that number into `text`.
func write(_ make: String, _ number: Int, into text: inout GrowableBytes) {
    text.truncate(to: 0)
    guard make == "text" else {
        text.append("player:")
        text.append(decimal: Int64(number))
        return
    }
    var rest = mixed(UInt64(number) &+ 1 << 40)
    for _ in 0..<12 {
        text.append(UInt8(97 + rest % 26))
        rest /= 26
    }
}

func nanoseconds() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Nanoseconds that `body` takes for each of `times` turns.
func time(_ times: Int, _ body: (Int) -> Void) -> Double {
    let start = nanoseconds()
    for turn in 0..<times { body(turn) }
    return Double(nanoseconds() - start) / Double(times)
}

func drawn(_ turn: Int, below count: Int) -> Int { Int(mixed(UInt64(turn) &+ 1 << 50) % UInt64(count)) }

func report(_ make: String, _ count: Int, _ figures: [Double], _ bytes: Double) {
    func column(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
    var line = make + column(String(count), 21 - make.count)
    for (figure, width) in zip(figures, [6, 15, 14, 15]) { line += column(String(Int(figure.rounded())), width) }
    print(line + "   " + String((bytes * 100).rounded() / 100))
}

func runIndex(_ make: String, _ count: Int) {
    let scratch = Box(OrderedScratch())
    defer { scratch.destroy() }
    var index = OrderedIndex(scratch: scratch)
    var text = GrowableBytes()
    let add = time(count) { number in
        write(make, number, into: &text)
        index.insert(text.bytes, score: score(make, number, of: count))
    }
    let bytes = Double(index.allocatedByteCount) / Double(count)
    var sum = 0
    let rank = time(operationCount) { turn in
        let number = drawn(turn, below: count)
        write(make, number, into: &text)
        sum &+= index.rank(of: text.bytes, score: score(make, number, of: count)) ?? -count
    }
    precondition(sum > 0, "an entry that was not found")
    let range = time(operationCount / 10) { turn in
        let bound = OrderedBound(score: score(make, drawn(turn, below: count), of: count), inclusive: false)
        let first = min(index.rank(of: bound), count - 100)
        index.forEach(ranks: first..<first + 100) { member, _ in sum &+= member.byteCount }
    }
    let move = time(operationCount) { turn in
        let number = turn % count
        write(make, number, into: &text)
        let former = score(make, number, of: count)
        precondition(index.remove(text.bytes, score: former), "an entry that was not found")
        index.insert(text.bytes, score: make == "rising" ? former + 3e9 : former)
    }
    report(make, count, [add, rank, range, move], bytes)
}

func runList(_ count: Int) {
    var list = ListpackSequence(limit: ListNodeLimit(listMaxListpackSize: -2))
    let add = time(count) { number in
        list.append(.integer(1_000_000_000 + Int64(mixed(UInt64(number)) % 9_000_000_000)))
    }
    let bytes = Double(list.allocatedByteCount) / Double(count)
    var sum = 0
    let index = time(operationCount / 10) { turn in
        if case .integer = list.value(at: drawn(turn, below: count)) { sum &+= 1 }
    }
    precondition(sum == operationCount / 10, "an element that is not a number")
    let range = time(operationCount / 10) { turn in
        let first = drawn(turn, below: count - 100)
        list.forEach(first..<first + 100) { number, _ in
            sum &+= number
            return true
        }
    }
    let pop = time(min(count, operationCount)) { _ in list.remove(0..<1) }
    report("list", count, [add, index, range, pop], bytes)
}
