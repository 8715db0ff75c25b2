import SnugMemory
import SnugRESP

/// What came out of a stream of bytes.
struct Parsed: Equatable {
    var commands: [[[UInt8]]] = []
    var error: ProtocolError?
    /// Bytes behind the last complete command.
    var rest: Int = 0
}

/// Text as tests write it.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Gives a parser the stream in pieces, as a connection would: unfinished bytes are kept, and each call sees the
/// command from its start. The buffer is new for each call, so that nothing may be kept by address.
/// `queuing` with a queue that takes what it can between two commands, as a connection does.
func parse(_ pieces: [[UInt8]], limits: RequestLimits = RequestLimits(), queuing: Bool = false) -> Parsed {
    var parser = RequestParser()
    var queue = RequestQueue()
    var pending: [UInt8] = []
    var parsed = Parsed()
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
    parsed.rest = pending.count
    return parsed
}

/// Takes one command from the front of `pending`. False when it is not complete.
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

/// Takes one command from the front of `pending` with a queue. False when it is for the parser.
private func take(
    from queue: inout RequestQueue, _ pending: inout [UInt8], _ limits: RequestLimits, _ parsed: inout Parsed
) -> Bool {
    queue.removeAll()
    queue.keep(for: limits)
    guard queue.append(from: pending.rawBytes, in: 0..<pending.count) != nil, let command = queue.removeFirst(at: 0)
    else { return false }
    parsed.commands.append(words(of: queue.arguments(of: command, in: pending.rawBytes)))
    pending.removeFirst(command.end)
    return true
}

func words(of arguments: borrowing Arguments) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for index in 0..<arguments.count { words.append(arguments[index].makeArray()) }
    return words
}

/// A command as clients send it.
func encoded(_ words: [UInt8]...) -> [UInt8] { encoded(words: words) }

func encoded(words: [[UInt8]]) -> [UInt8] {
    var all = bytes("*\(words.count)\r\n")
    for word in words { all += bytes("$\(word.count)\r\n") + word + bytes("\r\n") }
    return all
}
