import SnugMemory
import SnugRESP

/// Any stream parses the same however it is cut, and what a queue takes of it is what a parser takes. The first two
/// bytes choose the cuts and the limits, the others are the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    guard input.count > 2 else { return 0 }
    var limits = RequestLimits()
    limits.isUnauthenticated = input[1] & 1 != 0
    if input[1] & 2 != 0 { limits.lineByteCountMax = 40 }
    let stream = Array(input[2...])
    let whole = parse(pieces(of: stream, cutBy: 0), limits)
    // A line that comes whole may be longer than one that comes in pieces, so that only whole lines compare.
    if whole.longestLine <= limits.lineByteCountMax {
        precondition(parse(pieces(of: stream, cutBy: input[0]), limits) == whole, "cuts make a difference")
        precondition(parse(pieces(of: stream, cutBy: 255), limits) == whole, "single bytes make a difference")
    }
    if input[1] & 1 == 0 {
        let queued = parse(pieces(of: stream, cutBy: 0), limits, queuing: true)
        precondition(queued.commands == whole.commands, "a queue takes something else than a parser")
        if whole.longestLine <= limits.lineByteCountMax {
            let cut = parse(pieces(of: stream, cutBy: input[0]), limits, queuing: true)
            precondition(cut == whole, "cuts make a difference to a queue and a parser")
        }
    }
    return 0
}

/// What came out of a stream.
private struct Parsed: Equatable {
    var commands: [[[UInt8]]] = []
    var error: ProtocolError?
    var restByteCount = 0
    var longestLine = 0

    static func == (left: Parsed, right: Parsed) -> Bool {
        left.commands == right.commands && left.error == right.error && left.restByteCount == right.restByteCount
    }
}

/// The stream in pieces: whole for 0, single bytes for 255, else of lengths that `seed` generates.
private func pieces(of stream: [UInt8], cutBy seed: UInt8) -> [[UInt8]] {
    if seed == 0 { return [stream] }
    var pieces: [[UInt8]] = []
    var state = UInt32(seed)
    var offset = 0
    while offset < stream.count {
        state = state &* 1_664_525 &+ 1_013_904_223
        let count = min(stream.count - offset, seed == 255 ? 1 : 1 + Int(state >> 24) % 23)
        pieces.append(Array(stream[offset..<offset + count]))
        offset += count
    }
    return pieces
}

/// Parses a stream that comes in pieces; `queuing` with a queue that takes what it can between two commands, as a
/// connection does.
private func parse(_ pieces: [[UInt8]], _ limits: RequestLimits, queuing: Bool = false) -> Parsed {
    var parser = RequestParser()
    var queue = RequestQueue()
    var pending: [UInt8] = []
    var parsed = Parsed()
    parsed.longestLine = pieces.count == 1 ? longestLine(in: pieces[0]) : 0
    for piece in pieces {
        pending = Array(pending + piece)
        do throws(ProtocolError) {
            while true {
                if queuing && !parser.isInsideCommand && take(from: &queue, &pending, limits, &parsed) { continue }
                if try !step(&parser, &pending, limits, &parsed) { break }
            }
        } catch {
            parsed.error = error
            return parsed
        }
    }
    parsed.restByteCount = pending.count
    precondition(parser.byteCount <= 1 << 20 + pending.count * 64, "the parser holds more than what came")
    return parsed
}

/// Takes one command from the front of `pending` that a queue understands. False when it does not.
private func take(
    from queue: inout RequestQueue, _ pending: inout [UInt8], _ limits: RequestLimits, _ parsed: inout Parsed
) -> Bool {
    queue.removeAll()
    queue.keep(for: limits)
    guard let end = queue.append(from: pending.rawBytes, in: 0..<pending.count) else { return false }
    guard let command = queue.removeFirst(at: 0), command.end == end else {
        preconditionFailure("another command than was appended")
    }
    parsed.commands.append(words(of: queue.arguments(of: command, in: pending.rawBytes)))
    pending.removeFirst(end)
    return true
}

private func step(
    _ parser: inout RequestParser, _ pending: inout [UInt8], _ limits: RequestLimits, _ parsed: inout Parsed
) throws(ProtocolError) -> Bool {
    switch try parser.parse(pending.rawBytes, limits: limits) {
    case .incomplete: return false
    case .empty(let byteCount): pending.removeFirst(byteCount)
    case .command(let byteCount):
        parsed.commands.append(words(of: parser.arguments(in: pending.rawBytes)))
        parser.reset()
        pending.removeFirst(byteCount)
    }
    return true
}

private func words(of arguments: borrowing Arguments) -> [[UInt8]] {
    precondition(arguments.count > 0, "a command without words")
    var words: [[UInt8]] = []
    for index in 0..<arguments.count { words.append(arguments[index].makeArray()) }
    return words
}

/// The longest line, whichever of the two ends lines: inline commands end with a line feed, headers with a return.
private func longestLine(in bytes: [UInt8]) -> Int {
    [10, 13].map { end in bytes.split(separator: end).map { $0.count + 1 }.max() ?? 0 }.max() ?? 0
}
