internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Tells how much there is of each encoding, and against which limits: the data from which thresholds are chosen.
enum SnugEncodings: Command {
    static let spec = CommandSpec(
        name: "ENCODINGS", container: "SNUG", group: .server, since: "0.1.0",
        arity: .atLeast(2), flags: [.readonly], acl: .keyspace,
        tips: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        summary: "Counts keys, elements and bytes by type, encoding and shape, with histograms of hashes.",
        complexity: "O(N log N) for N shapes, whatever the number of keys",
        arguments: [Argument("count", .integer, token: "LIMIT", optional: true)],
        reply: .map(of: .any))

    private static let limitDefault = 20

    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var limit = limitDefault
        var index = 2
        while index < arguments.count {
            guard index + 1 < arguments.count, arguments[index].isWord("LIMIT") else { throw .syntax }
            limit = Int(try arguments[index + 1].nonNegativeInteger())
            index += 2
        }
        let report = partition.encodings(atMost: limit)
        reply.map(3)
        reply.bulk("limits")
        reply.map(2)
        reply.figure("hash-max-listpack-entries", partition.limits.hashListpackEntriesMax)
        reply.figure("hash-max-listpack-value", partition.limits.hashListpackValueMax)
        reply.bulk("encodings")
        reply.array(report.totals.count)
        for figures in report.totals {
            reply.map(mapCount(figures))
            reply.figures(figures)
        }
        reply.bulk("shapes")
        reply.array(report.shapes.count)
        var name = GrowableBytes()
        for figures in report.shapes {
            name.truncate(to: 0)
            partition.appendName(of: figures, to: &name)
            reply.map(1 + mapCount(figures))
            reply.bulk("shape")
            reply.bulk(name.bytes)
            reply.figures(figures)
        }
    }

    private static func mapCount(_ figures: EncodingFigures) -> Int { figures.keysByElements.isEmpty ? 5 : 7 }
}

extension ReplyWriter {
    fileprivate mutating func figures(_ figures: EncodingFigures) {
        bulk("type")
        bulk(figures.type.name)
        bulk("encoding")
        bulk(figures.encoding.name)
        figure("keys", figures.keys)
        figure("elements", figures.elements)
        figure("bytes", figures.bytes)
        if figures.keysByElements.isEmpty { return }
        bulk("keys-by-elements")
        histogram(figures.keysByElements, from: 1)
        bulk("keys-by-longest")
        histogram(figures.keysByLongest, from: 0)
    }

    /// The steps that have keys, each under what it counts: `7-8`, `3`, `49153-`. `least` is where the first begins.
    private mutating func histogram(_ steps: [Int], from least: Int) {
        map(steps.count { $0 > 0 })
        for (step, keys) in steps.enumerated() where keys > 0 {
            let bounds = EncodingFigures.stepBounds(of: step)
            let first = step == 0 ? least : bounds.least
            var label = GrowableBytes()
            label.append(decimal: Int64(first))
            if first != bounds.most { label.append("-") }
            if let most = bounds.most, first != most { label.append(decimal: Int64(most)) }
            bulk(label.bytes)
            integer(keys)
        }
    }
}
