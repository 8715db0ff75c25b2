internal import NIOCore
internal import NIOEmbedded
internal import NIOSSL

/// What to trust when an address begins with rediss://.
package struct TrustSettings: Equatable, Sendable {
    /// A file of certificates in PEM to trust instead of the system's.
    package var certificateFile: String?
    /// Takes any certificate.
    package var isUnchecked = false

    package init(certificateFile: String? = nil, isUnchecked: Bool = false) {
        self.certificateFile = certificateFile
        self.isUnchecked = isUnchecked
    }
}

/// TLS over a socket: swift-nio-ssl's handler as a machine that turns bytes into bytes, in a channel without a loop.
/// `docs/decisions` says why.
final class SecureStream {
    private let socket: Socket
    private let channel: EmbeddedChannel
    private var encrypted = [UInt8](repeating: 0, count: 1 << 16)
    private var decrypted = ByteBuffer()
    private var hasBeenAnswered = false

    /// Shakes hands, so that a wrong certificate shows here.
    init(over socket: Socket, address: ServerAddress, trust: TrustSettings) throws(ClientError) {
        self.socket = socket
        channel = EmbeddedChannel()
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let file = trust.certificateFile { configuration.trustRoots = .file(file) }
            if trust.isUnchecked { configuration.certificateVerification = .none }
            let context = try NIOSSLContext(configuration: configuration)
            var name: String?
            // A certificate for a numeric address is held against where the channel says that it leads.
            var peer = try SocketAddress(unixDomainSocketPath: "/")
            if case .network(let host, let port) = address.endpoint {
                if let numeric = try? SocketAddress(ipAddress: host, port: Int(port)) {
                    peer = numeric
                } else {
                    name = host
                }
            }
            let handler = try NIOSSLClientHandler(context: context, serverHostname: name)
            try channel.pipeline.syncOperations.addHandler(handler)
            try channel.connect(to: peer).wait()
        } catch {
            throw .insecure(Self.sentence(error))
        }
        try flush()
    }

    /// Says goodbye and does not wait for the other side's: the channel's own time, which stands still otherwise, moves
    /// past the moment at which the handler gives up waiting.
    deinit {
        channel.close(promise: nil)
        try? flush()
        channel.embeddedEventLoop.advanceTime(by: .minutes(1))
    }

    func write(_ bytes: [UInt8]) throws(ClientError) {
        channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
        try flush()
    }

    /// Puts decrypted bytes into `buffer` from `offset` on, at least one, and returns how many.
    func read(into buffer: inout [UInt8], from offset: Int) throws(ClientError) -> Int {
        while decrypted.readableBytes == 0 {
            let count = try readEncrypted()
            do {
                try channel.writeInbound(channel.allocator.buffer(bytes: encrypted[..<count]))
                while var part = try channel.readInbound(as: ByteBuffer.self) { decrypted.writeBuffer(&part) }
            } catch {
                throw .insecure(Self.sentence(error))
            }
            try flush()
        }
        let count = min(decrypted.readableBytes, buffer.count - offset)
        let bytes = decrypted.readBytes(length: count) ?? []
        buffer.replaceSubrange(offset..<(offset + count), with: bytes)
        if decrypted.readableBytes == 0 { decrypted.clear() }
        return count
    }

    /// A server that does not speak TLS may take the greeting for the beginning of a command, and wait for the rest.
    private func readEncrypted() throws(ClientError) -> Int {
        if hasBeenAnswered { return try socket.read(into: &encrypted, from: 0) }
        do throws(ClientError) {
            let count = try socket.read(into: &encrypted, from: 0, patienceSeconds: Socket.connectPatienceSeconds)
            hasBeenAnswered = true
            return count
        } catch {
            if error == .interrupted { throw error }
            throw .insecure("its greeting was not answered, so it does not seem to speak TLS")
        }
    }

    /// Sends what the handler has made.
    private func flush() throws(ClientError) {
        channel.embeddedEventLoop.run()
        do {
            try channel.throwIfErrorCaught()
        } catch {
            throw .insecure(Self.sentence(error))
        }
        while true {
            var part: ByteBuffer?
            do {
                part = try channel.readOutbound(as: ByteBuffer.self)
            } catch {
                throw .insecure(Self.sentence(error))
            }
            guard let part else { return }
            try socket.write(Array(part.readableBytesView))
        }
    }

    private static func sentence(_ error: any Error) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidateCertificate") {
            return "its certificate is not trusted (a file of certificates can be given)"
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return "it does not speak TLS"
        }
        return String(text.prefix(200))
    }
}
