internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Splits the server's memory into parts: `overhead.total`, `dataset.bytes` and `unaccounted.bytes` add up to
/// `total.allocated`.
enum MemoryStats: ServerCommand {
    static let spec = CommandSpec(
        name: "STATS", container: "MEMORY", group: .server, since: "4.0.0",
        arity: .exactly(2),
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Splits the server's memory into parts that add up.",
        complexity: "O(N) for N connections",
        reply: .map(of: .any))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let report = server.memoryReport(replyBufferByteCount: reply.capacity)
        let start = reply.mark
        var count = 0
        for (name, byteCount) in leading(report) {
            reply.bulk(name)
            reply.integer(byteCount)
            count += 1
        }
        for database in report.databases {
            reply.bulk("db.\(database.index)")
            reply.map(2)
            reply.bulk("overhead.hashtable.main")
            reply.integer(database.directoryByteCount)
            reply.bulk("overhead.hashtable.expires")
            reply.integer(0)
            count += 1
        }
        for (name, figure) in trailing(report) {
            reply.bulk(name)
            switch figure {
            case .count(let value): reply.integer(value)
            case .ratio(let value): reply.double(value)
            }
            count += 1
        }
        reply.insertHead(.map, count: count, at: start)
    }

    private enum Figure {
        case count(Int)
        case ratio(Double)
    }

    /// The parts of the overhead, after the figures that they belong to.
    private static func leading(_ report: MemoryReport) -> [(StaticString, Int)] {
        [
            ("peak.allocated", report.peakByteCount), ("total.allocated", report.allocator.allocated),
            ("startup.allocated", report.startupByteCount), ("replication.backlog", 0), ("clients.slaves", 0),
            ("clients.normal", report.sessionByteCount + report.connectionBufferByteCount),
            ("clients.sessions", report.sessionByteCount), ("clients.buffers", report.connectionBufferByteCount),
            ("reply.buffer", report.replyBufferByteCount), ("watches", report.watchByteCount),
            ("slowlog", report.slowLogByteCount), ("flips", report.flipByteCount),
            ("subscribers", report.subscriberByteCount), ("latency", report.latencyByteCount), ("cluster.links", 0),
            ("aof.buffer", 0), ("lua.caches", 0), ("functions.caches", 0),
        ]
    }

    private static func trailing(_ report: MemoryReport) -> [(StaticString, Figure)] {
        let allocator = report.allocator
        let resident = report.residentByteCount
        let perKey = report.keyCount == 0 ? 0 : report.netByteCount / report.keyCount
        return [
            ("overhead.total", .count(report.overheadByteCount)), ("keys.count", .count(report.keyCount)),
            ("keys.bytes-per-key", .count(perKey)), ("dataset.bytes", .count(report.datasetByteCount)),
            ("unaccounted.bytes", .count(report.unaccountedByteCount)),
            ("dataset.percentage", .ratio(ratio(report.datasetByteCount, report.netByteCount) * 100)),
            ("peak.percentage", .ratio(ratio(allocator.allocated, report.peakByteCount) * 100)),
            ("allocator.allocated", .count(allocator.allocated)), ("allocator.active", .count(allocator.active)),
            ("allocator.resident", .count(allocator.resident)),
            ("allocator-fragmentation.ratio", .ratio(ratio(allocator.active, allocator.allocated))),
            ("allocator-fragmentation.bytes", .count(allocator.active - allocator.allocated)),
            ("allocator-rss.ratio", .ratio(ratio(allocator.resident, allocator.active))),
            ("allocator-rss.bytes", .count(allocator.resident - allocator.active)),
            ("rss-overhead.ratio", .ratio(ratio(resident, allocator.resident))),
            ("rss-overhead.bytes", .count(resident - allocator.resident)),
            ("fragmentation", .ratio(ratio(resident, allocator.allocated))),
            ("fragmentation.bytes", .count(resident - allocator.allocated)),
        ]
    }
}
