import SnugCommands
import Testing

@testable import SnugServer

@Suite struct TransactionTests {
    @Test func runsInOrder() {
        let client = TestServer().connect()
        #expect(client("MULTI") == "+OK")
        #expect(client("SET a 1") == "+QUEUED")
        #expect(client("GET a") == "+QUEUED")
        #expect(client("EXEC") == "*2 +OK $1 1")
        #expect(client("EXEC") == "-ERR EXEC without MULTI")
    }

    @Test func empty() {
        let client = TestServer().connect()
        client("MULTI")
        #expect(client("EXEC") == "*0")
    }

    @Test func discard() {
        let client = TestServer().connect()
        #expect(client("DISCARD") == "-ERR DISCARD without MULTI")
        client("MULTI")
        client("SET a 1")
        #expect(client("DISCARD") == "+OK")
        #expect(client("GET a") == "$-1")
    }

    @Test func nestingAndWatchAreRefusedWithoutHarm() {
        let client = TestServer().connect()
        client("MULTI")
        #expect(client("MULTI") == "-ERR MULTI calls can not be nested")
        #expect(client("WATCH a") == "-ERR WATCH inside MULTI is not allowed")
        client("SET a 1")
        #expect(client("EXEC") == "*1 +OK")
    }

    @Test(arguments: ["FOO bar", "GET", "CLIENT FOO", "CLIENT"])
    func aRefusedCommandBreaksIt(line: String) {
        let client = TestServer().connect()
        client("MULTI")
        client("SET a 1")
        #expect(client(line).hasPrefix("-ERR "))
        #expect(client("EXEC") == "-EXECABORT Transaction discarded because of previous errors.")
        #expect(client("GET a") == "$-1")
        #expect(client("EXEC") == "-ERR EXEC without MULTI")
    }

    @Test func execOfTheWrongArityAborts() {
        let client = TestServer().connect()
        client("MULTI")
        #expect(
            client("EXEC x")
                == "-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command")
        #expect(client("EXEC") == "-ERR EXEC without MULTI")
    }

    @Test func errorsWhileRunningAreReplies() {
        let client = TestServer().connect()
        client("MULTI")
        client("SELECT x")
        client("SELECT 3")
        client("SET a 1")
        #expect(client("EXEC") == "*3 -ERR value is not an integer or out of range +OK +OK")
        #expect(client.session.database == 3)
    }

    @Test func quitAndResetRunAtOnce() {
        let client = TestServer().connect()
        client("MULTI")
        #expect(client("RESET") == "+RESET")
        #expect(client("EXEC") == "-ERR EXEC without MULTI")
        client("MULTI")
        #expect(client("QUIT") == "+OK")
    }

    @Test func commandsSeeTheTransactionTheyRunIn() {
        let client = TestServer().connect()
        client("WATCH a")
        client("MULTI")
        client("ECHO x")
        client("CLIENT INFO")
        let reply = client("EXEC")
        #expect(reply.contains(" flags=x ") && reply.contains(" multi=2 watch=0 ") && reply.contains(" cmd=exec "))
        #expect(client.fields(seenBy: client)["multi"] == "-1")
    }

    @Test func theProtocolMayChangeInside() {
        let client = TestServer().connect()
        client("MULTI")
        client("GET a")
        client("HELLO 3")
        client("GET a")
        let reply = client("EXEC")
        #expect(reply.hasPrefix("*3 $-1 %8 ") && reply.hasSuffix(" _"))
    }

    @Test func theQueueKnowsWhatItHolds() {
        let client = TestServer().connect()
        client("MULTI")
        client("GET a")
        #expect(client.session.transaction?.flags.contains(.write) == false)
        client("SET a 1")
        #expect(client.session.transaction?.flags.contains(.write) == true)
        #expect((client.session.transaction?.byteCount ?? 0) > 9)
    }

    @Test func eachCommandIsCounted() {
        let test = TestServer()
        let client = test.connect()
        client("MULTI")
        client("GET a")
        client("GET a")
        client("EXEC")
        let get = test.server.table.find(fullName: Array("get".utf8)) ?? -1
        #expect(test.server.commandStatistics[get].calls == 2)
        #expect(client.fields(seenBy: test.connect())["cmd"] == "exec")
    }
}

/// What EXEC leaves in the counters, and what may not run inside.
@Suite struct TransactionAccountTests {
    @Test func anErrorInsideCountsOnce() throws {
        let test = TestServer()
        let client = test.connect()
        client("MULTI")
        client("SELECT x")
        client("SELECT y")
        client("EXEC")
        client("SELECT z")
        let select = try #require(test.server.table.find(fullName: Array("select".utf8)))
        let exec = try #require(test.server.table.find(fullName: Array("exec".utf8)))
        #expect(test.server.commandStatistics[select].failed == 3)
        #expect(test.server.commandStatistics[exec].failed == 0 && test.server.commandStatistics[exec].calls == 1)
        #expect(test.server.statistics.errorReplies == 3 && test.server.statistics.errors["ERR"] == 3)
    }

    @Test func refusingExecAborts() throws {
        let test = TestServer(password: "secret")
        let client = test.connect()
        #expect(client("EXEC") == "-EXECABORT Transaction discarded because of: NOAUTH Authentication required.")
        let exec = try #require(test.server.table.find(fullName: Array("exec".utf8)))
        #expect(test.server.commandStatistics[exec].rejected == 1)
    }

    @Test func monitorDoesNotBeginInside() {
        let test = TestServer()
        let client = test.connect()
        client("MULTI")
        client("MONITOR")
        #expect(client("EXEC") == "*1 -ERR MONITOR isn't allowed for DENY BLOCKING client")
        #expect(!client.session.isMonitor && test.server.monitors.isEmpty)
    }

    @Test func monitorsTouchNoKeys() {
        let client = TestServer().connect()
        client("MONITOR")
        #expect(client("GET a") == "-ERR Replica can't interact with the keyspace")
        #expect(client("SET a 1") == "-ERR Replica can't interact with the keyspace")
        #expect(client("PING") == "+PONG")
        client("RESET")
        #expect(client("GET a") == "$-1")
    }
}
