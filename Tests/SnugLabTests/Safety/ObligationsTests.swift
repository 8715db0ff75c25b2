import SnugClient
import Testing

@testable import SnugLab

@Suite struct ObligationsTests {
    private let workload = "buckets:10 number small 100 1"

    @Test func whatIsUndoneIsNoLongerOwed() {
        var owed = Obligations()
        for line in [
            "server\t3\tredis://:pw@127.0.0.1:7000/2\t\t0", "setting\t3\tlimit\t512", "setting\t3\tlimit\t1024",
            "keys\t3\t\(workload)", "process\t4711", "directory\t/tmp/snug-lab-1",
        ] { owed.apply(line) }
        #expect(owed.dueServers == [3] && owed.processes == [4711] && owed.directories == ["/tmp/snug-lab-1"])
        #expect(owed.servers[3]?.address.password == "pw")
        #expect(owed.servers[3]?.settings.map(\.value) == ["512"], "the first value is the one to restore")
        owed.apply("restored\t3\tlimit")
        #expect(owed.dueServers == [3])
        owed.apply("removed\t3")
        #expect(owed.dueServers.isEmpty && !owed.isEmpty)
        owed.apply("ended\t4711")
        owed.apply("gone\t/tmp/snug-lab-1")
        #expect(owed.isEmpty)
    }

    @Test(arguments: [
        "", "server", "server\tx\ty\tz\t0", "setting\t9\ta\tb", "keys\t9\tnothing", "process\t1", "process\tx",
        "what\t1",
        "server\t1\tnowhere\t\t0",
    ])
    func linesThatMakeNoSenseChangeNothing(line: String) {
        var owed = Obligations()
        owed.apply(line)
        #expect(owed == Obligations())
    }

    @Test func whatIsLeftIsSaidInCommands() {
        var owed = Obligations()
        for line in ["server\t0\tredis://h:1\t\t0", "setting\t0\tlimit\t512", "keys\t0\t\(workload)"] {
            owed.apply(line)
        }
        let text = owed.servers[0].map(Cleanup.byHand)
        #expect(text == "CONFIG SET limit 512, 10 keys such as '0' to delete")
    }
}
