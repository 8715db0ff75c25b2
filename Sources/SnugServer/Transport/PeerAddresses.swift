/// Where a connection comes from and where it came to, as CLIENT LIST shows it.
struct PeerAddresses {
    /// "127.0.0.1:51966", "[::1]:51966", or the unix socket's path and ":0".
    let remote: String
    let local: String
    let isUnixSocket: Bool
    /// Whether the other side is on this machine.
    let isLocal: Bool

    init(remote: SocketName, local: SocketName) {
        let path = local.path
        isUnixSocket = path != nil
        self.remote = path.map { $0 + ":0" } ?? remote.description
        self.local = path.map { $0 + ":0" } ?? local.description
        isLocal = path != nil || remote.isLoopback
    }
}
