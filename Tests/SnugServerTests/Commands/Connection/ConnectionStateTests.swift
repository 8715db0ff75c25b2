import Testing

@testable import SnugServer

/// SELECT, QUIT, RESET, names and CLIENT REPLY.
@Suite struct ConnectionStateTests {
    @Test func select() {
        let client = TestServer().connect()
        #expect(client("SELECT 15") == "+OK")
        #expect(client.session.database == 15)
        #expect(client("SELECT 16") == "-ERR DB index is out of range")
        #expect(client("SELECT -1") == "-ERR DB index is out of range")
        #expect(client("SELECT x") == "-ERR value is not an integer or out of range")
        #expect(
            client("SELECT 2147483648")
                == "-ERR value is out of range, value must between -2147483648 and 2147483647")
        #expect(client.session.database == 15)
    }

    @Test func quitCloses() {
        let client = TestServer().connect()
        #expect(client("QUIT") == "+OK")
        #expect(client.session.closesAfterReply)
    }

    @Test func resetForgetsAllButTheLibrary() {
        let test = TestServer()
        let client = test.connect()
        client("HELLO 3 SETNAME fred")
        client("CLIENT SETINFO LIB-NAME lib")
        client("CLIENT NO-TOUCH ON")
        client("CLIENT NO-EVICT ON")
        client("SELECT 3")
        client("WATCH a")
        client("MULTI")
        #expect(client("RESET") == "+RESET")
        let session = client.session
        #expect(session.name.isEmpty && session.protocolVersion == 2 && session.database == 0)
        #expect(!session.isNoTouch && !session.isNoEvict && session.transaction == nil && session.watches.count == 0)
        #expect(session.libraryName == Array("lib".utf8))
    }

    @Test func resetLeavesMonitor() {
        let test = TestServer()
        let client = test.connect()
        client.session.isMonitor = true
        test.server.monitors = [client.session.id]
        client("RESET")
        #expect(!client.session.isMonitor && test.server.monitors.isEmpty)
    }

    @Test func names() {
        let client = TestServer().connect()
        let error = "-ERR Client names cannot contain spaces, newlines or special characters."
        #expect(client("CLIENT GETNAME") == "$-1")
        #expect(client("CLIENT SETNAME ~!#") == "+OK")
        for name in ["'a b'", "\"a\\n\"", "\"\\x7f\"", "\"\\xff\"", "\"\\x00\""] {
            #expect(client("CLIENT SETNAME \(name)") == error)
        }
        #expect(client("CLIENT GETNAME") == "$3 ~!#")
        #expect(client("CLIENT SETNAME ''") == "+OK")
        #expect(client("CLIENT GETNAME") == "$-1")
    }

    @Test func library() {
        let client = TestServer().connect()
        #expect(client("CLIENT SETINFO lib-name snug-py") == "+OK")
        #expect(client("CLIENT SETINFO LIB-VER 1.2") == "+OK")
        #expect(
            client("CLIENT SETINFO lib-name 'a b'")
                == "-ERR lib-name cannot contain spaces, newlines or special characters.")
        #expect(client("CLIENT SETINFO foo bar") == "-ERR Unrecognized option 'foo'")
        let fields = client.fields(seenBy: client)
        #expect(fields["lib-name"] == "snug-py" && fields["lib-ver"] == "1.2")
    }

    @Test func replyOff() {
        let client = TestServer().connect()
        #expect(client("CLIENT REPLY OFF") == "")
        #expect(client("PING") == "")
        #expect(client("FOO") == "")
        #expect(client("CLIENT REPLY SKIP") == "")
        #expect(client("CLIENT REPLY nonsense") == "")
        #expect(client("PING") == "")
        #expect(client("CLIENT REPLY ON") == "+OK")
        #expect(client("PING") == "+PONG")
    }

    @Test func replySkip() {
        let client = TestServer().connect()
        #expect(client("CLIENT REPLY SKIP") == "")
        #expect(client("CLIENT REPLY SKIP") == "")
        #expect(client("PING") == "")
        #expect(client("PING") == "+PONG")
        #expect(client("CLIENT REPLY maybe") == "-ERR syntax error")
        client("CLIENT REPLY SKIP")
        #expect(client("CLIENT REPLY ON") == "+OK")
        client("CLIENT REPLY OFF")
        #expect(client("RESET") == "+RESET")
    }
}
