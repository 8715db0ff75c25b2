import Testing

@testable import SnugServer

@Suite struct LatencyMonitorTests {
    @Test func oneSampleASecondHoldsTheLongest() {
        var monitor = LatencyMonitor()
        monitor.record(event: "command", milliseconds: 5, now: 1000)
        monitor.record(event: "command", milliseconds: 9, now: 1500)
        monitor.record(event: "command", milliseconds: 3, now: 1999)
        monitor.record(event: "command", milliseconds: 4, now: 2000)
        let event = monitor.event("command")
        #expect(event?.samples.map(\.unixSeconds) == [1, 2])
        #expect(event?.samples.map(\.milliseconds) == [9, 4])
        #expect(event?.millisecondsMax == 9)
    }

    @Test func theLatestSamplesStay() {
        var monitor = LatencyMonitor()
        for second in 0..<500 as Range<Int64> {
            monitor.record(event: "command", milliseconds: 1000 - second, now: second * 1000)
        }
        #expect(monitor.event("command")?.samples.map(\.unixSeconds) == Array(340..<500))
        #expect(monitor.event("command")?.millisecondsMax == 1000)
    }

    @Test func eventsAreForgotten() {
        var monitor = LatencyMonitor()
        monitor.record(event: "command", milliseconds: 1, now: 0)
        monitor.record(event: "expire-cycle", milliseconds: 1, now: 0)
        let wasThere = [monitor.remove("command"), monitor.remove("command")]
        #expect(wasThere == [true, false])
        let removed = monitor.removeAll()
        #expect(removed == 1)
        #expect(monitor.events.isEmpty)
    }

    @Test func graphsHaveAColumnForEverySample() {
        var monitor = LatencyMonitor()
        for second in 0..<20 as Range<Int64> {
            monitor.record(event: "command", milliseconds: 10 + second * 7 % 13, now: second * 1000)
        }
        let lines = LatencyDrawing.text(of: monitor.events[0], now: 7300).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "command - high 22 ms, low 10 ms (all time high 22 ms)")
        #expect(lines[1] == String(repeating: "-", count: 80))
        #expect(lines[2..<6].allSatisfy { $0.count == 20 })
    }
}
