/// Where the server listens and how it treats its sockets.
package struct NetworkSettings: Sendable, Equatable {
    /// TCP port, 0 for none.
    package var port = 6379
    /// Addresses to listen at; `*` is every IPv4 address, `::*` every IPv6 one. One with a leading `-` may be missing
    /// on this machine. Empty means that TCP connections are not taken.
    package var bind = ["127.0.0.1", "-::1"]
    /// Path of the unix socket; empty for none.
    package var unixSocketPath = ""
    /// Mode of the unix socket's file; 0 leaves what the process's umask gives.
    package var unixSocketPermissions = 0
    /// Whether clients from other machines are refused while there is no password.
    package var isProtected = true
    /// How many connections may wait to be accepted.
    package var backlog = 511
    /// Seconds of silence after which the kernel probes a connection; 0 for never.
    package var keepaliveSeconds = 300
    /// Seconds without a command after which a client is disconnected; 0 for never.
    package var idleSecondsMax = 0

    package init() {}
}

/// How many clients there may be and how much each may hold.
package struct ClientSettings: Sendable, Equatable {
    package var countMax = 10000
    /// Most bytes of requests that have come from a client and not been run.
    package var queryBufferByteCountMax = 1 << 30
    package var normalOutput = OutputBufferLimit(hard: 0, soft: 0, softSeconds: 0)
    package var replicaOutput = OutputBufferLimit(hard: 256 << 20, soft: 64 << 20, softSeconds: 60)
    package var pubsubOutput = OutputBufferLimit(hard: 32 << 20, soft: 8 << 20, softSeconds: 60)

    package init() {}
}

/// How many bytes of replies may wait for a client before it is disconnected.
package struct OutputBufferLimit: Sendable, Equatable {
    /// Bytes at which the client goes at once; 0 for no limit.
    package var hard: UInt64
    /// Bytes at which it goes when they have been exceeded for `softSeconds`; 0 for no limit.
    package var soft: UInt64
    package var softSeconds: Int

    package init(hard: UInt64, soft: UInt64, softSeconds: Int) {
        self.hard = hard
        self.soft = soft
        self.softSeconds = softSeconds
    }
}
