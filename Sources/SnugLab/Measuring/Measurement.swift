internal import Glibc
internal import SnugClient

/// One trial on one server: makes the conditions, stores, looks, reads, and leaves the server as it was.
struct Measurement {
    let subject: Subject
    /// The subject's number in the journal.
    let number: Int
    let trial: Trial
    let repetition: Int
    let journal: Journal
    let progress: Progress

    /// Reads that are pipelined to measure throughput and processor time, and single commands to measure latency.
    static func fetchCount(_ items: Int) -> Int { min(max(items / 5, 1000), 200_000) }
    static func roundTripCount(_ items: Int) -> Int { min(max(items / 50, 500), 3000) }

    /// All commands that the trial sends, for the progress.
    static func commandCount(_ trial: Trial) -> Int {
        let items = trial.workload.itemCount
        guard trial.measuresSpeed else { return items }
        return items + fetchCount(items) + 2 * roundTripCount(items) * 10
    }

    func run() throws(LabError) -> [Sample] {
        try subject.start { journal.note($0) }
        let control = try subject.connect()
        do throws(ClientError) {
            try requireEmpty(control)
            try applySetting(control)
            if !subject.isOurs { purge(control) }
            let samples = try measure(control)
            try cleanUp(control)
            return samples
        } catch {
            throw LabError(subject, error)
        }
    }

    /// Between two trials somebody else may have written.
    private func requireEmpty(_ control: Connection) throws(ClientError) {
        let count = try control.ask(["DBSIZE"]).integer ?? 0
        guard count == 0 else { throw .unusable("holds \(count) keys that are not the laboratory's") }
    }

    private func applySetting(_ control: Connection) throws(ClientError) {
        // A snapshot in the middle would take time and memory; a server of ours has nothing worth saving.
        if subject.isOurs { _ = try? control.ask(["CONFIG", "SET", "save", ""]) }
        guard let limit = trial.entriesLimit, let facts = subject.facts else { return }
        if !subject.isOurs, let value = facts.entriesLimit {
            journal.note("setting\t\(number)\t\(facts.entriesName)\t\(value)")
        }
        _ = try control.ask(["CONFIG", "SET", facts.entriesName, "\(limit)"])
    }

    /// Pages that an earlier trial has left unused would hide what this one takes; not every server knows the command.
    private func purge(_ control: Connection) { _ = try? control.ask(["MEMORY", "PURGE"]) }

    private func cleanUp(_ control: Connection) throws(ClientError) {
        if subject.isOurs {
            // At once, where SIGTERM would be heard at the server's next look around; the connection's end is no error.
            _ = try? control.ask(["SHUTDOWN", "NOSAVE"])
            return subject.stop { journal.note($0) }
        }
        guard let server = journal.obligations.servers[number] else { return }
        try Cleanup.run(number, server, control) { journal.note($0) }
    }

    // MARK: Measuring

    private func measure(_ control: Connection) throws(ClientError) -> [Sample] {
        let workload = trial.workload
        let empty = try subject.isOurs ? memory(control) : settledMemory(control)
        if !subject.isOurs { journal.note("keys\t\(number)\t\(workload.line)") }
        var samples: [Sample] = []
        var stored = 0
        for checkpoint in trial.checkpoints {
            let load = try store(stored..<checkpoint, control)
            stored = checkpoint
            let full = try settledMemory(control)
            let encoding = try encodingOfFirstKey(control)
            var sample = Sample(
                server: subject.name, experiment: trial.experiment, series: trial.series,
                x: trial.checkpoints.count > 1 ? Double(checkpoint) : trial.x,
                label: trial.checkpoints.count > 1 ? Figure.grouped(checkpoint) : trial.label,
                repetition: repetition, itemCount: checkpoint, encoding: encoding, figures: load)
            sample.figures[.usedBytes] = Double(full.used - empty.used)
            if let before = empty.resident, let after = full.resident {
                sample.figures[.residentBytes] = Double(after - before)
            }
            samples.append(sample)
        }
        try requireAll(control)
        if trial.measuresSpeed {
            let figures = try speed(control)
            samples[samples.count - 1].figures.merge(figures) { $1 }
        }
        return samples
    }

