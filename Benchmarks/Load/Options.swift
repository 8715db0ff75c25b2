internal import Glibc

/// What the command line says. Ends the program with the usage and status 2 when it says something else.
struct Options {
    enum Mode: String {
        case throughput, steady, fill
    }

    let mode: Mode
    var port: UInt16 = 0
    var command = "SET"
    var keys = KeyMake.dense
    var count = 1_000_000
    var first = 1
    var fields = 0
    var connections = 50
    var inFlight = 16
    var requests = 1_000_000
    var rate = 0
    var seconds = 10
    var threads: [Int] = []
    var seed: UInt64 = 1

    init(_ words: ArraySlice<String>) {
        guard let mode = words.first.flatMap(Mode.init) else { Self.refuse("say throughput, steady or fill") }
        self.mode = mode
        if mode == .steady { command = "MIX" }
        var rest = words.dropFirst()
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { Self.refuse("\(name) needs a value") }
            set(name, to: value)
        }
        if port == 0 { Self.refuse("--port is missing") }
        if mode == .steady && rate == 0 { Self.refuse("steady needs --rate") }
        if command == "MIX" && mode != .steady { Self.refuse("MIX is for steady") }
    }

    private mutating func set(_ name: String, to value: String) {
        switch name {
        case "--port": port = UInt16(Self.number(name, value, 1...65535))
        case "--command":
            guard value == "MIX" || Command(rawValue: value) != nil else { Self.refuse("no command \(value)") }
            command = value
        case "--keys":
            guard let make = KeyMake(rawValue: value) else { Self.refuse("no make of keys \(value)") }
            keys = make
        case "--count": count = Self.number(name, value, 1...1_000_000_000)
        case "--first": first = Self.number(name, value, 0...100_000_000_000)
        case "--fields": fields = Self.number(name, value, 0...1_000_000_000)
        case "--connections": connections = Self.number(name, value, 1...10_000)
        case "--in-flight": inFlight = Self.number(name, value, 1...1000)
        case "--requests": requests = Self.number(name, value, 1...1_000_000_000)
        case "--rate": rate = Self.number(name, value, 0...10_000_000)
        case "--seconds": seconds = Self.number(name, value, 1...86_400)
        case "--threads": threads = value.split(separator: ",").map { Self.number(name, String($0), 1...Int.max) }
        case "--seed": seed = UInt64(Self.number(name, value, 0...Int.max))
        default: Self.refuse("no option \(name)")
        }
    }

    private static func number(_ name: String, _ value: String, _ range: ClosedRange<Int>) -> Int {
        guard let number = Int(value), range.contains(number) else {
            refuse("\(name) is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func refuse(_ reason: String) -> Never {
        print("error: \(reason)\n\(LoadBenchmark.usage)")
        exit(2)
    }
}
