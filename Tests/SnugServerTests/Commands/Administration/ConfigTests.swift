import SnugConfiguration
import SnugEngine
import Testing

@testable import SnugServer

@Suite struct ConfigTests {
    @Test func settingsActAtOnce() {
        let test = TestServer()
        let client = test.connect()
        #expect(client("CONFIG SET hash-max-ziplist-entries 7 maxmemory-policy allkeys-lfu lfu-decay-time 3") == "+OK")
        #expect(test.server.partition.limits.hashListpackEntriesMax == 7)
        #expect(test.server.partition.accessClock.isLFU)
        #expect(test.server.partition.accessClock.decayMinutes == 3)
        #expect(client("CONFIG SET proto-max-bulk-len 1mb") == "+OK")
        #expect(test.server.partition.limits.stringByteCountMax == 1 << 20)
        #expect(
            client("CONFIG GET hash-max-*-entries")
                == "*4 $25 hash-max-listpack-entries $1 7 $24 hash-max-ziplist-entries $1 7")
    }

    @Test func nothingIsSetWhenOneValueIsRefused() {
        let test = TestServer()
        let client = test.connect()
        #expect(client("CONFIG SET hash-max-listpack-entries 7 timeout x").hasPrefix("-ERR CONFIG SET failed"))
        #expect(test.server.partition.limits.hashListpackEntriesMax == 512)
    }

    @Test func addressesChangeThroughTheTransport() {
        let test = TestServer()
        let client = test.connect()
        var ports: [Int] = []
        let failed =
            "-ERR CONFIG SET failed (possibly related to argument 'port') - "
            + "Unable to listen on this port. Check server logs."
        #expect(client("CONFIG SET port 7000 timeout 5") == failed)
        #expect(test.server.configuration.network.idleSecondsMax == 0)
        test.server.onRebind = { configuration in
            ports.append(configuration.port)
            return configuration.port != 1
        }
        #expect(client("CONFIG SET port 7000") == "+OK")
        #expect(client("CONFIG SET port 1") == failed)
        #expect(ports == [7000, 1])
        #expect(test.server.configuration.port == 7000)
    }

    @Test func protectedDirectivesFollowTheirSwitch() {
        let test = TestServer()
        let local = test.connect()
        let remote = test.connect(from: "192.0.2.1:50000")
        let refused = "-ERR CONFIG SET failed (possibly related to argument 'dbfilename') - can't set protected config"
        #expect(local("CONFIG SET dbfilename x") == refused)
        test.server.configuration.privileges.protectedDirectives = .local
        #expect(local("CONFIG SET dbfilename x") == "+OK")
        #expect(remote("CONFIG SET dbfilename y") == refused)
        test.server.configuration.privileges.protectedDirectives = .yes
        #expect(remote("CONFIG SET dbfilename y") == "+OK")
    }

    @Test func rewritingNeedsAFile() {
        #expect(TestServer().connect()("CONFIG REWRITE") == "-ERR The server is running without a config file")
    }
}
