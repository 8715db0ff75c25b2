/// One connection to a server. All calls wait until they are done; a connection belongs to one thread.
package final class Connection {
    private enum Stream {
        case plain(Socket)
        case secure(SecureStream)
    }

    private let stream: Stream
    private var reader = ReplyReader()
    private var output = CommandBuffer()

    /// Connects, gives the password if there is one, chooses the database, and makes sure that it is a server of
    /// Redis's kind that answers.
    package init(to address: ServerAddress, trust: TrustSettings = TrustSettings()) throws(ClientError) {
        let socket = try Socket.connect(to: address.endpoint)
        if address.isSecure {
            stream = .secure(try SecureStream(over: socket, address: address, trust: trust))
        } else {
            stream = .plain(socket)
        }
        if let password = address.password {
            _ = try ask(address.user.map { ["AUTH", $0, password] } ?? ["AUTH", password])
        }
        guard try ask(["PING"]).text == "PONG" else { throw .notRESP("PING was not answered with PONG") }
        if address.database != 0 { _ = try ask(["SELECT", "\(address.database)"]) }
    }

    /// Sends a command and returns its reply; an error reply is thrown.
    package func ask(_ words: [String]) throws(ClientError) -> Reply {
        output.removeAll()
        output.command(words)
        try send(output.bytes)
        let reply = try reader.read { bytes, offset throws(ClientError) in try self.receive(&bytes, offset) }
        if case .error(let text) = reply { throw .refused(text) }
        return reply
    }

    /// Sends one command that `build` writes and steps over its reply; an error reply is thrown. What it waits for is
    /// one round trip, so this is what latency is measured by.
    package func roundTrip(_ build: (inout CommandBuffer) -> Void) throws(ClientError) {
        output.removeAll()
        build(&output)
        try send(output.bytes)
        if let text = try skipReply() { throw .refused(text) }
    }

    func send(_ bytes: [UInt8]) throws(ClientError) {
        switch stream {
        case .plain(let socket): try socket.write(bytes)
        case .secure(let stream): try stream.write(bytes)
        }
    }

    func skipReply() throws(ClientError) -> String? {
        try reader.skip { bytes, offset throws(ClientError) in try self.receive(&bytes, offset) }
    }

    private func receive(_ bytes: inout [UInt8], _ offset: Int) throws(ClientError) -> Int {
        switch stream {
        case .plain(let socket): try socket.read(into: &bytes, from: offset)
        case .secure(let stream): try stream.read(into: &bytes, from: offset)
        }
    }
}
