internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Words that answer with a reply of a wanted kind.
extension DebugOperation {
    static let replies: [DebugOperation] = [
        DebugOperation("ERROR", 3) { arguments, _, _, reply throws(CommandError) in
            reply.uncountedError(bytes: arguments[2].makeArray())
        },
        DebugOperation("PROTOCOL", 3) { arguments, _, _, reply throws(CommandError) in
            try writeSample(ofType: arguments[2], &reply)
        },
        DebugOperation("HELP", 2) { _, _, _, reply throws(CommandError) in
            reply.help("DEBUG", helpLines)
        },
    ]

    private static func writeSample(ofType type: RawSpan, _ reply: inout ReplyWriter) throws(CommandError) {
        switch type.makeString().lowercased() {
        case "string": reply.bulk("Hello World")
        case "integer": reply.integer(12345)
        case "double": reply.double(3.141)
        case "null": reply.null()
        case "bignum": reply.bigNumber("1234567999999999999999999999999999999")
        case "array": writeNumbers(&reply) { $0.array(3) }
        case "set": writeNumbers(&reply) { $0.set(3) }
        case "map":
            reply.map(3)
            for number in 0..<3 {
                reply.integer(number)
                reply.boolean(number == 1)
            }
        case "attrib": writeAttribute(&reply)
        case "push": try writePush(&reply)
        case "verbatim": reply.verbatim("This is a verbatim\nstring")
        case "true": reply.boolean(true)
        case "false": reply.boolean(false)
        default:
            throw reply.refusal(
                """
                ERR Wrong protocol type name. Please use one of the following: \
                string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false
                """)
        }
    }

    private static func writeNumbers(_ reply: inout ReplyWriter, _ head: (inout ReplyWriter) -> Void) {
        head(&reply)
        for number in 0..<3 { reply.integer(number) }
    }

    /// In RESP2, which has no attributes, only the reply that they would belong to.
    private static func writeAttribute(_ reply: inout ReplyWriter) {
        if reply.version >= 3 {
            reply.attribute(1)
            reply.bulk("key-popularity")
            reply.array(2)
            reply.bulk("key:123")
            reply.integer(90)
        }
        reply.bulk("Some real reply following the attribute")
    }

    private static func writePush(_ reply: inout ReplyWriter) throws(CommandError) {
        guard reply.version >= 3 else { throw reply.refusal("ERR RESP2 is not supported by this command") }
        reply.push(2)
        reply.bulk("server-cpu-usage")
        reply.integer(42)
        reply.bulk("Some real reply following the push reply")
    }

    private static let helpLines: [StaticString] = [
        "CHANGE-REPL-ID", "    Draw a new replication id.",
        "DIGEST", "    A digest of all data: equal content gives equal digests.",
        "DIGEST-VALUE [key ...]", "    A digest of each key's value.",
        "ERROR text", "    Answer with the error.",
        "LOG text", "    Write the text to the server's log.",
        "OBJECT key", "    How the key's value is kept.",
        "PROTOCOL type", "    Answer with a sample of the type.",
        "QUICKLIST-PACKED-THRESHOLD bytes", "    Accepted for the lists to come.",
        "REPLYBUFFER PEAK-RESET-TIME NEVER | RESET | milliseconds", "    Accepted; reply buffers need no setting.",
        "REPLYBUFFER RESIZING 0 | 1", "    Accepted; reply buffers need no setting.",
        "SET-ACTIVE-EXPIRE 0 | 1", "    Whether expired keys are removed before somebody asks for them.",
        "SET-DISABLE-DENY-SCRIPTS 0 | 1", "    Accepted for the scripts to come.",
        "SLEEP seconds", "    Stop the server for so long; decimals are allowed.",
        "STRINGMATCH-LEN pattern text", "    Whether the pattern matches the text, 1 or 0.",
    ]
}
