internal import Glibc
internal import NIOCore

/// A connection's socket, written to without the channel's queue.
///
/// Replies are nearly always taken whole by the kernel, and a channel's way to it costs several times the system call's
/// own preparation: a buffer, a queued write, a flush. So replies are first offered to the socket itself, on the loop
/// that owns the channel and only while the channel has nothing queued; what the kernel does not take goes the
/// channel's way, which knows when to try again. Measured: docs/decisions/0003.
struct DirectSocket {
    private static let flags = CInt(MSG_NOSIGNAL | MSG_DONTWAIT)

    private let descriptor: CInt

    /// Nil for a channel without a socket, as in tests.
    init?(_ channel: any Channel) {
        let found = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable {
            (socket: NIOBSDSocket.Handle) in socket
        }
        guard let descriptor = found ?? nil else { return nil }
        self.descriptor = descriptor
    }

    /// Offers bytes to the kernel; returns how many it took. Never blocks. An error counts as nothing taken: the
    /// channel will meet it again and close.
    func send(_ bytes: RawSpan) -> Int {
        // SAFETY: the buffer has `count` bytes and outlives the call; the channel is open, so the descriptor is its
        // own.
        return unsafe bytes.withUnsafeBytes { buffer in
            let taken = unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Self.flags)
            return max(0, taken)
        }
    }

    var number: Int { Int(descriptor) }
}
