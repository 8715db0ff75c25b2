internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Publishing, and what a session that has subscribed may do.
extension Server {
    /// Sends a message to all who have subscribed to the channel or to a pattern that it matches; returns how many
    /// times. What the session itself gets whose command this is waits for `sendOwnMessages`.
    @discardableResult
    func publish(_ message: [UInt8], to channel: [UInt8], by session: Session?) -> Int {
        var count = 0
        for subscriber in subscribers.subscribers(of: channel) {
            send(to: subscriber, by: session) { writer in
                writer.push(3)
                writer.bulk("message")
                writer.bulk(channel)
                writer.bulk(message)
            }
            count += 1
        }
        for (pattern, matching) in subscribers.patternSubscribers where isMatch(channel, pattern) {
            for subscriber in matching {
                send(to: subscriber, by: session) { writer in
                    writer.push(4)
                    writer.bulk("pmessage")
                    writer.bulk(pattern)
                    writer.bulk(channel)
                    writer.bulk(message)
                }
                count += 1
            }
        }
        return count
    }

    private func isMatch(_ channel: [UInt8], _ pattern: [UInt8]) -> Bool {
        let glob = GlobPattern(pattern.rawBytes)
        return glob.matches(channel.rawBytes)
    }

    private func send(to subscriber: Session, by session: Session?, _ write: (inout ReplyWriter) -> Void) {
        var writer = ReplyWriter(capacity: 128)
        writer.version = subscriber.protocolVersion
        write(&writer)
        if subscriber === session && subscriber.replyMode == .on {
            ownMessages += writer.withBytes { $0.makeArray() }
        } else {
            subscriber.connection?.send(writer.withBytes { $0.makeArray() })
        }
    }

    /// Writes the messages that a session has got from its own command behind the command's reply, and behind that of
    /// EXEC when it ran there. Called when the reply is complete.
    func sendOwnMessages(of session: Session, _ reply: inout ReplyWriter) {
        if ownMessages.isEmpty || session.isExecuting { return }
        let messages = ownMessages
        ownMessages = []
        reply.buffer.append(messages.rawBytes)
    }

    /// Writes a reply that is a push, which no reply mode holds back.
    func push(to session: Session, _ reply: inout ReplyWriter, _ write: (inout ReplyWriter) -> Void) {
        if session.replyMode == .on {
            write(&reply)
            return
        }
        var writer = ReplyWriter(capacity: 128)
        writer.version = session.protocolVersion
        write(&writer)
        session.connection?.send(writer.withBytes { $0.makeArray() })
    }

    // MARK: What subscribers may do

    /// Whether the session may not run a command with this number because it has subscribed: without RESP3 a client
    /// could not tell replies from messages.
    func isBarred(_ number: Int, _ session: Session) -> Bool {
        guard session.protocolVersion == 2 else { return false }
        let type = table.entries[number].type
        return !Self.subscriberCommands.contains { $0 == type }
    }

    private static let subscriberCommands: [any CommandDeclaration.Type] = [
        Ping.self, Subscribe.self, Unsubscribe.self, PSubscribe.self, PUnsubscribe.self, Quit.self, Reset.self,
    ]

    func refuseSubscriber(_ number: Int, _ session: Session, _ reply: inout ReplyWriter) {
        let name = table.entries[number].fullName
        refuse(number, session, &reply) {
            $0.error(
                "ERR Can't execute '\(name)': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed"
                    + " in this context")
        }
    }
}
