internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Words that look into the data.
extension DebugOperation {
    static let data: [DebugOperation] = [
        DebugOperation("OBJECT", 3) { arguments, _, server, reply throws(CommandError) in
            try describe(arguments[2], &server.partition, &reply)
        },
        DebugOperation("DIGEST", 2) { _, _, server, reply throws(CommandError) in
            reply.simple(server.partition.digest().hexadecimal)
        },
        DebugOperation("DIGEST-VALUE", 2...Int.max) { arguments, _, server, reply throws(CommandError) in
            reply.array(arguments.count - 2)
            for index in 2..<arguments.count {
                reply.simple(server.partition.digest(ofValueUnder: arguments[index]).hexadecimal)
            }
        },
        DebugOperation("STRINGMATCH-LEN", 4) { arguments, _, _, reply throws(CommandError) in
            reply.integer(GlobPattern(arguments[2]).matches(arguments[3]))
        },
    ]

    /// The line of OBJECT. There is no address to tell, so that it is 0, and no compression.
    private static func describe(
        _ key: RawSpan, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let description = partition.describe(key, .peek), let byteCount = partition.serializedByteCount(of: key)
        else {
            throw .noSuchKey
        }
        let referenceCount = description.isSharedInteger ? Int(Int32.max) : 1
        reply.simple(
            "Value at:0x0 refcount:\(referenceCount) encoding:\(description.encoding.name) "
                + "serializedlength:\(byteCount) lru:\(description.access) lru_seconds_idle:\(description.idleSeconds)")
    }
}
