internal import Glibc
internal import SnugClient

/// A run from its options to the exit status: looks at all servers before it writes to any, measures, writes results
/// after each experiment, and leaves the servers as they were whatever happens.
package final class LabRun {
    private let options: LabOptions
    private let subjects: [Subject]
    private let files: ResultFiles?
    private let journal: Journal
    private let progress: Progress
    private let start = ContinuousClock.now
    private var record: RunRecord
    private var results: ResultSet

    /// Runs, says on standard error what went wrong, and returns the exit status: 0 when all was measured, 1 when not,
    /// 128 and the signal's number when a signal ended it.
    package static func run(_ options: LabOptions, version: String) -> Int32 {
        Interruption.install()
        do throws(LabError) {
            let run = try LabRun(options, version)
            return run.finish(run.measure())
        } catch {
            Terminal.complain(error.description)
            return error.isInterruption ? 128 + Interruption.take() : 1
        }
    }

    private init(_ options: LabOptions, _ version: String) throws(LabError) {
        self.options = options
        subjects = try options.subjects()
        files = try options.outputDirectory.map { directory throws(LabError) in try ResultFiles(directory: directory) }
        record = RunRecord(
            version: version, machine: .current(), started: Calendar.now(), experiments: options.experiments,
            itemCount: options.itemCount, repeatCount: options.repeatCount, seed: options.seed)
        results = ResultSet(servers: subjects.map(\.name))
        for subject in subjects where !subject.isOurs { try Preflight.check(subject) }
        journal = Journal()
        journal.register(subjects)
        let commands = options.experiments.flatMap { $0.trials(items: options.itemCount, seed: options.seed) }
            .reduce(0) { $0 + Measurement.commandCount($1) }
        progress = Progress(
            total: commands * subjects.count * options.repeatCount, isQuiet: options.isQuiet)
    }

    // MARK: Measuring

    /// Nil when all was measured.
    private func measure() -> LabError? {
        do throws(LabError) {
            try learnFacts()
            for experiment in options.experiments {
                try measure(experiment)
                progress.clear()
                if let table = experiment.table(results, itemCount: options.itemCount) { show(table, experiment) }
                try writeFiles()
            }
            return nil
        } catch {
            return error
        }
    }

    private func learnFacts() throws(LabError) {
        for subject in subjects {
            try subject.start { journal.note($0) }
            let connection = try subject.connect()
            do throws(ClientError) {
                subject.facts = try ServerFacts(connection)
            } catch {
                throw LabError(subject, error)
            }
            if subject.isOurs { subject.stop { journal.note($0) } }
            guard let facts = subject.facts else { continue }
            record.servers.append(RunRecord.Server(name: subject.name, place: subject.place, facts: facts))
            noteOmissions(subject, facts)
        }
    }

    private func noteOmissions(_ subject: Subject, _ facts: ServerFacts) {
        guard let refusal = facts.configurationRefusal else { return }
        for experiment in options.experiments {
            let limits = experiment.trials(items: options.itemCount, seed: options.seed).compactMap(\.entriesLimit)
            guard !limits.isEmpty else { continue }
            let values = Set(limits).sorted().map { "\($0)" }.joined(separator: ", ")
            let omission = RunRecord.Omission(
                server: subject.name, experiment: experiment, reason: "it refuses CONFIG (\(refusal))",
                advice: "Set \(facts.entriesName) in the provider's parameter group to each of \(values) and run again."
            )
            record.omissions.append(omission)
            progress.say("\(experiment.rawValue): " + Report.sentence(omission))
        }
    }

    private func measure(_ experiment: ExperimentName) throws(LabError) {
        for repetition in 1...options.repeatCount {
            for (place, trial) in experiment.trials(items: options.itemCount, seed: options.seed).enumerated() {
                let order = Array(subjects.enumerated())
                for (number, subject) in (place + repetition) % 2 == 0 ? order.reversed() : order {
                    try measure(trial, number, subject, repetition)
                }
            }
        }
    }

    private func measure(
        _ trial: Trial, _ number: Int, _ subject: Subject, _ repetition: Int
    ) throws(LabError) {
        if Interruption.isRequested { throw .interrupted }
        let place = trial.label == trial.series ? "" : trial.label
        let title = [trial.experiment.rawValue, trial.series, place, subject.name].filter { !$0.isEmpty }
        progress.begin(title.joined(separator: ", "))
        if !trial.needsConfiguration || subject.facts?.acceptsConfiguration ?? false {
            let measurement = Measurement(
                subject: subject, number: number, trial: trial, repetition: repetition, journal: journal,
                progress: progress)
            for sample in try measurement.run() { results.append(sample) }
        }
        progress.end(Measurement.commandCount(trial))
    }

    // MARK: Results

    private func show(_ table: Table, _ experiment: ExperimentName) {
        Terminal.show(table)
        let charts = experiment.charts(record.chartSource(experiment, results))
        for title in charts.map(\.title) { Terminal.write("  · \(title)\n", to: STDOUT_FILENO) }
    }

    private func writeFiles() throws(LabError) {
        record.seconds = Progress.seconds(ContinuousClock.now - start)
        try files?.write(record, results)
    }

    /// Cleans up, keeps what there is, says what went wrong, and gives the exit status.
    private func finish(_ failure: LabError?) -> Int32 {
        let signal = Interruption.take()
        progress.clear()
        let remains = cleanUp(after: failure)
        record.outcome = failure?.description ?? "complete"
        var writing: LabError?
        do throws(LabError) {
            try writeFiles()
        } catch {
            writing = error
        }
        if let failure, let experiment = results.samples.last?.experiment,
            let table = experiment.table(results, itemCount: options.itemCount), !failure.isInterruption || files == nil
        {
            Terminal.show(table)
        }
        journal.close()
        let sentences = [failure?.description, remains, writing == failure ? nil : writing?.description]
        let sentence = sentences.compactMap { $0 }.joined(separator: "; ")
        if !sentence.isEmpty { Terminal.complain(sentence) }
        if let files, writing == nil { progress.say("Results are in \(files.directory)") }
        if failure?.isInterruption ?? false { return 128 + (signal == 0 ? SIGINT : signal) }
        return failure == nil && writing == nil && remains == nil ? 0 : 1
    }

    /// Ends what was started and undoes what was changed; a sentence on what could not be.
    private func cleanUp(after failure: LabError?) -> String? {
        for subject in subjects where subject.isOurs { subject.stop { journal.note($0) } }
        guard failure != nil else { return nil }
        for number in journal.obligations.dueServers {
            for attempt in 0..<4 {
                guard let server = journal.obligations.servers[number] else { break }
                if attempt > 0 { usleep(500_000) }
                if Interruption.isRequested { return "a second process does the rest of the cleaning up" }
                do throws(ClientError) {
                    let connection = try Connection(to: server.address, trust: server.trust)
                    try Cleanup.run(number, server, connection) { journal.note($0) }
                    break
                } catch {
                    continue
                }
            }
        }
        let left = journal.obligations.dueServers.compactMap { number in
            journal.obligations.servers[number].map { "\(subjects[number].name): \(Cleanup.byHand($0))" }
        }
        guard !left.isEmpty else { return nil }
        return "it could not be cleaned up yet, which a second process will try for a minute more; left on "
            + left.joined(separator: "; ")
    }
}

/// What is asked of a running server before anything is written anywhere.
enum Preflight {
    static func check(_ subject: Subject) throws(LabError) {
        let connection = try subject.connect()
        do throws(ClientError) {
            let count = try connection.ask(["DBSIZE"]).integer ?? 0
            let database = subject.address.database
            guard count == 0 else {
                throw .unusable(
                    "holds \(Figure.grouped(count)) \(count == 1 ? "key" : "keys") in database \(database); the "
                        + "laboratory writes to an empty database only (--database chooses one), so nothing "
                        + "has been changed")
            }
            let info = ServerInfo(try connection.ask(["INFO"]).text ?? "")
            let others = info.keyCounts.filter { $0.key != database }.values.reduce(0, +)
            let limit = info.integer("maxmemory") ?? 0
            guard limit == 0 || others == 0 || info["maxmemory_policy"] == "noeviction" else {
                throw .unusable(
                    "drops keys when it is full (maxmemory-policy \(info["maxmemory_policy"] ?? "")) and holds "
                        + "\(Figure.grouped(others)) keys in other databases, which a run could cost; nothing has been "
                        + "changed"
                )
            }
        } catch {
            throw LabError(subject, error)
        }
    }
}
