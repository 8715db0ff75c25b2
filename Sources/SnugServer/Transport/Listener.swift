internal import Glibc
internal import Logging
internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory

/// Makes the server's sockets listen, and each accepted socket a `ClientConnection`. Runs on the loop.
final class Listener {
    private let server: Server
    private let loop: EventLoop
    private let inbox: Inbox
    private var acceptors: [ListeningPlace: Acceptor] = [:]
    /// Connections that have been accepted and not yet closed, by session.
    private var connections: [UInt64: ClientConnection] = [:]
    private var visitedAt: Int64 = 0

    init(server: Server, loop: EventLoop, inbox: Inbox) {
        self.server = server
        self.loop = loop
        self.inbox = inbox
    }

    // MARK: Listening

    /// Listens on every address of the configuration and on its unix socket, and no longer anywhere else. On an error
    /// everything is as it was.
    func listen(_ configuration: Configuration) throws(ListenError) {
        let wanted = ListeningPlace.all(of: configuration)
        var opened: [(place: ListeningPlace, acceptor: Acceptor)] = []
        do throws(ListenError) {
            for place in wanted where acceptors[place] == nil {
                guard let descriptor = try place.open(configuration.network) else { continue }
                let acceptor = makeAcceptor(descriptor)
                opened.append((place, acceptor))
                guard acceptor.start() else { throw ListenError(place: "\(place)", errno: errno) }
            }
        } catch {
            for (_, acceptor) in opened { acceptor.close() }
            throw error
        }
        for (place, acceptor) in acceptors where !wanted.contains(place) {
            acceptor.close()
            place.removeFile()
            acceptors[place] = nil
        }
        for (place, acceptor) in opened { acceptors[place] = acceptor }
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

    /// Stops listening; connections stay. Afterwards `listen` may be called again.
    func stopListening() {
        for (place, acceptor) in acceptors {
            acceptor.close()
            place.removeFile()
        }
        acceptors.removeAll()
    }

    private func makeAcceptor(_ descriptor: CInt) -> Acceptor {
        Acceptor(
            descriptor, loop: loop, onAccept: { [unowned self] in accept($0, $1) },
            onFailure: { [server] in server.logger.warning("\($0)") })
    }

    // MARK: Accepting

    private func accept(_ socket: StreamSocket, _ addresses: PeerAddresses) {
        if let refusal = refusal(of: addresses) {
            server.statistics.connectionsReceived += 1
            server.statistics.connectionsRejected += 1
            _ = socket.send(Array(refusal.utf8).rawBytes)
            return socket.close()
        }
        if !addresses.isUnixSocket {
            socket.configure(keepaliveSeconds: server.configuration.network.keepaliveSeconds)
        }
        let session = server.connected(
            address: addresses.remote, localAddress: addresses.local, isUnixSocket: addresses.isUnixSocket)
        let connection = ClientConnection(
            socket: socket, server: server, session: session, loop: loop, inbox: inbox,
            onClose: { [unowned self] in connections[$0.session.id] = nil })
        session.connection = connection
        connections[session.id] = connection
        if !connection.start() { connection.close() }
    }

    /// The error with which a client is turned away, or nil.
    private func refusal(of addresses: PeerAddresses) -> String? {
        if server.sessions.count >= server.configuration.clients.countMax {
            return "-ERR max number of clients reached\r\n"
        }
        if server.configuration.network.isProtected && server.configuration.password.isEmpty && !addresses.isLocal {
            return "-DENIED Snug is in protected mode: no password is set, and this connection does not come from the "
                + "machine itself. Set a password with requirepass, or turn protected-mode off if nobody else can "
                + "reach this address.\r\n"
        }
        return nil
    }

    // MARK: Running

    /// What is to be looked at now and then: idle clients, soft limits, sockets that could not accept.
    /// At most once a second, however often it is called. `now` in milliseconds of the monotonic clock.
    func visitConnections(now: Int64) {
        guard now - visitedAt >= 1000 else { return }
        visitedAt = now
        for acceptor in acceptors.values { acceptor.resume() }
        let idleMillisecondsMax = Int64(server.configuration.network.idleSecondsMax) * 1000
        for connection in connections.values {
            if idleMillisecondsMax > 0 && !connection.session.isMonitor && !connection.session.isSubscriber
                && now - connection.session.lastCommandAt > idleMillisecondsMax
            {
                server.logger.debug("closing idle client \(connection.session.address)")
                connection.close()
            } else if connection.softLimitExceededSince != nil {
                connection.enforceOutputLimits()
            }
        }
    }

    /// Closes every connection.
    func closeConnections() {
        for connection in connections.values { connection.close() }
    }
}
