internal import Glibc

/// `throughput` and `fill`: a connection sends its next batch when its last is answered, and not before the batch is
/// due when a rate is given. A batch is one send; its replies are one receive or a few.
struct ClosedLoop: ~Copyable {
    private let options: Options
    private let shape: RequestShape
    private let connections: [Connection]
    private var poller: Poller
    private var numbers: NumberSource
    private let requestCount: Int
    private var sent = 0
    private var answered = 0
    private var idle: [Int]
    private var start = 0

    init(_ options: Options) {
        guard let command = Command(rawValue: options.command) else { stop("no command \(options.command)") }
        self.options = options
        shape = RequestShape(command, options.keys, hashFieldCount: options.fields)
        connections = (0..<options.connections).map { _ in Connection(port: options.port) }
        poller = Poller(connections)
        idle = Array(connections.indices)
        if options.mode == .fill {
            numbers = .each(Permutation(count: options.count, seed: options.seed), done: 0)
            requestCount = options.count
        } else if command == .hdel {
            numbers = .each(Permutation(count: options.count, seed: options.seed), done: 0)
            requestCount = min(options.requests, options.count)
        } else {
            numbers = .random(Random(seed: options.seed), count: options.count)
            requestCount = options.requests
        }
    }

    /// The measurement as a line of JSON.
    consuming func run() -> String {
        let processor = Clock.processorNanoseconds()
        start = Clock.nanoseconds()
        sendWhatIsDue()
        while answered < requestCount {
            for place in 0..<poller.wait(nanoseconds: untilNextBatch()) {
                let index = poller.connection(at: place)
                answered += connections[index].receive()
                if connections[index].awaited == 0 {
                    idle.append(index)
                    sendWhatIsDue()
                }
            }
            sendWhatIsDue()
        }
        let seconds = Double(Clock.nanoseconds() - start) / 1e9
        let busy = Double(Clock.processorNanoseconds() - processor) / 1e9 / seconds
        return JSONLine()
            .adding("requests", requestCount).adding("seconds", seconds)
            .adding("rate", Double(requestCount) / seconds).adding("generator_busy", busy).text
    }

    /// When the next batch is due, in nanoseconds from the start.
    private var nextDue: Int { options.rate == 0 ? 0 : Int(Double(sent) / Double(options.rate) * 1e9) }

    /// Nanoseconds to wait for replies; nil when only a reply can lead on.
    private func untilNextBatch() -> Int? {
        idle.isEmpty || sent == requestCount ? nil : start + nextDue - Clock.nanoseconds()
    }

    private mutating func sendWhatIsDue() {
        while sent < requestCount, let index = idle.last,
            options.rate == 0 || start + nextDue <= Clock.nanoseconds()
        {
            idle.removeLast()
            let batch = min(options.inFlight, requestCount - sent)
            for _ in 0..<batch { shape.append(options.first + numbers.next(), to: &connections[index].requests) }
            connections[index].send(count: batch)
            sent += batch
        }
    }
}
