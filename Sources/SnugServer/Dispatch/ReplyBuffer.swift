internal import SnugMemory
internal import SnugRESP

/// The replies of the read that is being processed, shared by all connections of a loop, so that an idle connection
/// holds no buffer.
final class ReplyBuffer {
    static let initialByteCount = 16 << 10
    /// More than this is given back after a large reply.
    static let byteCountKept = 256 << 10

    private let box = Box(ReplyWriter(capacity: initialByteCount))

    deinit { box.destroy() }

    /// In a box, so that a batch of commands enters it once.
    var writer: ReplyWriter {
        _read { yield box.value }
        _modify { yield &box.value }
    }
}
