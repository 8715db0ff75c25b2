internal import SnugMemory

/// How a number becomes a key, or a field in HSET and HGET.
enum KeyMake: String {
    /// `user:7`; fields are the number alone.
    case dense
    /// Those of redis-benchmark: `key:000000000007`, `counter:…` in INCR, `element:…` for fields.
    case benchmark
    /// Sixteen letters and digits that look random; the same number gives the same.
    case text
}

enum Command: String {
    case set = "SET"
    case get = "GET"
    case incr = "INCR"
    case del = "DEL"
    case hset = "HSET"
    case hget = "HGET"
    case hdel = "HDEL"

    var hasField: Bool { self == .hset || self == .hget || self == .hdel }
    var hasValue: Bool { self == .set || self == .hset }
}

/// One command on one make of keys, as RESP:
///
///     | head: *3 $3 SET | $ byte count | prefix, then digits or letters | tail: $3 VXK |
///
/// Only the middle differs from request to request. Fields are those of one hash, `myhash`, or `hashFieldCount` each of
/// `h:0`, `h:1`, … The value is redis-benchmark's.
struct RequestShape {
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    private static let textByteCount = 16
    private static let benchmarkDigitCount = 12

    private let make: KeyMake
    private let hashFieldCount: Int
    private let head: [UInt8]
    private let prefix: [UInt8]
    private let tail: [UInt8]
    private let letters = Self.letters

    /// `hashFieldCount` is 0 for one hash.
    init(_ command: Command, _ make: KeyMake, hashFieldCount: Int = 0) {
        self.make = make
        self.hashFieldCount = command.hasField ? hashFieldCount : 0
        let words = 2 + (command.hasField ? 1 : 0) + (command.hasValue ? 1 : 0)
        let name = command.rawValue
        let hash = command.hasField && hashFieldCount == 0 ? "$6\r\nmyhash\r\n" : ""
        head = Array("*\(words)\r\n$\(name.utf8.count)\r\n\(name)\r\n\(hash)$".utf8)
        tail = Array((command.hasValue ? "\r\n$3\r\nVXK\r\n" : "\r\n").utf8)
        let prefix =
            switch make {
            case .dense: command.hasField ? "" : "user:"
            case .benchmark: command.hasField ? "element:" : command == .incr ? "counter:" : "key:"
            case .text: ""
            }
        self.prefix = Array(prefix.utf8)
    }

    /// Appends the request about `number`.
    func append(_ number: Int, to requests: inout GrowableBytes) {
        append(head, to: &requests)
        if hashFieldCount > 0 { appendHash(number / hashFieldCount, to: &requests) }
        let digitCount = decimalDigitCount(number)
        let variableByteCount =
            switch make {
            case .dense: digitCount
            case .benchmark: Self.benchmarkDigitCount
            case .text: Self.textByteCount
            }
        requests.append(decimal: Int64(prefix.count + variableByteCount))
        requests.append(13)
        requests.append(10)
        append(prefix, to: &requests)
        switch make {
        case .dense: requests.append(decimal: Int64(number))
        case .benchmark:
            requests.append(repeating: 48, count: Self.benchmarkDigitCount - digitCount)
            requests.append(decimal: Int64(number))
        case .text: appendText(number, to: &requests)
        }
        append(tail, to: &requests)
    }

    /// Appends the rest of a hash's key behind its `$`, and the `$` of what follows.
    private func appendHash(_ number: Int, to requests: inout GrowableBytes) {
        requests.append(decimal: Int64(2 + decimalDigitCount(number)))
        append(Array("\r\nh:".utf8), to: &requests)
        requests.append(decimal: Int64(number))
        append(Array("\r\n$".utf8), to: &requests)
    }

    /// Two random numbers give eight letters each: the whole part of what is left, taken 62 times, is the next letter.
    private func appendText(_ number: Int, to requests: inout GrowableBytes) {
        var rest = mixed(UInt64(number))
        for half in 0..<2 {
            if half == 1 { rest = mixed(~UInt64(number)) }
            for _ in 0..<(Self.textByteCount / 2) {
                let (letter, left) = rest.multipliedFullWidth(by: UInt64(letters.count))
                requests.append(letters[Int(truncatingIfNeeded: letter)])
                rest = left
            }
        }
    }

    private func append(_ part: [UInt8], to requests: inout GrowableBytes) {
        // SAFETY: the array is ours and outlives its span.
        requests.append(unsafe part.span.bytes)
    }

    private func decimalDigitCount(_ number: Int) -> Int {
        var (count, limit) = (1, 10)
        while number >= limit {
            count += 1
            limit *= 10
        }
        return count
    }
}
