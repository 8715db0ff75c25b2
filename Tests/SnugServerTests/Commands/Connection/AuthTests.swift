import SnugConfiguration
import Testing

@testable import SnugServer

@Suite struct AuthTests {
    private static let wrongPassword = "-WRONGPASS invalid username-password pair or user is disabled."

    @Test func withoutAPassword() {
        let client = TestServer().connect()
        #expect(client("AUTH x").hasPrefix("-ERR AUTH <password> called without any password configured for the "))
        #expect(client("AUTH default x") == "+OK")
        #expect(client("AUTH default ''") == "+OK")
        #expect(client("AUTH nobody x") == Self.wrongPassword)
        #expect(client("AUTH a b c") == "-ERR syntax error")
        #expect(client("PING") == "+PONG")
    }

    @Test(arguments: ["", "s", "secre", "secrets", "secreT", "xecret", "secret\\x00"])
    func wrongPasswords(guess: String) {
        let client = TestServer(password: "secret").connect()
        #expect(client("AUTH \"\(guess)\"") == Self.wrongPassword)
        #expect(client("AUTH default \"\(guess)\"") == Self.wrongPassword)
        #expect(client("ECHO x") == "-NOAUTH Authentication required.")
    }

    @Test func rightPasswords() {
        let test = TestServer(password: "secret")
        for line in ["AUTH secret", "AUTH default secret"] {
            let client = test.connect()
            #expect(client(line) == "+OK")
            #expect(client("AUTH wrong") == Self.wrongPassword)
            #expect(client("ECHO x") == "$1 x", "a failed attempt takes nothing away")
        }
    }

    @Test func resetTakesThePasswordBack() {
        let client = TestServer(password: "secret").connect()
        client("AUTH secret")
        #expect(client("RESET") == "+RESET")
        #expect(client("PING") == "-NOAUTH Authentication required.")
    }

    @Test func aLaterPasswordLetsTheConnectedStay() {
        let test = TestServer()
        let early = test.connect()
        test.server.configuration.password = Array("secret".utf8)
        #expect(early("PING") == "+PONG")
        #expect(test.connect()("PING") == "-NOAUTH Authentication required.")
    }
}
