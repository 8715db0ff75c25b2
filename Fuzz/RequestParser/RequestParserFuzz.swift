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
    let queued = queue(stream)
    let commands = parse([stream], RequestLimits()).commands
    precondition(queued == Array(commands.prefix(queued.count)), "a queue takes something else than a parser")
    return 0
}

/// The commands at the front of a stream that a queue takes.
private func queue(_ stream: [UInt8]) -> [[[UInt8]]] {
    var queue = RequestQueue()
    var commands: [[[UInt8]]] = []
    var end = 0
    while let next = queue.append(from: stream.rawBytes, in: end..<stream.count) {
        guard let command = queue.removeFirst(at: end) else { preconditionFailure("a command that was appended") }
        precondition(command.end == next, "a command that ends elsewhere")
        commands.append(words(of: queue.arguments(of: command, in: stream.rawBytes)))
        end = next
        if !queue.hasRoom { queue.removeAll() }
    }
    return commands
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

private func parse(_ pieces: [[UInt8]], _ limits: RequestLimits) -> Parsed {
    var parser = RequestParser()
    var pending: [UInt8] = []
    var parsed = Parsed()
    parsed.longestLine = pieces.count == 1 ? longestLine(in: pieces[0]) : 0
    for piece in pieces {
        pending = Array(pending + piece)
        do throws(ProtocolError) {
            while try step(&parser, &pending, limits, &parsed) {}
        } catch {
            parsed.error = error
            return parsed
        }
    }
    parsed.restByteCount = pending.count
    precondition(parser.byteCount <= 1 << 20 + pending.count * 64, "the parser holds more than what came")
    return parsed
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
