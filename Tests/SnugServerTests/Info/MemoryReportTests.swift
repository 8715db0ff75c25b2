import SnugMemory
import Testing

@testable import SnugServer

@Suite struct MemoryReportTests {
    private let test = TestServer()

    @Test func partsAddUp() {
        let client = test.connect()
        for number in 0..<2000 { client("SET key:\(number) \(number)") }
        let report = test.server.memoryReport(replyBufferByteCount: 0)
        let parts = [
            report.startupByteCount, report.directoryByteCount, report.sessionByteCount,
            report.connectionBufferByteCount, report.replyBufferByteCount, report.watchByteCount,
            report.slowLogByteCount, report.latencyByteCount, report.vocabularyByteCount,
        ]
        #expect(report.overheadByteCount == parts.reduce(0, +))
        #expect(
            report.overheadByteCount + report.datasetByteCount + report.unaccountedByteCount
                == report.allocator.allocated)
        #expect(report.keyCount == 2000)
        #expect(report.datasetByteCount > 2000 * 3)
        #expect(report.directoryByteCount > 0)
        #expect(report.sessionByteCount > 0)
        #expect(report.peakByteCount >= report.allocator.allocated)
    }

    @Test func theReplySaysTheSame() throws {
        let words = test.connect()("MEMORY STATS").split(separator: " ").map(String.init)
        func value(_ name: String) throws -> Int {
            let index = try #require(words.firstIndex(of: name), "\(name) is missing")
            return try #require(Int(words[index + 1].dropFirst()), "\(name) is \(words[index + 1])")
        }
        #expect(
            try value("overhead.total") + value("dataset.bytes") + value("unaccounted.bytes")
                == value("total.allocated"))
    }

    @Test func thePeakStays() {
        var marks = MemoryMarks()
        marks.note(allocated: 10)
        marks.note(allocated: 30)
        marks.note(allocated: 20)
        #expect(marks.peakByteCount == 30)
    }
}
