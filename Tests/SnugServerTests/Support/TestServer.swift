import Logging
import SnugConfiguration
import SnugEngine
import SnugMemory
import SnugRESP

@testable import SnugServer

/// A server without sockets whose time stands still until a test moves it.
final class TestServer {
    let server: Server
    /// Milliseconds since 1970 that every command sees.
    var now: Int64 = 1_700_000_000_000

    convenience init(password: String = "") {
        var configuration = Configuration()
        configuration.password = Array(password.utf8)
        self.init(configuration)
    }

    init(_ configuration: Configuration) {
        server = Server(configuration: configuration, logger: Logger(label: "test"))
    }

    func connect(from address: String = "127.0.0.1:50000") -> TestClient {
        TestClient(self, address)
    }

    /// Stores a string as a client would whose time has not stopped for a pause.
    func set(_ key: String, to value: String, expiry: Int64? = nil, inDatabase database: Int = 0) {
        server.partition.now = now
        server.partition.selected = database
        server.partition.setString(
            Array(key.utf8).rawBytes, to: Array(value.utf8).rawBytes, expiry: expiry.map { .set($0) } ?? .remove)
    }

    /// Keys of database 0, those past their time included until they are reclaimed.
    var keyCount: Int { server.partition.keyCount(inDatabase: 0) }
    var reclaimsExpired: Bool { server.partition.reclaimsExpired }

    /// Ends a pause whose time is over, as the cron does.
    func releasePaused() {
        server.partition.now = now
        server.releasePaused(now: now)
    }
}

/// A client whose replies are read as text: lines are parted by blanks, so that an array of two is `*2 $1 a $1 b`.
final class TestClient: Connection {
    private let test: TestServer
    let session: Session
    /// Lines that a pause holds back.
    private(set) var held: [String] = []
    /// Replies to lines that were held back.
    private(set) var late: [String] = []
    private(set) var isClosed = false
    /// What came outside of replies.
    private(set) var pushed: [String] = []
    /// What `unsentByteCount` says.
    var unsentByteCount = 0

    init(_ test: TestServer, _ address: String) {
        self.test = test
        session = test.server.connected(address: address, localAddress: "127.0.0.1:6379")
        session.connection = self
    }

    /// The reply to `line`, which is split as an inline command; empty when there is none.
    @discardableResult
    func callAsFunction(_ line: String) -> String {
        guard let words = InlineSplitter.words(of: Array(line.utf8).rawBytes) else { return "unbalanced" }
        let arguments = OwnedArguments(words)
        var reply = ReplyWriter()
        test.server.partition.now = test.now
        switch test.server.execute(arguments.arguments, session, &reply) {
        case .done: break
        case .deferred: held.append(line)
        }
        return Self.words(of: reply.withBytes { $0.makeString() })
    }

    func send(_ bytes: [UInt8]) {
        pushed.append(Self.words(of: String(decoding: bytes, as: UTF8.self)))
    }

    /// A line for each reply, parted by blanks.
    private static func words(of text: String) -> String {
        text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast().joined(separator: " ")
    }

    func close() {
        isClosed = true
        test.server.disconnected(session)
    }

    func resume() {
        let lines = held
        held = []
        for line in lines { late.append(self(line)) }
    }

    var unreadByteCount: Int { held.reduce(0) { $0 + $1.utf8.count + 2 } }
    var unreadFreeByteCount: Int { 0 }
    var bufferByteCount: Int { unreadByteCount }
    var fileDescriptor: Int { Int(session.id) + 7 }
}

extension TestClient {
    /// The fields of this client's line in CLIENT LIST, as `observer` sees it.
    func fields(seenBy observer: TestClient) -> [String: String] {
        let line = observer("CLIENT LIST ID \(session.id)")
        var fields: [String: String] = [:]
        for word in line.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
        }
        return fields
    }
}
