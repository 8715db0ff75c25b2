internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import SnugConfiguration
internal import SnugEngine

/// Makes the server's sockets listen, and each accepted socket a `ConnectionHandler`. Runs on the loop that owns the
/// server.
final class Listener {
    private let server: Server
    private let loop: any EventLoop
    private var channels: [Place: any Channel] = [:]
    /// Connections that have been accepted and not yet closed.
    private var handlers: [UInt64: ConnectionHandler] = [:]
    private var visitedAt: Int64 = 0

    init(server: Server, loop: any EventLoop) {
        self.server = server
        self.loop = loop
    }

    // MARK: Binding

    /// Listens on every address of the configuration and on its unix socket, and no longer anywhere else. On an error
    /// everything is as it was.
    func listen(_ configuration: Configuration) throws(ListenError) {
        let wanted = Place.all(of: configuration)
        var opened: [(place: Place, descriptor: CInt)] = []
        do {
            for place in wanted where channels[place] == nil {
                guard let descriptor = try place.open(configuration.network) else { continue }
                opened.append((place, descriptor))
            }
        } catch {
            for (_, descriptor) in opened { close(descriptor) }
            throw error
        }
        for (place, channel) in channels where !wanted.contains(place) {
            channel.close(promise: nil)
            place.removeFile()
            channels[place] = nil
        }
        for (place, descriptor) in opened { start(descriptor, place) }
    }

    /// Lets the loop accept what comes to a listening socket.
    private func start(_ descriptor: CInt, _ place: Place) {
        let bound = NIOLoopBound(self, eventLoop: loop)
        ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.accept(channel) }
            }
            .withBoundSocket(descriptor)
            .whenComplete { result in
                switch result {
                case .success(let channel): bound.value.channels[place] = channel
                case .failure(let error): bound.value.server.logger.error("a socket cannot be served: \(error)")
                }
            }
    }

    /// As `listen`, with the reason in the log and false when it cannot be.
    func rebind(_ configuration: Configuration) -> Bool {
        do {
            try listen(configuration)
            return true
        } catch {
            server.logger.warning("\(error.description)")
            return false
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
        channel.closeFuture.whenComplete { _ in
            // The handler has said goodbye already, unless it came too late to be added.
            guard let handler = bound.value.handlers.removeValue(forKey: id) else { return }
            handler.server.disconnected(handler.session)
        }
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// The error with which a client is turned away, or nil.
    private func refusal(of channel: any Channel) -> String? {
        if server.sessions.count >= server.configuration.clients.countMax {
            return "-ERR max number of clients reached\r\n"
        }
        if server.configuration.network.isProtected && server.configuration.password.isEmpty && !isLocal(channel) {
            return "-DENIED Snug is in protected mode: no password is set, and this connection does not come from the "
                + "machine itself. Set a password with requirepass, or turn protected-mode off if nobody else can "
                + "reach this address.\r\n"
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
    /// At most once a second, however often it is called. `now` in milliseconds of the monotonic clock.
    func visitConnections(now: Int64) {
        guard now - visitedAt >= 1000 else { return }
        visitedAt = now
        let idleMillisecondsMax = Int64(server.configuration.network.idleSecondsMax) * 1000
        for handler in handlers.values {
            if idleMillisecondsMax > 0 && !handler.session.isMonitor && !handler.session.isSubscriber
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
        for place in channels.keys { place.removeFile() }
        let closing = channels.values.map { $0.close() }
        channels.removeAll()
        return EventLoopFuture.andAllComplete(closing, on: loop)
    }

    /// Closes every connection.
    func closeConnections() {
        for handler in handlers.values { handler.close() }
    }
}

/// Where to listen.
private enum Place: Hashable {
    case address(String, port: Int, isOptional: Bool)
    case path(String)

    static func all(of configuration: Configuration) -> [Place] {
        var places: [Place] = []
        if configuration.port != 0 {
            places = configuration.bind.map { word in
                let isOptional = word.hasPrefix("-")
                let address = isOptional ? String(word.dropFirst()) : word
                return .address(address, port: configuration.port, isOptional: isOptional)
            }
        }
        let path = configuration.network.unixSocketPath
        if !path.isEmpty { places.append(.path(path)) }
        return places
    }

    /// Removes a unix socket's file, which would otherwise stay behind.
    func removeFile() {
        guard case .path(let path) = self else { return }
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        unsafe unlink(path)
    }

    /// A descriptor that listens there, or nil when the machine lacks an optional address.
    func open(_ network: NetworkSettings) throws(ListenError) -> CInt? {
        switch self {
        case .path(let path):
            return try ListeningSocket.open(
                path: path, permissions: network.unixSocketPermissions, backlog: network.backlog)
        case .address(let address, let port, let isOptional):
            do {
                return try ListeningSocket.open(address: address, port: port, backlog: network.backlog)
            } catch {
                if isOptional && error.isAddressMissing { return nil }
                throw error
            }
        }
    }
}
