internal import NIOCore
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// One socket: feeds its bytes to the parser and the commands to the server, and writes the replies of one read at
/// once. An idle connection holds no buffer.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: Server
    private let session: Session
    private var parser = RequestParser()
    /// Bytes of a command that is not complete.
    private var pending = GrowableBytes()

    init(server: Server, session: Session) {
        self.server = server
        self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        if pending.count == 0 {
            let consumed = process(buffer.readableBytesSpan)
            if consumed < buffer.readableBytes {
                pending.append(buffer.readableBytesSpan.extracting(droppingFirst: consumed))
            }
        } else {
            pending.append(buffer.readableBytesSpan)
            pending.removeFirst(process(pending.bytes))
            if pending.count == 0 { pending.removeAll(keepingAtMost: 0) }
        }
        flush(context)
    }

    /// Runs the complete commands at the front of `bytes`; returns how many bytes they took.
    private func process(_ bytes: RawSpan) -> Int {
        var offset = 0
        while true {
            let rest = bytes.extracting(droppingFirst: offset)
            do {
                switch try parser.parse(rest, limits: server.configuration.requestLimits) {
                case .incomplete: return offset
                case .empty(let count): offset += count
                case .command(let count):
                    _ = server.execute(parser.arguments(in: rest), session, &server.reply)
                    parser.reset()
                    offset += count
                }
            } catch {
                server.reply.error("ERR " + error.text)
                session.closesAfterReply = true
                return bytes.byteCount
            }
        }
    }

    private func flush(_ context: ChannelHandlerContext) {
        guard server.reply.byteCount > 0 else { return }
        var out = context.channel.allocator.buffer(capacity: server.reply.byteCount)
        server.reply.withBytes { _ = out.writeBytes($0) }
        server.reply.reset(keepingAtMost: 1 << 20)
        context.writeAndFlush(wrapOutboundOut(out), promise: nil)
        if session.closesAfterReply { context.close(promise: nil) }
    }
}
