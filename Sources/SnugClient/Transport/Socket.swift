internal import Glibc

/// A connected stream socket, read and written by blocking calls that return at least every quarter of a second, to see
/// whether a signal came or time is up. Blocking, because the laboratory does one thing at a time and measures round
/// trips: there is no hop between threads in what it measures.
final class Socket {
    /// What the other side may stay silent for.
    static let patienceSeconds = 30
    static let connectPatienceSeconds = 5

    private let descriptor: CInt

    private init(owning descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    // MARK: Connecting

    static func connect(to endpoint: ServerAddress.Endpoint) throws(ClientError) -> Socket {
        switch endpoint {
        case .unix(let path): try connect(path: path)
        case .network(let host, let port): try connect(host: host, port: port)
        }
    }

    private static func connect(path: String) throws(ClientError) -> Socket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .unreachable("the path of the socket is too long")
        }
        // SAFETY: the guard leaves room for the path and a zero byte; the structure is zeroed and read as what it is.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let socket = try make(AF_UNIX)
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try socket.finishConnecting(status)
        return socket
    }

    private static func connect(host: String, port: UInt16) throws(ClientError) -> Socket {
        // SAFETY: on success `list` is a list that `freeaddrinfo` takes back below; its fields are read before that.
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>? = nil
        let status = unsafe getaddrinfo(host, "\(port)", &hints, &list)
        guard status == 0 else {
            // SAFETY: gai_strerror returns a literal.
            throw .unreachable("\(unsafe String(cString: gai_strerror(status)))")
        }
        defer { unsafe freeaddrinfo(list) }
        var failure = ClientError.unreachable("the name leads to no address")
        var next = unsafe list
        // SAFETY: the list ends with a nil and lives until the `defer` above.
        while let entry = unsafe next {
            do throws(ClientError) {
                let socket = try make(unsafe entry.pointee.ai_family)
                let status = unsafe Glibc.connect(
                    socket.descriptor, entry.pointee.ai_addr, entry.pointee.ai_addrlen)
                try socket.finishConnecting(status)
                return socket
            } catch {
                if error == .interrupted { throw error }
                failure = error
            }
            unsafe next = entry.pointee.ai_next
        }
        throw failure
    }

    private static func make(_ family: CInt) throws(ClientError) -> Socket {
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(family, type, 0)
        guard descriptor >= 0 else { throw .unreachable(reason(errno)) }
        return Socket(owning: descriptor)
    }

    /// Waits for the connection, then makes the socket a blocking one with short waits.
    private func finishConnecting(_ status: CInt) throws(ClientError) {
        if status != 0 {
            guard errno == EINPROGRESS || errno == EINTR else { throw .unreachable(Self.reason(errno)) }
            try waitUntilConnected()
        }
        // SAFETY: the options outlive their calls and have the length said.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) & ~O_NONBLOCK)
        var wait = timeval(tv_sec: 0, tv_usec: 250_000)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var on: CInt = 1
        _ = unsafe setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    private func waitUntilConnected() throws(ClientError) {
        for _ in 0..<(Self.connectPatienceSeconds * 4) {
            if Interruption.isRequested { throw .interrupted }
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // SAFETY: one entry, which outlives the call.
            guard unsafe poll(&entry, 1, 250) > 0 else { continue }
            var number: CInt = 0
            var byteCount = socklen_t(MemoryLayout<CInt>.size)
            // SAFETY: `number` has the length said and outlives the call.
            _ = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &byteCount)
            guard number == 0 else { throw .unreachable(Self.reason(number)) }
            return
        }
        throw .unreachable("no answer for \(Self.connectPatienceSeconds) seconds")
    }

    // MARK: Bytes

    /// Puts what has come into `buffer` from `offset` on, at least a byte, and returns how many. There is room there.
    func read(
        into buffer: inout [UInt8], from offset: Int, patienceSeconds: Int = patienceSeconds
    ) throws(ClientError) -> Int {
        precondition(offset < buffer.count, "no room from \(offset) on in \(buffer.count) bytes")
        for _ in 0...(patienceSeconds * 4) {
            // SAFETY: the buffer has bytes from `offset` on, as has just been checked, and no others are written.
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress! + offset, $0.count - offset, 0)
            }
            if count > 0 { return count }
            guard count < 0, Self.isToBeRepeated(errno) else { throw .closed }
            if Interruption.isRequested { throw .interrupted }
        }
        throw .silent(seconds: patienceSeconds)
    }

    /// Writes all of it.
    func write(_ bytes: [UInt8]) throws(ClientError) {
        var done = 0
        var tries = 0
        while done < bytes.count {
            // SAFETY: `done` is below the count, so the rest lies inside the array.
            let count = unsafe bytes.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress! + done, $0.count - done, CInt(MSG_NOSIGNAL))
            }
            if count > 0 {
                done += count
                tries = 0
                continue
            }
            guard Self.isToBeRepeated(errno) else { throw .closed }
            if Interruption.isRequested { throw .interrupted }
            tries += 1
            guard tries <= Self.patienceSeconds * 4 else { throw .silent(seconds: Self.patienceSeconds) }
        }
    }

    private static func isToBeRepeated(_ number: CInt) -> Bool { number == EAGAIN || number == EINTR }

    private static func reason(_ number: CInt) -> String {
        switch number {
        case ECONNREFUSED: "nothing listens there"
        case ENOENT: "there is no such socket"
        case EACCES, EPERM: "permission denied"
        // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
        default: unsafe String(cString: strerror(number))
        }
    }
}
