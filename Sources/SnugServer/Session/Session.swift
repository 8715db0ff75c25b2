internal import SnugCommands
package import SnugEngine
internal import SnugRESP

/// The state of one client's connection, without its socket: what commands read and change.
package final class Session {
    /// Never used twice in the life of a server; what CLIENT ID says.
    package let id: UInt64
    /// "127.0.0.1:51966", or "/path/of.sock:0" for a unix socket.
    package let address: String
    package let localAddress: String
    /// Milliseconds since 1970.
    package let connectedAt: Int64
    /// How the session reaches its socket. Weak, because the connection owns the session.
    package weak var connection: (any Connection)?

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
    package var watches: [WatchToken] = []
    /// Whether the connection closes when what has been written is sent.
    package var closesAfterReply = false

    /// When the last command began, milliseconds since 1970.
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

    package init(id: UInt64, address: String, localAddress: String, now: Int64) {
        self.id = id
        self.address = address
        self.localAddress = localAddress
        connectedAt = now
        lastCommandAt = now
    }
}

/// What a session may ask of its socket.
package protocol Connection: AnyObject {
    /// Sends bytes outside of a reply, such as a line of MONITOR.
    func send(_ bytes: [UInt8])
    /// Closes now, without waiting for what is unsent.
    func close()
    /// Goes on with requests that were held back.
    func resume()
    /// Bytes that have been written and not yet taken by the kernel.
    var unsentByteCount: Int { get }
    /// Bytes that have been received and not yet run as commands.
    var unreadByteCount: Int { get }
    /// Bytes that the unread bytes' buffer could still take.
    var unreadFreeByteCount: Int { get }
    /// The socket's file descriptor, or -1.
    var fileDescriptor: Int { get }
}
