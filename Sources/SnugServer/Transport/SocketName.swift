internal import Glibc

/// A socket's name, `sockaddr` of any family.
struct SocketName: CustomStringConvertible {
    private var storage = sockaddr_storage()
    private var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Calls a function such as `getsockname`, which writes the name and its length.
    mutating func fill(
        _ function: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
    ) -> CInt {
        // SAFETY: the storage is as large as `byteCount` says and aligned for every family.
        unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe function($0, &byteCount) }
        }
    }

    /// The path of a unix socket; nil for other families.
    var path: String? {
        guard CInt(storage.ss_family) == AF_UNIX else { return nil }
        // SAFETY: the family says which structure it is; the path ends at a zero byte or with the structure.
        return unsafe withUnsafeBytes(of: storage) { bytes in
            let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
            let path = unsafe bytes[start..<min(MemoryLayout<sockaddr_un>.size, max(start, Int(byteCount)))]
            return unsafe String(decoding: path.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// "127.0.0.1:51966" or "[::1]:51966"; "?:0" for other families.
    var description: String {
        guard let host, let port else { return "?:0" }
        return CInt(storage.ss_family) == AF_INET6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether it is an address that only this machine itself can have.
    var isLoopback: Bool {
        guard let host else { return false }
        return host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127.")
    }

    private var host: String? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // SAFETY: the family says which structure it is, and the text has the length that is said.
        let isWritten = unsafe withUnsafeBytes(of: storage) { bytes -> Bool in
            let offset: Int? =
                switch CInt(storage.ss_family) {
                case AF_INET: MemoryLayout<sockaddr_in>.offset(of: \.sin_addr)
                case AF_INET6: MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)
                default: nil
                }
            guard let offset else { return false }
            let address = unsafe bytes.baseAddress! + offset
            return unsafe inet_ntop(CInt(storage.ss_family), address, &text, socklen_t(text.count)) != nil
        }
        guard isWritten else { return nil }
        return String(decoding: text.lazy.map(UInt8.init(bitPattern:)).prefix { $0 != 0 }, as: UTF8.self)
    }

    private var port: UInt16? {
        // SAFETY: the family says which structure it is.
        unsafe withUnsafeBytes(of: storage) { bytes in
            switch CInt(storage.ss_family) {
            case AF_INET: UInt16(bigEndian: unsafe bytes.loadUnaligned(as: sockaddr_in.self).sin_port)
            case AF_INET6: UInt16(bigEndian: unsafe bytes.loadUnaligned(as: sockaddr_in6.self).sin6_port)
            default: nil
            }
        }
    }
}
