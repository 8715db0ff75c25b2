internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
internal import SnugRESP

/// Who a client is. There is one user, `default`, who has the password of `requirepass` or none.
extension Server {
    var asksForPassword: Bool { !configuration.password.isEmpty }

    /// Makes the session `user`'s when the password is right; writes the error and throws otherwise.
    func authenticate(
        _ session: Session, user: RawSpan, password: RawSpan, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let isUser = withBytes(of: "default") { user.isEqual(to: $0) }
        guard isUser else { throw wrongPassword(&reply) }
        try authenticateDefault(session, password: password, &reply)
    }

    /// The same for the default user.
    func authenticateDefault(
        _ session: Session, password: RawSpan, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        guard !asksForPassword || isPassword(password) else { throw wrongPassword(&reply) }
        session.isAuthenticated = true
    }

    private func wrongPassword(_ reply: inout ReplyWriter) -> CommandError {
        reply.error("WRONGPASS invalid username-password pair or user is disabled.")
        return .written
    }

    /// Compares in a time that depends on the password's length alone, not on how much of it was guessed.
    private func isPassword(_ given: RawSpan) -> Bool {
        let secret = configuration.password
        var difference = given.byteCount ^ secret.count
        for index in secret.indices {
            let byte = index < given.byteCount ? given[index] : 0
            difference |= Int(byte ^ secret[index])
        }
        return difference == 0
    }
}
