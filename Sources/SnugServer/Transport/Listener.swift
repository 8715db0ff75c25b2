internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SnugConfiguration
internal import SnugEngine

/// Why the server cannot listen: a sentence for the person who started it.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String
}

/// Makes the server's sockets listen, and each accepted socket a `ConnectionHandler`. Runs on the loop that owns the
/// server.
final class Listener {
    private let server: Server
    private let loop: any EventLoop
    private var channels: [any Channel] = []
    /// Connections that have been accepted and not yet closed.
    private var handlers: [UInt64: ConnectionHandler] = [:]

    init(server: Server, loop: any EventLoop) {
        self.server = server
        self.loop = loop
    }

    // MARK: Binding

    /// Listens on every address of the configuration and on its unix socket, in order. Fails with a `ListenError`.
    func listen() -> EventLoopFuture<Void> {
        let configuration = server.configuration
        var done = loop.makeSucceededVoidFuture()
        let bound = NIOLoopBound(self, eventLoop: loop)
        if configuration.port != 0 {
            for address in configuration.bind {
                done = done.flatMap { bound.value.listen(on: BindAddress(address), port: configuration.port) }
            }
        }
        if !configuration.network.unixSocketPath.isEmpty {
            done = done.flatMap { bound.value.listen(onPath: configuration.network.unixSocketPath) }
        }
        return done
    }

    private func listen(on address: BindAddress, port: Int) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let bootstrap =
            address.isIPv6
            ? bootstrap().serverChannelOption(ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only), value: 1)
            : bootstrap()
        return bootstrap.bind(host: address.host, port: port)
            .map { bound.value.channels.append($0) }
            .flatMapErrorThrowing { error in
                if address.isOptional && isUnavailableAddress(error) { return }
                throw ListenError(description: "cannot listen on \(address.host):\(port): \(reason(of: error))")
            }
    }

    private func listen(onPath path: String) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(self, eventLoop: loop)
        let permissions = server.configuration.network.unixSocketPermissions
        return bootstrap().bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true)
            .flatMapThrowing { channel in
                bound.value.channels.append(channel)
                // SAFETY: the path is a Swift string, passed as a zero-terminated copy.
                let isChanged = permissions == 0 || (unsafe chmod(path, mode_t(permissions))) == 0
                guard isChanged else { throw IOError(errnoCode: errno, reason: "chmod") }
            }
            .flatMapErrorThrowing { error in
                throw ListenError(description: "cannot listen on the unix socket \(path): \(reason(of: error))")
            }
    }

    private func bootstrap() -> ServerBootstrap {
        let bound = NIOLoopBound(self, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: CInt(clamping: server.configuration.network.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.accept(channel) }
            }
    }

    // MARK: Accepting

    private func accept(_ channel: any Channel) throws {
        if let refusal = refusal(of: channel) {
            server.statistics.connectionsReceived += 1
            server.statistics.connectionsRejected += 1
            let buffer = channel.allocator.buffer(string: refusal)
            channel.writeAndFlush(buffer).whenComplete { _ in channel.close(promise: nil) }
            return
        }
        try setOptions(of: channel)
        let path = channel.localAddress?.pathname
        let session = server.connected(
            address: Self.text(of: channel.remoteAddress, path: path),
            localAddress: Self.text(of: channel.localAddress, path: path), isUnixSocket: path != nil)
        let handler = ConnectionHandler(server: server, session: session)
        session.connection = handler
        handlers[session.id] = handler
        let bound = NIOLoopBound(self, eventLoop: loop)
        let id = session.id
        channel.closeFuture.whenComplete { _ in bound.value.handlers[id] = nil }
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// The error with which a client is turned away, or nil.
    private func refusal(of channel: any Channel) -> String? {
        if server.sessions.count >= server.configuration.clients.countMax {
            return "-ERR max number of clients reached\r\n"
        }
        if server.configuration.network.isProtected && server.configuration.password.isEmpty && !isLocal(channel) {
            return "-DENIED Snug is in protected mode: no password is set, and this connection does not come from the "
                + "machine itself. Set a password with requirepass, or turn protected-mode off if nobody else can reach "
                + "this address.\r\n"
        }
        return nil
    }

    private func isLocal(_ channel: any Channel) -> Bool {
        guard let address = channel.remoteAddress else { return true }
        guard let ip = address.ipAddress else { return true }
        return ip.hasPrefix("127.") || ip == "::1" || ip.hasPrefix("::ffff:127.")
    }

    private func setOptions(of channel: any Channel) throws {
        guard let options = channel.syncOptions, channel.localAddress?.pathname == nil else { return }
        try options.setOption(.socketOption(.tcp_nodelay), value: 1)
        let interval = server.configuration.network.keepaliveSeconds
        guard interval > 0 else { return }
        try options.setOption(.socketOption(.so_keepalive), value: 1)
        for (name, value) in [(TCP_KEEPIDLE, interval), (TCP_KEEPINTVL, max(1, interval / 3)), (TCP_KEEPCNT, 3)] {
            let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: name))
            try options.setOption(option, value: .init(value))
        }
    }

    private static func text(of address: SocketAddress?, path: String?) -> String {
        if let path { return path + ":0" }
        guard let address, let ip = address.ipAddress, let port = address.port else { return "?:0" }
        return address.protocol == .inet6 ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }

    // MARK: Running

    /// What is to be looked at now and then: idle clients, soft limits.
    func visitConnections(now: Int64) {
        let idleMillisecondsMax = Int64(server.configuration.network.idleSecondsMax) * 1000
        for handler in handlers.values {
            if idleMillisecondsMax > 0 && !handler.session.isMonitor
                && now - handler.session.lastCommandAt > idleMillisecondsMax
            {
                server.logger.debug("closing idle client \(handler.session.address)")
                handler.close()
            } else if handler.softLimitExceededSince != nil {
                handler.enforceOutputLimits()
            }
        }
    }

    // MARK: Stopping

    /// Stops listening; connections stay. Afterwards `listen` may be called again.
    func stopListening() -> EventLoopFuture<Void> {
        let closing = channels.map { $0.close() }
        channels.removeAll()
        return EventLoopFuture.andAllComplete(closing, on: loop)
    }

    /// Closes every connection.
    func closeConnections() {
        for handler in handlers.values { handler.close() }
    }
}

/// One word of the `bind` directive.
private struct BindAddress {
    let host: String
    /// Whether the machine may lack the address: written with a leading `-`.
    let isOptional: Bool

    init(_ word: String) {
        isOptional = word.hasPrefix("-")
        let name = isOptional ? String(word.dropFirst()) : word
        switch name {
        case "*": host = "0.0.0.0"
        case "::*": host = "::"
        default: host = name
        }
    }

    var isIPv6: Bool { host.contains(":") }
}

private func isUnavailableAddress(_ error: any Error) -> Bool {
    guard let error = error as? IOError else { return false }
    return error.errnoCode == EADDRNOTAVAIL || error.errnoCode == EAFNOSUPPORT
}

/// What went wrong, in words.
private func reason(of error: any Error) -> String {
    guard let error = error as? IOError else {
        return error is SocketAddressError ? "there is no such address" : "\(error)"
    }
    switch error.errnoCode {
    case EADDRINUSE: return "another program uses it already"
    case EACCES, EPERM: return "permission denied"
    case EADDRNOTAVAIL: return "this machine does not have that address"
    case ENOENT: return "there is no such directory"
    // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
    default: return unsafe String(cString: strerror(error.errnoCode))
    }
}
