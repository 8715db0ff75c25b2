internal import Glibc
internal import SnugMemory

/// A connection to the server under load, and how much of what it sent is not answered.
final class Connection {
    /// Requests to be sent together. Empty after `send`.
    var requests = GrowableBytes(capacity: 4096)
    private(set) var awaited = 0
    let descriptor: CInt
    private var replies = ReplyReader()

    init(port: UInt16) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        // SAFETY: the structure is zeroed, read as what it is, and outlives the call, as `on` below does.
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { stop("cannot connect to 127.0.0.1:\(port): \(reason(errno))") }
        var on: CInt = 1
        _ = unsafe setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Sends what `requests` holds, `count` requests. Waits where the socket is full: the server reads on whatever we
    /// do, because the replies to one batch fit into the socket's buffers.
    func send(count: Int) {
        sendAll(requests.bytes, to: descriptor)
        requests.truncate(to: 0)
        awaited += count
    }

    /// Takes the replies that have come; how many.
    func receive() -> Int {
        let count = replies.receive(from: descriptor)
        awaited -= count
        if awaited < 0 { stop("more replies than requests") }
        return count
    }
}

private func sendAll(_ bytes: RawSpan, to descriptor: CInt) {
    var done = 0
    while done < bytes.byteCount {
        let sent = unsafe bytes.withUnsafeBytes {
            // SAFETY: `done` is below the count, so the rest lies inside the bytes.
            unsafe send(descriptor, $0.baseAddress! + done, $0.count - done, CInt(MSG_NOSIGNAL))
        }
        if sent > 0 {
            done += sent
        } else if errno != EINTR {
            stop("cannot send: \(reason(errno))")
        }
    }
}

/// Ends the program with status 1.
func stop(_ message: String) -> Never {
    var text = "error: \(message)\n"
    // SAFETY: the bytes are borrowed for the call.
    _ = text.withUTF8 { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
}

private func reason(_ number: CInt) -> String {
    // SAFETY: there is one thread, so nothing changes the text before it is copied.
    unsafe String(cString: strerror(number))
}