    /// On a connection of its own, so that its buffers are gone when memory is read.
    private func store(_ range: Range<Int>, _ control: Connection) throws(ClientError) -> [Metric: Double] {
        let connection = try Connection(to: subject.address, trust: subject.trust)
        let processor = try processorSeconds(control)
        let start = ContinuousClock.now
        try connection.pipeline(
            count: range.count, progress: { progress.reach(range.lowerBound + $0) },
            { trial.workload.store(range.lowerBound + $0, &$1) })
        let seconds = Progress.seconds(ContinuousClock.now - start)
        var figures: [Metric: Double] = [.storesPerSecond: Double(range.count) / max(seconds, 1e-9)]
        if let processor, let after = try processorSeconds(control) {
            figures[.storeNanoseconds] = (after - processor) * 1e9 / Double(max(range.count, 1))
        }
        return figures
    }

    private func speed(_ control: Connection) throws(ClientError) -> [Metric: Double] {
        let workload = trial.workload
        let connection = try Connection(to: subject.address, trust: subject.trust)
        let count = Self.fetchCount(workload.itemCount)
        let processor = try processorSeconds(control)
        let start = ContinuousClock.now
        try connection.pipeline(count: count, progress: { progress.reach(workload.itemCount + $0) }) { index, output in
            workload.fetch(workload.randomItem(index), &output)
        }
        let seconds = Progress.seconds(ContinuousClock.now - start)
        var figures: [Metric: Double] = [.fetchesPerSecond: Double(count) / max(seconds, 1e-9)]
        if let processor, let after = try processorSeconds(control) {
            figures[.fetchNanoseconds] = (after - processor) * 1e9 / Double(count)
        }
        let fetches = try roundTrips(connection, from: count) { workload.fetch($0, &$1) }
        figures[.fetchMedian] = Percentile.of(fetches, percent: 50)
        figures[.fetchTail] = Percentile.of(fetches, percent: 99)
        let stores = try roundTrips(connection, from: 2 * count) { workload.store($0, &$1) }
        figures[.storeMedian] = Percentile.of(stores, percent: 50)
        figures[.storeTail] = Percentile.of(stores, percent: 99)
        return figures
    }

    /// Microseconds of single commands on random items, one after the other.
    private func roundTrips(
        _ connection: Connection, from first: Int, _ build: (Int, inout CommandBuffer) -> Void
    ) throws(ClientError) -> [Double] {
        var times: [Double] = []
        for index in 0..<Self.roundTripCount(trial.workload.itemCount) {
            let item = trial.workload.randomItem(first + index)
            let start = ContinuousClock.now
            try connection.roundTrip { build(item, &$0) }
            times.append(Progress.seconds(ContinuousClock.now - start) * 1e6)
            if Interruption.isRequested { throw .interrupted }
        }
        return times
    }

    // MARK: Looking at the server

    private func processorSeconds(_ control: Connection) throws(ClientError) -> Double? {
        ServerInfo(try control.ask(["INFO", "cpu"]).text ?? "").processorSeconds
    }

    /// Reads memory when it has come to rest: a server closes connections and grows its tables a little later, and
    /// looks at its resident memory ten times a second.
    private func settledMemory(_ control: Connection) throws(ClientError) -> (used: Int, resident: Int?) {
        var last = -1
        for _ in 0..<20 {
            let now = try memory(control)
            if now.used == last { return now }
            last = now.used
            if Interruption.isRequested { throw .interrupted }
            usleep(110_000)
        }
        return try memory(control)
    }

    private func memory(_ control: Connection) throws(ClientError) -> (used: Int, resident: Int?) {
        let info = ServerInfo(try control.ask(["INFO", "memory"]).text ?? "")
        guard let used = info.integer("used_memory") else {
            throw .unusable("does not say in INFO how much memory it uses")
        }
        return (used, info.residentBytes)
    }

    private func encodingOfFirstKey(_ control: Connection) throws(ClientError) -> String {
        var key: [UInt8] = []
        trial.workload.key(0, &key)
        do throws(ClientError) {
            return try control.ask(["OBJECT", "ENCODING", String(decoding: key, as: UTF8.self)]).text ?? ""
        } catch {
            if case .refused = error { return "" }
            throw error
        }
    }

    /// A server with a limit of memory may have dropped keys to make room, and then the figures say nothing.
    private func requireAll(_ control: Connection) throws(ClientError) {
        let count = try control.ask(["DBSIZE"]).integer ?? 0
        let expected = trial.workload.keyCount
        guard count == expected || !trial.workload.names.isNumeric else {
            throw .unusable(
                "holds \(count) keys where \(expected) were written: it drops keys, or somebody else writes")
        }
    }
}
