import Testing

@testable import SnugServer

@Suite struct WatchTests {
    /// The reply to EXEC after `between` has happened to a client that watches `keys`.
    private func exec(watching keys: String, _ between: (TestServer, TestClient) -> Void) -> String {
        let test = TestServer()
        test.set("there", to: "1")
        let client = test.connect()
        client("WATCH \(keys)")
        between(test, client)
        client("MULTI")
        client("PING")
        return client("EXEC")
    }

    @Test func untouchedKeysPass() {
        let nothing = exec(watching: "there a") { _, _ in }
        let another = exec(watching: "a") { test, _ in test.set("b", to: "1") }
        let elsewhere = exec(watching: "a") { test, _ in test.set("a", to: "1", inDatabase: 1) }
        #expect(nothing == "*1 +PONG" && another == "*1 +PONG" && elsewhere == "*1 +PONG")
    }

    @Test func changedKeysRefuse() {
        let another = exec(watching: "a there") { test, _ in test.set("there", to: "1") }
        let itself = exec(watching: "a") { _, client in client("SET a 1") }
        #expect(another == "*-1" && itself == "*-1")
        let elsewhere = exec(watching: "a a") { test, client in
            client("SELECT 1")
            test.set("a", to: "1")
        }
        #expect(elsewhere == "*-1")
    }

    @Test func nothingIsNullInRESP3() {
        let reply = exec(watching: "a") { test, client in
            client("HELLO 3")
            test.set("a", to: "1")
        }
        #expect(reply == "_")
    }

    @Test(arguments: ["UNWATCH", "RESET", "MULTI+DISCARD", "MULTI+EXEC"])
    func forgetting(line: String) {
        let reply = exec(watching: "a") { test, client in
            test.set("a", to: "1")
            for word in line.split(separator: "+") { client(String(word)) }
            #expect(client.session.watches.count == 0)
        }
        #expect(reply == "*1 +PONG")
    }

    @Test func theQueueOfTheTransactionDoesNotCount() {
        let client = TestServer().connect()
        client("WATCH a")
        client("MULTI")
        client("UNWATCH")
        client("SET a 1")
        #expect(client("EXEC") == "*2 +OK +OK")
    }

    @Test func unwatchInsideATransactionComesTooLate() {
        let test = TestServer()
        let client = test.connect()
        client("WATCH a")
        test.set("a", to: "1")
        client("MULTI")
        client("UNWATCH")
        #expect(client("EXEC") == "*-1")
    }

    @Test func brokenComesBeforeChanged() {
        let test = TestServer()
        let client = test.connect()
        client("WATCH a")
        test.set("a", to: "1")
        client("MULTI")
        client("FOO")
        #expect(client("EXEC").hasPrefix("-EXECABORT"))
        client("MULTI")
        #expect(client("EXEC") == "*0")
    }

    @Test func expiringRefusesButHavingExpiredDoesNot() {
        let test = TestServer()
        test.set("a", to: "1", expiry: test.now + 10)
        let (early, late, reader) = (test.connect(), test.connect(), test.connect())
        early("WATCH a")
        test.now += 20
        late("WATCH a")
        early("MULTI")
        #expect(early("EXEC") == "*-1", "it expired under the watch, reclaimed or not")
        reader("GET a")
        late("MULTI")
        #expect(late("EXEC") == "*0", "it was reclaimed, not changed")
    }

    @Test func theFirstExecWins() {
        let test = TestServer()
        let (first, second) = (test.connect(), test.connect())
        for client in [first, second] {
            client("WATCH a")
            client("MULTI")
            client("SET a \(client.session.id)")
        }
        #expect(first("EXEC") == "*1 +OK")
        #expect(second("EXEC") == "*-1")
        #expect(second("GET a") == "$1 1")
    }

    @Test func aKeyIsWatchedOnce() {
        let client = TestServer().connect()
        client("WATCH a a")
        client("WATCH a b")
        #expect(client.session.watches.count == 2)
    }
}
