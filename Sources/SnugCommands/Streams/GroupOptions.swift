internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// The options of XGROUP CREATE and SETID.
struct GroupOptions {
    private(set) var makesStream = false
    private(set) var readCount: Int64?

    /// Errors are written.
    init(
        _ arguments: borrowing Arguments, takesMakeStream: Bool, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var index = 5
        while index < arguments.count {
            if takesMakeStream && arguments[index].isWord("MKSTREAM") {
                makesStream = true
                index += 1
            } else if arguments[index].isWord("ENTRIESREAD") && index + 1 < arguments.count {
                let count = try arguments[index + 1].integer()
                guard count >= -1 else { throw reply.refusal("ERR value for ENTRIESREAD must be positive or -1") }
                readCount = count < 0 ? nil : count
                index += 2
            } else {
                throw reply.subcommandSyntax(arguments)
            }
        }
    }
}

/// A group that must be there, of a stream that is open: what claims and most subcommands of XGROUP work on.
struct GroupPlace {
    let open: OpenStream
    let group: Box<ConsumerGroup>

    /// The group that is named behind the key, which is the third word. Errors are written.
    init(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let key = arguments[2]
        guard let open = try translating({ () throws(EngineError) in try partition.openStream(key, makes: false) })
        else { throw reply.keyRequired() }
        guard let group = open.stream.value.group(named: arguments[3]) else {
            reply.noGroup(("No such consumer group '", arguments[3]), ("' for key name '", key), "'")
            throw .written
        }
        self.open = open
        self.group = group
    }

    /// As above, of a claim: the key is the second word, and one answer stands for no key and no group.
    init(
        ofClaim arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard let place = try Self(arguments[1], arguments[2], &partition) else {
            reply.noGroup(("No such key '", arguments[1]), ("' or consumer group '", arguments[2]), "'")
            throw .written
        }
        self = place
    }

    /// The group of that name, nil without the key or the group.
    init?(_ key: RawSpan, _ name: RawSpan, _ partition: inout Partition) throws(CommandError) {
        guard
            let open = try translating({ () throws(EngineError) in
                try partition.openStream(key, .read, makes: false)
            }), let group = open.stream.value.group(named: name)
        else { return nil }
        self.open = open
        self.group = group
    }
}

extension ReplyWriter {
    /// Complains that XGROUP needs the key.
    mutating func keyRequired() -> CommandError {
        refusal(
            """
            ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM \
            option to create an empty stream automatically.
            """)
    }

    /// Complains about the form of a subcommand.
    mutating func subcommandSyntax(_ arguments: borrowing Arguments) -> CommandError {
        var text = GrowableBytes()
        text.append("ERR unknown subcommand or wrong number of arguments for '")
        text.append(arguments[1].extracting(first: 128))
        text.append("'. Try ")
        for index in 0..<arguments[0].byteCount { text.append(arguments[0][index].asciiUppercased) }
        text.append(" HELP.")
        return refusal(bytes: text.bytes.makeArray())
    }
}

extension UInt8 {
    fileprivate var asciiUppercased: UInt8 { self >= 97 && self <= 122 ? self - 32 : self }
}

extension Argument {
    static let groupID = Argument("id", .oneof, [Argument("id", .string), .token("new_id", "$")])
    static let entriesRead = Argument("entries_read", .integer, token: "ENTRIESREAD", optional: true)
}
