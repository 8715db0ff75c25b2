internal import Glibc

/// A connected socket that does not block. Its owner closes it, once.
struct StreamSocket {
    enum Received {
        /// So many bytes, at least one.
        case bytes(Int)
        /// Nothing has come after all.
        case nothing
        /// The other side has said its last, or the socket has failed.
        case end
    }

    let descriptor: CInt

    /// Takes over what `accept` has returned.
    init(accepting descriptor: CInt) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Takes what has come, no more than `buffer` holds. Never blocks.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Received {
        // SAFETY: the buffer has `count` bytes and outlives the call.
        let count = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        if count > 0 { return .bytes(count) }
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return .nothing }
        return .end
    }

    /// Offers bytes to the kernel; returns how many it took. Never blocks. An error counts as nothing taken: the loop
    /// tells of it.
    func send(_ bytes: RawSpan) -> Int {
        // SAFETY: the buffer has `count` bytes and outlives the call.
        unsafe bytes.withUnsafeBytes { buffer in
            max(0, unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, CInt(MSG_NOSIGNAL)))
        }
    }

    /// Sends replies at once, and notices after `keepaliveSeconds` of silence whether the other side is still there,
    /// unless that is 0. For network sockets.
    func configure(keepaliveSeconds: Int) {
        setOption(IPPROTO_TCP, TCP_NODELAY, 1)
        guard keepaliveSeconds > 0 else { return }
        setOption(SOL_SOCKET, SO_KEEPALIVE, 1)
        setOption(IPPROTO_TCP, TCP_KEEPIDLE, keepaliveSeconds)
        setOption(IPPROTO_TCP, TCP_KEEPINTVL, max(1, keepaliveSeconds / 3))
        setOption(IPPROTO_TCP, TCP_KEEPCNT, 3)
    }

    private func setOption(_ level: some BinaryInteger, _ name: CInt, _ value: Int) {
        var value = CInt(clamping: value)
        // SAFETY: `value` outlives the call and has the length that is said.
        _ = unsafe setsockopt(descriptor, CInt(level), name, &value, socklen_t(MemoryLayout<CInt>.size))
    }

    func close() {
        Glibc.close(descriptor)
    }
}
