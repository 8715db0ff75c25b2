import Testing

@testable import SnugServer

@Suite struct ClientListTests {
    private static let names = [
        "id", "addr", "laddr", "fd", "name", "age", "idle", "flags", "db", "sub", "psub", "ssub", "multi", "watch",
        "qbuf", "qbuf-free", "argv-mem", "multi-mem", "rbs", "rbp", "obl", "oll", "omem", "tot-mem", "events", "cmd",
        "user", "redir", "resp", "lib-name", "lib-ver",
    ]

    @Test func fieldsComeInRedisOrder() {
        let client = TestServer().connect()
        let line = client("CLIENT INFO").drop { $0 != " " }.dropFirst()
        let names = line.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { $0.prefix { $0 != "=" } }
        #expect(names.map(String.init) == Self.names)
    }

    @Test func aNewClient() {
        let test = TestServer()
        let client = test.connect(from: "10.0.0.1:1234")
        let fields = client.fields(seenBy: test.connect())
        let expected = [
            "id": "1", "addr": "10.0.0.1:1234", "laddr": "127.0.0.1:6379", "fd": "8", "name": "", "flags": "N",
            "db": "0", "multi": "-1", "watch": "0", "qbuf": "0", "argv-mem": "0", "multi-mem": "0", "omem": "0",
            "events": "r", "cmd": "NULL", "user": "default", "redir": "-1", "resp": "2", "lib-name": "",
        ]
        for (name, value) in expected { #expect(fields[name] == value, "\(name)") }
    }

    @Test func stateShows() {
        let test = TestServer()
        let observer = test.connect()
        let client = test.connect()
        client("HELLO 3 SETNAME ann")
        client("SELECT 2")
        client("WATCH a b a")
        client("CLIENT NO-TOUCH ON")
        client("CLIENT NO-EVICT ON")
        client("MULTI")
        client("ECHO hello")
        client.unsentByteCount = 100
        let fields = client.fields(seenBy: observer)
        #expect(fields["name"] == "ann" && fields["db"] == "2" && fields["resp"] == "3")
        #expect(fields["flags"] == "xeT" && fields["multi"] == "1" && fields["watch"] == "2")
        #expect(fields["multi-mem"] == client.session.transaction.map { String($0.byteCount) })
        #expect(fields["omem"] == "100" && fields["oll"] == "1" && fields["events"] == "rw")
        test.set("a", to: "1", inDatabase: 2)
        #expect(client.fields(seenBy: observer)["flags"] == "xdeT")
    }

    @Test func totalHoldsItsParts() {
        let test = TestServer()
        let client = test.connect()
        let before = client.fields(seenBy: test.connect())["tot-mem"].flatMap { Int($0) } ?? 0
        client.unsentByteCount = 1000
        let after = client.fields(seenBy: test.connect())["tot-mem"].flatMap { Int($0) } ?? 0
        #expect(before >= 200 && after == before + 1000)
    }

    @Test func idsKeepTheirOrderAndRepeat() {
        let test = TestServer()
        let clients = (0..<3).map { _ in test.connect() }
        let list = clients[0]("CLIENT LIST ID 3 99 1 3")
        let ids = list.split(separator: "\n").map { $0.drop { $0 != "i" }.prefix { $0 != " " } }
        #expect(ids == ["id=3", "id=1", "id=3"])
    }

    @Test(arguments: [
        ("CLIENT LIST FOO", "-ERR syntax error"), ("CLIENT LIST ID", "-ERR syntax error"),
        ("CLIENT LIST TYPE", "-ERR syntax error"), ("CLIENT LIST TYPE normal x", "-ERR syntax error"),
        ("CLIENT LIST TYPE foo", "-ERR Unknown client type 'foo'"), ("CLIENT LIST ID x", "-ERR Invalid client ID"),
        ("CLIENT LIST ID 0", "$0 "), ("CLIENT LIST ID -1", "$0 "), ("CLIENT LIST TYPE pubsub", "$0 "),
        ("CLIENT LIST TYPE master", "$0 "), ("CLIENT LIST TYPE slave", "$0 "), ("CLIENT LIST TYPE REPLICA", "$0 "),
    ])
    func corners(line: String, reply: String) {
        #expect(TestServer().connect()(line) == reply)
    }

    @Test func ageAndIdleCountSeconds() {
        let test = TestServer()
        let client = test.connect()
        let session = Session(id: 9, address: "", localAddress: "", now: 1_999)
        #expect(session.ageSeconds(now: 2_000) == 1 && session.ageSeconds(now: 11_999) == 10)
        session.lastCommandAt = 5_000
        #expect(session.idleSeconds(now: 4_000) == 0 && session.idleSeconds(now: 6_100) == 1)
        _ = client
    }

    @Test func verbatimInRESP3() {
        let client = TestServer().connect()
        client("HELLO 3")
        #expect(client("CLIENT LIST").hasPrefix("="))
        #expect(client("CLIENT INFO").contains(" txt:id=1 "))
    }
}
