import Testing

@testable import SnugServer

@Suite struct ClientKillTests {
    @Test func byID() {
        let test = TestServer()
        let (killer, victim) = (test.connect(), test.connect())
        #expect(killer("CLIENT KILL ID 2") == ":1")
        #expect(victim.isClosed)
        #expect(killer("CLIENT KILL ID 2") == ":0", "a killed session is gone at once")
        #expect(test.server.sessions.count == 1)
    }

    @Test func byAddress() {
        let test = TestServer()
        let killer = test.connect(from: "1.1.1.1:1")
        let victim = test.connect(from: "2.2.2.2:2")
        let other = test.connect(from: "3.3.3.3:3")
        #expect(killer("CLIENT KILL 9.9.9.9:9") == "-ERR No such client")
        #expect(killer("CLIENT KILL 2.2.2.2:2") == "+OK")
        #expect(killer("CLIENT KILL ADDR 3.3.3.3:3 LADDR 1.2.3.4:5") == ":0")
        #expect(killer("CLIENT KILL ADDR 3.3.3.3:3 LADDR 127.0.0.1:6379") == ":1")
        #expect(victim.isClosed && other.isClosed)
    }

    @Test func oneself() {
        let test = TestServer()
        let client = test.connect(from: "1.1.1.1:1")
        #expect(client("CLIENT KILL ID 1") == ":0")
        #expect(!client.session.closesAfterReply)
        #expect(client("CLIENT KILL ID 1 SKIPME no") == ":1")
        #expect(client.session.closesAfterReply && !client.isClosed)
        let other = test.connect(from: "2.2.2.2:2")
        #expect(other("CLIENT KILL 2.2.2.2:2") == "+OK", "the old form takes oneself")
        #expect(other.session.closesAfterReply)
    }

    @Test func everyConditionMustHold() {
        let test = TestServer()
        let killer = test.connect()
        let clients = (0..<3).map { _ in test.connect() }
        #expect(killer("CLIENT KILL ID 2 TYPE pubsub") == ":0")
        #expect(killer("CLIENT KILL ID 2 TYPE normal USER default") == ":1")
        #expect(killer("CLIENT KILL SKIPME yes") == ":2")
        #expect(clients.allSatisfy { $0.isClosed })
        #expect(killer("CLIENT KILL TYPE normal SKIPME no") == ":1")
    }

    @Test func byAge() {
        let test = TestServer()
        let killer = test.connect()
        let victim = test.connect()
        #expect(killer("CLIENT KILL MAXAGE 10") == ":0")
        victim.session.connectedAt -= 10_000
        #expect(killer("CLIENT KILL MAXAGE 10") == ":1")
    }

    @Test(arguments: [
        ("CLIENT KILL ID 0", "-ERR client-id should be greater than 0"),
        ("CLIENT KILL ID x", "-ERR client-id should be greater than 0"),
        ("CLIENT KILL ID 1 TYPE", "-ERR syntax error"), ("CLIENT KILL FOO bar", "-ERR syntax error"),
        ("CLIENT KILL ID 1 SKIPME maybe", "-ERR syntax error"), ("CLIENT KILL a b c", "-ERR syntax error"),
        ("CLIENT KILL TYPE foo", "-ERR Unknown client type 'foo'"),
        ("CLIENT KILL USER nobody", "-ERR No such user 'nobody'"),
        ("CLIENT KILL MAXAGE x", "-ERR maxage is not an integer or out of range"),
        ("CLIENT KILL MAXAGE 0", "-ERR maxage should be greater than 0"),
    ])
    func errorsKillNobody(line: String, error: String) {
        let test = TestServer()
        let other = test.connect()
        #expect(test.connect()(line) == error)
        #expect(!other.isClosed)
    }

    @Test func theDeadLeaveNothing() {
        let test = TestServer()
        let (killer, victim) = (test.connect(), test.connect())
        victim("WATCH a b")
        victim("MULTI")
        victim.session.isMonitor = true
        test.server.monitors = [victim.session.id]
        killer("CLIENT KILL ID 2")
        #expect(victim.session.watches.count == 0 && victim.session.transaction == nil)
        #expect(test.server.monitors.isEmpty)
    }
}
