internal import SnugEngine
package import SnugMemory

/// The memory that the allocator has handed out, split into parts. Each byte belongs to one part; what no part knows of
/// is `unaccountedByteCount`, so that all of them add up to `allocator.allocated`.
///
/// `unaccountedByteCount` can fall below zero: `startup` is a figure of the start, and what was allocated then may have
/// been given back since.
struct MemoryReport {
    struct Database {
        let index: Int
        let directoryByteCount: Int
    }

    let allocator: AllocatorStatistics
    let residentByteCount: Int
    let peakByteCount: Int
    /// Handed out when the server had started: program, command table, event loop, empty databases.
    let startupByteCount: Int
    let keyCount: Int
    /// Packs of keys and values, and values outside of packs.
    let datasetByteCount: Int
    /// What the text that recurs in keys and fields has come to take since the start.
    let vocabularyByteCount: Int
    /// The directories of databases that have one.
    let databases: [Database]
    let sessionByteCount: Int
    /// What waits in the connections' buffers, read and unsent.
    let connectionBufferByteCount: Int
    /// What the buffer for replies has grown since the start.
    let replyBufferByteCount: Int
    let watchByteCount: Int
    let slowLogByteCount: Int
    /// Changes of encodings: their log, and the shapes whose lines are limited.
    let flipByteCount: Int
    let subscriberByteCount: Int
    let latencyByteCount: Int

    var directoryByteCount: Int { databases.reduce(0) { $0 + $1.directoryByteCount } }

    /// Everything known that is not data.
    var overheadByteCount: Int {
        startupByteCount + directoryByteCount + vocabularyByteCount + sessionByteCount + connectionBufferByteCount
            + replyBufferByteCount
            + watchByteCount + slowLogByteCount + flipByteCount + subscriberByteCount + latencyByteCount
    }

    var unaccountedByteCount: Int { allocator.allocated - overheadByteCount - datasetByteCount }

    /// What has been handed out since the start.
    var netByteCount: Int { allocator.allocated - startupByteCount }
}

extension Server {
    /// Reads all figures as of now and notes the peak. Some microseconds, and a step per session.
    /// `replyBufferByteCount` is what the buffer holds that the asking command writes into.
    func memoryReport(replyBufferByteCount: Int) -> MemoryReport {
        let allocator = AllocatorStatistics.current()
        memory.note(allocated: allocator.allocated)
        var keyCount = 0
        var data = 0
        var watches = 0
        var databases: [MemoryReport.Database] = []
        for index in 0..<partition.databaseCount {
            let database = partition.memory(ofDatabase: index)
            keyCount += partition.keyCount(inDatabase: index)
            data += database.packs + database.outside
            watches += database.watches
            guard database.directory > 0 else { continue }
            databases.append(MemoryReport.Database(index: index, directoryByteCount: database.directory))
        }
        let all = sessions.all
        return MemoryReport(
            allocator: allocator, residentByteCount: ProcessFigures.residentByteCount(),
            peakByteCount: memory.peakByteCount, startupByteCount: memory.startupByteCount, keyCount: keyCount,
            datasetByteCount: data,
            vocabularyByteCount: partition.vocabularyMemory.total - memory.startupVocabularyByteCount,
            databases: databases,
            sessionByteCount: all.reduce(0) { $0 + $1.byteCount + ($1.transaction?.byteCount ?? 0) },
            connectionBufferByteCount: all.reduce(0) { $0 + $1.bufferByteCount },
            replyBufferByteCount: replyBufferByteCount - memory.startupReplyBufferByteCount,
            watchByteCount: watches, slowLogByteCount: slowLog.byteCount,
            flipByteCount: flipLog.byteCount + flipLines.byteCount + warningLines.byteCount,
            subscriberByteCount: subscribers.byteCount,
            latencyByteCount: latencyMonitor.byteCount
                + commandStatistics.reduce(0) { $0 + $1.latency.byteCount })
    }
}

extension Session {
    /// Bytes of its connection's buffers.
    var bufferByteCount: Int {
        guard let connection else { return 0 }
        return connection.bufferByteCount + connection.unsentByteCount
    }
}

/// Figures of memory that are kept from one look to the next.
package struct MemoryMarks: Sendable {
    /// Handed out by the allocator when the server had started.
    package var startupByteCount = 0
    /// The most that has been handed out at any look.
    package private(set) var peakByteCount = 0

    /// How much of that was the buffer for replies.
    package var startupReplyBufferByteCount = 0
    /// How much of it recurring text and the buffers for keys and values took.
    package var startupVocabularyByteCount = 0

    /// The allocator's figures when compaction last had nothing left to do.
    package var settled: AllocatorStatistics?

    package init() {}

    package mutating func note(allocated byteCount: Int) {
        peakByteCount = max(peakByteCount, byteCount)
    }
}
