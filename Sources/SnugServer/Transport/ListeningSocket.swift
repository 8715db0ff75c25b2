internal import Glibc

/// Why the server cannot listen: a sentence for the person who started it.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String
    /// Whether the machine merely lacks the address.
    let isAddressMissing: Bool

    init(place: String, errno number: CInt) {
        let reason =
            switch number {
            case EADDRINUSE: "another program uses it already"
            case EACCES, EPERM: "permission denied"
            case EADDRNOTAVAIL: "this machine does not have that address"
            case ENOENT: "there is no such directory"
            // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
            default: unsafe String(cString: strerror(number))
            }
        description = "cannot listen on \(place): \(reason)"
        isAddressMissing = number == EADDRNOTAVAIL || number == EAFNOSUPPORT
    }

    init(place: String, reason: String) {
        description = "cannot listen on \(place): \(reason)"
        isAddressMissing = false
    }
}

/// Sockets that are bound and listen, made with plain system calls: unlike the event loop's own way, which answers
/// later, this tells at once whether it worked, so that CONFIG SET can answer and a failed change leaves the old
/// sockets alone.
enum ListeningSocket {
    /// Listens on `address`, one word of the `bind` directive without its `-`. The descriptor is the caller's.
    static func open(address: String, port: Int, backlog: Int) throws(ListenError) -> CInt {
        let host = address == "*" ? "0.0.0.0" : address == "::*" ? "::" : address
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        // SAFETY: on success `list` is a list that `freeaddrinfo` takes back below; its fields are read before that.
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>? = nil
        let status = unsafe getaddrinfo(host, "\(port)", &hints, &list)
        guard status == 0, let first = unsafe list else {
            // SAFETY: gai_strerror returns a literal.
            throw ListenError(place: place, reason: unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(list) }
        let descriptor = try socket(family: unsafe first.pointee.ai_family, place)
        setOption(descriptor, level: SOL_SOCKET, name: SO_REUSEADDR)
        if unsafe first.pointee.ai_family == AF_INET6 {
            setOption(descriptor, level: CInt(IPPROTO_IPV6), name: IPV6_V6ONLY)
        }
        guard unsafe bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen) == 0,
            listen(descriptor, CInt(clamping: backlog)) == 0
        else { throw closing(descriptor, place) }
        return descriptor
    }

    /// Listens on a unix socket, replacing one that a former process has left. `permissions` 0 leaves the umask's.
    static func open(path: String, permissions: Int, backlog: Int) throws(ListenError) -> CInt {
        let place = "the unix socket \(path)"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw ListenError(place: place, reason: "the path is too long")
        }
        // SAFETY: the guard leaves room for the path and a zero byte; the structure is zeroed.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = try socket(family: AF_UNIX, place)
        // SAFETY: the paths are zero-terminated copies; `address` is read as what it is.
        unsafe unlink(path)
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, permissions == 0 || (unsafe chmod(path, mode_t(permissions))) == 0,
            listen(descriptor, CInt(clamping: backlog)) == 0
        else { throw closing(descriptor, place) }
        return descriptor
    }

    private static func socket(family: CInt, _ place: String) throws(ListenError) -> CInt {
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(family, type, 0)
        guard descriptor >= 0 else { throw ListenError(place: place, errno: errno) }
        return descriptor
    }

    private static func setOption(_ descriptor: CInt, level: CInt, name: CInt) {
        var on: CInt = 1
        // SAFETY: `on` outlives the call and has the length that is said.
        _ = unsafe setsockopt(descriptor, level, name, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    /// The error that `errno` tells of, after closing the descriptor.
    private static func closing(_ descriptor: CInt, _ place: String) -> ListenError {
        let error = ListenError(place: place, errno: errno)
        close(descriptor)
        return error
    }
}
