import SnugClient
import Testing

@Suite struct ServerAddressTests {
    @Test func networkAddressesAreRead() throws {
        let plain = try ServerAddress("redis://example.org")
        #expect(plain.endpoint == .network(host: "example.org", port: 6379))
        #expect(!plain.isSecure && plain.user == nil && plain.password == nil && plain.database == 0)
        let full = try ServerAddress("rediss://us%65r:p%40ss:w@[::1]:7000/12")
        #expect(full.endpoint == .network(host: "::1", port: 7000))
        #expect(full.isSecure && full.user == "user" && full.password == "p@ss:w" && full.database == 12)
    }

    @Test func aPasswordMayStandAlone() throws {
        let address = try ServerAddress("redis://:secret@127.0.0.1:1/")
        #expect(address.user == nil && address.password == "secret" && address.database == 0)
    }

    @Test func unixSocketsAreRead() throws {
        let address = try ServerAddress("unix://:word@/tmp/a%20socket?db=3")
        #expect(address.endpoint == .unix(path: "/tmp/a socket") && address.password == "word" && address.database == 3)
    }

    @Test(arguments: [
        "localhost:6379", "http://localhost", "redis://", "redis://host:0", "redis://host:65536", "redis://host:x",
        "redis://host/x", "redis://host/-1", "redis://a%zz@host", "unix://relative", "unix:///p?x=1", "redis://host:",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(throws: AddressError.self) { try ServerAddress(text) }
    }

    @Test(arguments: [
        "redis://u:p%40@h:1/2", "rediss://:p@[::1]:6380", "unix://u:p@/tmp/s?db=1", "redis://h:6379", "unix:///tmp/s",
    ])
    func theSecretDescriptionLeadsBack(text: String) throws {
        let address = try ServerAddress(text)
        #expect(try ServerAddress(address.secretDescription) == address)
    }

    @Test func descriptionsAndErrorsKeepThePassword() throws {
        #expect(try ServerAddress("redis://me:hush@h:1/2").description == "redis://h:1/2")
        do throws(AddressError) {
            _ = try ServerAddress("me:hush@h:1")
            Issue.record("not refused")
        } catch {
            #expect(!error.description.contains("hush"))
        }
    }
}
