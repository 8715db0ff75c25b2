internal import Glibc
internal import SnugMemory

/// A listening socket on the loop: gives each connection that comes to `onAccept`.
final class Acceptor {
    /// Connections taken before other sockets get their turn.
    private static let acceptCountPerTurn = 64

    private let loop: EventLoop
    private let descriptor: CInt
    private let onAccept: (StreamSocket, PeerAddresses) -> Void
    private let onFailure: (String) -> Void
    private var registration: EventLoop.Registration?
    private var isPaused = false

    /// Owns `descriptor`, which does not block. `onFailure` gets a sentence when a connection cannot be taken; then
    /// none is until `resume` is called.
    init(
        _ descriptor: CInt, loop: EventLoop, onAccept: @escaping (StreamSocket, PeerAddresses) -> Void,
        onFailure: @escaping (String) -> Void
    ) {
        self.descriptor = descriptor
        self.loop = loop
        self.onAccept = onAccept
        self.onFailure = onFailure
    }

    /// False when the kernel has no room.
    func start() -> Bool {
        registration = loop.add(self, descriptor: descriptor, for: .readable)
        return registration != nil
    }

    /// Tries again after a failure.
    func resume() {
        guard isPaused, let registration else { return }
        isPaused = false
        loop.change(registration, for: .readable)
    }

    func close() {
        guard let registration else { return }
        loop.remove(registration)
        self.registration = nil
        Glibc.close(descriptor)
    }
}

extension Acceptor: EventSource {
    func ready(for readiness: Readiness) {
        for _ in 0..<Self.acceptCountPerTurn where registration != nil {
            var remote = SocketName()
            // SAFETY: `fill` gives each function room for any name.
            let accepted = unsafe remote.fill { unsafe accept(descriptor, $0, $1) }
            guard accepted >= 0 else {
                if errno == ECONNABORTED || errno == EINTR { continue }
                if errno != EAGAIN { pause(errno) }
                return
            }
            var local = SocketName()
            _ = unsafe local.fill { unsafe getsockname(accepted, $0, $1) }
            onAccept(StreamSocket(accepting: accepted), PeerAddresses(remote: remote, local: local))
        }
    }

    /// Waits until `resume`: the loop would tell of the same connection without end.
    private func pause(_ number: CInt) {
        guard let registration else { return }
        isPaused = true
        loop.change(registration, for: [])
        // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
        onFailure("a connection cannot be taken: \(unsafe String(cString: strerror(number)))")
    }
}
