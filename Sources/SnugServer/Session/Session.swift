internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// The state of one client's connection, without its socket: what commands read and change.
///
/// It has more fields than a type should, because CLIENT LIST shows each of them and RESET must know them all; they are
/// grouped by who changes them.
package final class Session {
    // MARK: Fixed

    /// Never used twice in the life of a server; what CLIENT ID says.
    package let id: UInt64
    /// "127.0.0.1:51966", or "/path/of.sock:0" for a unix socket.
    package let address: String
    package let localAddress: String
    package let isUnixSocket: Bool
    /// Milliseconds of the monotonic clock.
    package var connectedAt: Int64
    /// How the session reaches its socket, until it ends. Not weak although the connection owns the session: an object
    /// that something refers to weakly is retained and released the slow way ever after.
    package var connection: (any Connection)?

    // MARK: What the client has chosen

    package var database = 0
    /// 2 or 3.
    package var protocolVersion = 2
    package var name: [UInt8] = []
    package var libraryName: [UInt8] = []
    package var libraryVersion: [UInt8] = []
    package var isAuthenticated = false
    package var replyMode = ReplyMode.on
    package var isMonitor = false
    package var isNoEvict = false
    package var isNoTouch = false
    /// What MULTI has begun, or nil.
    package var transaction: Transaction?
    package var watches = WatchedKeys()
    /// Changed by the server's `subscribers` alone, which know the session as long as there is something here.
    package internal(set) var subscriptions = Subscriptions() {
        didSet { isSubscriber = subscriptions.count > 0 }
    }
    /// Whether the session has subscribed to anything.
    package private(set) var isSubscriber = false

    // MARK: How it goes

    /// Whether the connection closes when what has been written is sent.
    package var closesAfterReply = false
    /// Whether a command waits for the end of a pause.
    package var isHeld = false
    /// Indices of the running command's arguments that SLOWLOG and MONITOR must not show. Emptied by `Server.call`
    /// before each command; passwords are put here by the commands that read them.
    package var secretArguments: [Int] = []
    /// When the last command began, milliseconds of the monotonic clock.
    package var lastCommandAt: Int64
    /// The number of the last command in the table, or -1.
    package var lastCommand = -1
    package var commandCount: UInt64 = 0
    package var receivedByteCount: UInt64 = 0
    package var sentByteCount: UInt64 = 0

    package enum ReplyMode {
        case on
        case off
        /// The next command is answered with nothing.
        case skipNext
        /// The current command is CLIENT REPLY SKIP itself.
        case skipRequested
    }

    package init(id: UInt64, address: String, localAddress: String, isUnixSocket: Bool = false, now: Int64) {
        self.id = id
        self.address = address
        self.localAddress = localAddress
        self.isUnixSocket = isUnixSocket
        connectedAt = now
        lastCommandAt = now
    }

    /// Bytes that the session itself holds, without the connection's buffers and the queue of a transaction.
    package var byteCount: Int {
        Allocator.byteCount(of: self) + name.capacity + libraryName.capacity + libraryVersion.capacity
            + watches.byteCount + subscriptions.byteCount
    }
}

/// What a session may ask of its socket.
package protocol Connection: AnyObject {
    /// Sends bytes outside of a reply, such as a line of MONITOR.
    func send(_ bytes: [UInt8])
    /// Closes now, without waiting for what is unsent.
    func close()
    /// Goes on with requests that were held back. It is called while another session's command runs, so the requests
    /// must wait until that command's event is done.
    func resume()
    /// Bytes that have been written and not yet taken by the kernel.
    var unsentByteCount: Int { get }
    /// Bytes that have been received and not yet run as commands.
    var unreadByteCount: Int { get }
    /// Bytes that the unread bytes' buffer could still take.
    var unreadFreeByteCount: Int { get }
    /// Bytes of all buffers that the connection holds, filled or not, those of the two counts above included.
    var bufferByteCount: Int { get }
    /// The socket's file descriptor, or -1.
    var fileDescriptor: Int { get }
}
