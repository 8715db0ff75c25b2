import SnugCommands
import Testing

@testable import SnugServer

@Suite struct PauseTests {
    @Test func holdsWritersInOrder() {
        let test = TestServer()
        let (first, second, other) = (test.connect(), test.connect(), test.connect())
        #expect(other("CLIENT PAUSE 1000 WRITE") == "+OK")
        #expect(second("SET k second") == "")
        #expect(first("SET k first") == "")
        #expect(other("GET k") == "$-1" && other("PING") == "+PONG")
        #expect(first.fields(seenBy: other)["flags"] == "b" && test.server.pause.heldCount == 2)
        #expect(other("CLIENT UNPAUSE") == "+OK")
        #expect(first.late == ["+OK"] && second.late == ["+OK"])
        #expect(other("GET k") == "$5 first", "who came first goes on first")
        #expect(first.fields(seenBy: other)["flags"] == "N" && test.server.pause.heldCount == 0)
    }

    @Test func holdsEverybodyUntilItsTime() {
        let test = TestServer()
        let client = test.connect()
        #expect(client("CLIENT PAUSE 1000") == "+OK")
        #expect(client("CLIENT UNPAUSE") == "")
        test.now += 999
        test.releasePaused()
        #expect(client.late.isEmpty)
        test.now += 1
        test.releasePaused()
        #expect(client.late == ["+OK"] && !test.server.pause.isActive)
    }

    @Test func monitorsNeverWait() {
        let test = TestServer()
        let (client, monitor) = (test.connect(), test.connect())
        monitor.session.isMonitor = true
        client("CLIENT PAUSE 1000 ALL")
        #expect(monitor("PING") == "+PONG")
    }

    @Test func aPauseBecomesNeitherMilderNorShorter() {
        var pause = PauseState()
        pause.begin(.all, until: 2000, now: 0)
        pause.begin(.writes, until: 1000, now: 0)
        #expect(pause.kind == .all && pause.until == 2000)
        pause.begin(.writes, until: 3000, now: 1500)
        #expect(pause.kind == .all && pause.until == 3000)
        pause.begin(.writes, until: 5000, now: 4000)
        #expect(pause.kind == .writes && pause.until == 5000, "the earlier one was over")
        #expect(pause.isPaused(for: .write, now: 4999) && !pause.isPaused(for: .write, now: 5000))
        #expect(!pause.isPaused(for: .readonly, now: 4500))
    }

    @Test func noTimeIsNoPause() {
        let test = TestServer()
        let client = test.connect()
        #expect(client("CLIENT PAUSE 0") == "+OK")
        #expect(client("SET k v") == "+OK")
    }

    @Test func execWaitsWhenItWrites() {
        let test = TestServer()
        let (reader, writer, other) = (test.connect(), test.connect(), test.connect())
        reader("MULTI")
        reader("GET k")
        writer("MULTI")
        writer("SET k v")
        other("CLIENT PAUSE 1000 WRITE")
        #expect(reader("EXEC") == "*1 $-1")
        #expect(writer("EXEC") == "")
        other("CLIENT UNPAUSE")
        #expect(writer.late == ["*1 +OK"])
    }

    @Test func aWriterWaitsAlreadyBeforeItIsQueued() {
        let test = TestServer()
        let (writer, other) = (test.connect(), test.connect())
        writer("MULTI")
        other("CLIENT PAUSE 1000 WRITE")
        #expect(writer("SET k v") == "")
        other("CLIENT UNPAUSE")
        #expect(writer.late == ["+QUEUED"])
    }

    @Test func keysStayWhileNothingMayChange() {
        let test = TestServer()
        let client = test.connect()
        test.set("k", to: "v", expiry: test.now + 10)
        client("CLIENT PAUSE 1000 WRITE")
        test.now += 20
        #expect(client("GET k") == "$-1")
        #expect(test.keyCount == 1)
        client("CLIENT UNPAUSE")
        #expect(client("GET k") == "$-1")
        #expect(test.keyCount == 0)
    }

    @Test func aWriterBehindThePauseFindsExpiredKeysGone() {
        let test = TestServer()
        let client = test.connect()
        test.set("k", to: "v", expiry: test.now + 10)
        client("CLIENT PAUSE 100 WRITE")
        test.now += 200
        #expect(client("SET k w") == "+OK", "the time alone ends a pause")
        #expect(test.keyCount == 1)
    }

    @Test func aPauseInsideATransactionBeginsBehindIt() {
        let test = TestServer()
        let client = test.connect()
        test.set("k", to: "v", expiry: test.now + 10)
        client("MULTI")
        client("CLIENT PAUSE 1000 WRITE")
        client("SET k w")
        test.now += 20
        #expect(client("EXEC") == "*2 +OK +OK")
        #expect(test.keyCount == 1)
        #expect(!test.reclaimsExpired)
        #expect(client("SET k x") == "")
    }

    @Test func whoLeavesIsForgotten() {
        let test = TestServer()
        let (writer, other) = (test.connect(), test.connect())
        other("CLIENT PAUSE 1000 WRITE")
        writer("SET k v")
        other("CLIENT KILL ID 1")
        other("CLIENT UNPAUSE")
        #expect(writer.late.isEmpty && other("GET k") == "$-1")
    }

    @Test(arguments: [
        ("CLIENT PAUSE x", "-ERR timeout is not an integer or out of range"),
        ("CLIENT PAUSE 1.5", "-ERR timeout is not an integer or out of range"),
        ("CLIENT PAUSE -1", "-ERR timeout is negative"),
        ("CLIENT PAUSE 9223372036854775807", "-ERR timeout is out of range"),
        ("CLIENT PAUSE 100 FOO", "-ERR CLIENT PAUSE mode must be WRITE or ALL"),
        (
            "CLIENT PAUSE 100 ALL x",
            "-ERR unknown subcommand or wrong number of arguments for 'PAUSE'. Try CLIENT HELP."
        ),
    ])
    func errorsPauseNothing(line: String, error: String) {
        let client = TestServer().connect()
        #expect(client(line) == error)
        #expect(client("SET k v") == "+OK")
    }
}
