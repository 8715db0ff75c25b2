internal import Glibc

/// Counts replies as they come; of what they say it looks at errors alone.
///
///     | unread: start ..< end | free |      whole replies are taken from the start, an unfinished one stays
///
/// I1: `0 <= start <= end <= block.count`, and the bytes below `end` came from the socket.
/// Replies of the commands at hand are short; one that does not fit the block ends the program.
struct ReplyReader: ~Copyable {
    private static let byteCount = 64 << 10

    private var block: [UInt8]
    private var start = 0
    private var end = 0

    init() { block = Array(repeating: 0, count: Self.byteCount) }

    /// Receives once from a socket that is readable; how many replies are complete with that.
    mutating func receive(from descriptor: CInt) -> Int {
        // SAFETY: I1; the bytes from `end` to the block's end are ours, and no others are written.
        let received = unsafe block.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress! + end, $0.count - end, CInt(MSG_DONTWAIT))
        }
        if received <= 0 {
            if received < 0 && (errno == EAGAIN || errno == EINTR) { return 0 }
            stop("the server closed the connection")
        }
        end += received
        var taken = 0
        while takeReply() { taken += 1 }
        moveRestToTheFront()
        return taken
    }

    private mutating func takeReply() -> Bool {
        var next = start
        while next < end && block[next] != 10 { next += 1 }
        guard next < end else { return false }
        switch block[start] {
        case 43, 58, 95: break  // + : _
        case 36:
            let byteCount = bulkByteCount(endingAt: next - 1)
            if byteCount >= 0 { next += byteCount + 2 }
            guard next < end else { return false }
        case 45: stop("the server answered: \(String(decoding: block[start..<(next - 1)], as: UTF8.self))")
        default: stop("a reply that begins with byte \(block[start])")
        }
        start = next + 1
        return true
    }

    /// The number behind the dollar sign, -1 for null.
    private func bulkByteCount(endingAt end: Int) -> Int {
        if block[start + 1] == 45 { return -1 }
        var number = 0
        for place in (start + 1)..<end { number = number * 10 + Int(block[place] &- 48) }
        if number > Self.byteCount / 2 { stop("a reply of \(number) bytes") }
        return number
    }

    private mutating func moveRestToTheFront() {
        if start < end {
            for place in start..<end { block[place - start] = block[place] }
        }
        end -= start
        start = 0
    }
}
