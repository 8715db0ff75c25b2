internal import CLinux

/// `steady`: a request is due every 1/rate of a second, on the connections in turn, whatever the server does. One that
/// is due while its connection still awaits a reply queues up there, and its latency counts from when it was due, so
/// that a server that stops for a moment is charged for all that would have been sent in that moment.
///
/// Request i is due at start + i / rate on connection i mod connections; so the queue of a connection is a count, and
/// no time is stored.
///
/// Accuracy: waiting ends with epoll_pwait2 and a timer slack of 1 ns. How late requests leave that need not queue is
/// measured with each run (`late_…`); it is part of every latency. Where the other processes leave a core to the
/// generator it is below 10 µs for half of the requests. The first half second is not counted.
///
/// A pause is a time without any reply, while replies were awaited. Moments count in it for at most
/// `attentionNanoseconds`, so that one in which the generator itself was not given a core does not look like a pause;
/// nor does `server_pause_max` count what the server's threads waited for a core. Latencies do count both.
struct SteadyLoad: ~Copyable {
    private static let warmUpNanoseconds = 500_000_000
    private static let patienceNanoseconds = 10_000_000_000
    private static let attentionNanoseconds = 200_000
    private static let readPercentage = 80

    private let options: Options
    private let read: RequestShape
    private let write: RequestShape
    private let connections: [Connection]
    private var poller: Poller
    private var random: Random

    private let requestCount: Int
    private let countedFrom: Int
    private var start = 0
    /// Requests 0 ..< due have come due.
    private var due = 0
    private var answered = 0
    /// By connection: the request that is awaited or sent next, and how many that are due wait behind it.
    private var current: [Int]
    private var queued: [Int]

    private var latencies = LatencyHistogram()
    private var lateness = LatencyHistogram()
    private var coreWait: CoreWait
    private var silence = Silence()
    private var pauseMax = 0
    private var serverPauseMax = 0
    private var looked = 0

    init(_ options: Options) {
        self.options = options
        read = RequestShape(Command(rawValue: options.command) ?? .get, options.keys)
        write = RequestShape(.set, options.keys)
        connections = (0..<options.connections).map { _ in Connection(port: options.port) }
        poller = Poller(connections)
        random = Random(seed: options.seed)
        coreWait = CoreWait(threads: options.threads)
        countedFrom = options.rate * (Self.warmUpNanoseconds / 1_000_000) / 1000
        requestCount = countedFrom + options.rate * options.seconds
        current = Array(connections.indices)
        queued = Array(repeating: 0, count: connections.count)
    }

    /// The measurement as a line of JSON.
    consuming func run() -> String {
        set_timer_slack(1)
        let processor = Clock.processorNanoseconds()
        start = Clock.nanoseconds()
        looked = start
        while answered < requestCount {
            let now = Clock.nanoseconds()
            sendWhatIsDue(now)
            let wait = due < requestCount ? dueTime(due) - Clock.nanoseconds() : Self.patienceNanoseconds
            let readable = poller.wait(nanoseconds: wait)
            if readable == 0 && due == requestCount { stop("no reply for 10 seconds") }
            for place in 0..<readable { receive(poller.connection(at: place)) }
            countSilence(isBroken: readable > 0)
        }
        let seconds = Double(Clock.nanoseconds() - start) / 1e9
        let busy = Double(Clock.processorNanoseconds() - processor) / 1e9 / seconds
        return JSONLine()
            .adding("requests", latencies.count).adding("seconds", seconds)
            .adding("rate", Double(requestCount) / seconds)
            .adding("p50", latencies.microseconds(quantile: 0.5)).adding("p99", latencies.microseconds(quantile: 0.99))
            .adding("p999", latencies.microseconds(quantile: 0.999))
            .adding("max", Double(latencies.nanosecondsMax) / 1000).adding("pause_max", Double(pauseMax) / 1000)
            .adding("server_pause_max", Double(serverPauseMax) / 1000)
            .adding("late_p50", lateness.microseconds(quantile: 0.5))
            .adding("late_p99", lateness.microseconds(quantile: 0.99))
            .adding("late_max", Double(lateness.nanosecondsMax) / 1000).adding("generator_busy", busy).text
    }

    /// When request `index` is due.
    private func dueTime(_ index: Int) -> Int { start + Int(Double(index) * 1e9 / Double(options.rate)) }

    private mutating func sendWhatIsDue(_ now: Int) {
        while due < requestCount && dueTime(due) <= now {
            let index = due % connections.count
            due += 1
            if current[index] == due - 1 && connections[index].awaited == 0 {
                if due > countedFrom { lateness.add(nanoseconds: Clock.nanoseconds() - dueTime(due - 1)) }
                send(index)
            } else {
                queued[index] += 1
            }
        }
    }

    private mutating func send(_ index: Int) {
        let isRead = options.command != "MIX" || random.next(below: 100) < Self.readPercentage
        let number = options.first + random.next(below: options.count)
        if isRead {
            read.append(number, to: &connections[index].requests)
        } else {
            write.append(number, to: &connections[index].requests)
        }
        connections[index].send(count: 1)
    }

    private mutating func receive(_ index: Int) {
        guard connections[index].receive() > 0 else { return }
        let request = current[index]
        if request >= countedFrom { latencies.add(nanoseconds: Clock.nanoseconds() - dueTime(request)) }
        answered += 1
        current[index] += connections.count
        if queued[index] > 0 {
            queued[index] -= 1
            send(index)
        }
    }

    private mutating func countSilence(isBroken: Bool) {
        let now = Clock.nanoseconds()
        let isAwaited = answered < due && due > countedFrom
        if isAwaited { silence.nanoseconds += min(now - looked, Self.attentionNanoseconds) }
        if silence.nanoseconds >= Self.attentionNanoseconds && silence.waitBefore == nil {
            silence.waitBefore = coreWait.nanoseconds()
        }
        if isBroken || !isAwaited { endSilence() }
        looked = now
    }

    private mutating func endSilence() {
        let waited = silence.waitBefore.map { coreWait.nanoseconds() - $0 } ?? 0
        pauseMax = max(pauseMax, silence.nanoseconds)
        serverPauseMax = max(serverPauseMax, silence.nanoseconds - waited)
        silence = Silence()
    }

    private struct Silence {
        var nanoseconds = 0
        /// What the server had waited for a core when the silence became long.
        var waitBefore: Int?
    }
}
