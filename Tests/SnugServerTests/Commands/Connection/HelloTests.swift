import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct HelloTests {
    private static let tooEarly =
        "-NOAUTH HELLO must be called with the client already authenticated, otherwise the "
        + "HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol "
        + "version at the same time"
    private static let wrongPassword = "-WRONGPASS invalid username-password pair or user is disabled."

    @Test func tellsTheServerInTheNewProtocol() {
        let client = TestServer().connect()
        let facts =
            "$6 server $5 redis $7 version $5 7.4.0 $5 proto :%p $2 id :1 $4 mode $10 standalone "
            + "$4 role $6 master $7 modules *0 $12 snug_version "
            + "$\(SnugVersion.current.utf8.count) \(SnugVersion.current)"
        #expect(client("HELLO 3") == "%8 " + facts.replacing("%p", with: "3"))
        #expect(client("HELLO") == "%8 " + facts.replacing("%p", with: "3"))
        #expect(client("HELLO 2") == "*16 " + facts.replacing("%p", with: "2"))
    }

    @Test(arguments: [
        ("HELLO 1", "-NOPROTO unsupported protocol version"),
        ("HELLO 4", "-NOPROTO unsupported protocol version"),
        ("HELLO x", "-ERR Protocol version is not an integer or out of range"),
        ("HELLO 3.0", "-ERR Protocol version is not an integer or out of range"),
        ("HELLO AUTH default x", "-ERR Protocol version is not an integer or out of range"),
        ("HELLO 3 FOO", "-ERR Syntax error in HELLO option 'FOO'"),
        ("HELLO 3 AUTH default", "-ERR Syntax error in HELLO option 'AUTH'"),
        ("HELLO 3 SETNAME", "-ERR Syntax error in HELLO option 'SETNAME'"),
        ("HELLO 3 SETNAME 'a b'", "-ERR Client names cannot contain spaces, newlines or special characters."),
        ("HELLO 3 AUTH nobody x SETNAME ann", wrongPassword),
    ])
    func errorsChangeNothing(line: String, error: String) {
        let client = TestServer().connect()
        client("CLIENT SETNAME fred")
        #expect(client(line) == error)
        #expect(client("CLIENT GETNAME") == "$4 fred")
        #expect(client.session.protocolVersion == 2)
    }

    @Test func optionsComeInAnyOrder() {
        let test = TestServer(password: "secret")
        let client = test.connect()
        #expect(client("HELLO 3 setname ann auth default secret").hasPrefix("%8"))
        #expect(client("CLIENT GETNAME") == "$3 ann")
        let other = test.connect()
        #expect(other("HELLO 2 AUTH default secret SETNAME bob").hasPrefix("*16"))
        #expect(other("CLIENT GETNAME") == "$3 bob")
    }

    @Test func needsThePassword() {
        let client = TestServer(password: "secret").connect()
        #expect(client("HELLO") == Self.tooEarly)
        #expect(client("HELLO 3 SETNAME x") == Self.tooEarly)
        #expect(client("HELLO 9") == "-NOPROTO unsupported protocol version")
        #expect(client("HELLO 3 AUTH default wrong") == Self.wrongPassword)
        #expect(client("PING") == "-NOAUTH Authentication required.")
        #expect(client.session.name.isEmpty && client.session.protocolVersion == 2)
    }

    @Test func passwordsAreSecret() {
        let client = TestServer().connect()
        client("HELLO 3 SETNAME x AUTH default y")
        #expect(client.session.secretArguments == [5, 6])
    }
}
