internal import ArgumentParser
internal import SnugClient
internal import SnugConfiguration
internal import SnugLab

/// `snug lab`: experiments on servers, each a subcommand of its own.
struct Lab: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures and draws what keys, hashes and limits cost, on Snug and any server like Redis.",
        discussion: """
            Snug's own server takes part by itself, as a process on a free port. --server adds servers that run \
            already, --spawn starts others. A running server must have an empty database for the run, and is left as \
            it was found.

            snug lab buckets --spawn redis='redis-server --port {port}' --out results
            """,
        subcommands: [
            Proof.self, Buckets.self, Growth.self, Thresholds.self, Values.self, Keys.self, All.self, CleanUp.self,
        ])

    struct Proof: LabExperiment {
        static let configuration = about(.proof, "A million flags as keys and as hashes past and within the limit.")
        static let experiments: [ExperimentName] = [.proof]
        @OptionGroup var shared: LabArguments
    }

    struct Buckets: LabExperiment {
        static let configuration = about(.buckets, "Hashes of 10 to 10,000 fields: memory, time, processor time.")
        static let experiments: [ExperimentName] = [.buckets]
        @OptionGroup var shared: LabArguments
    }

    struct Growth: LabExperiment {
        static let configuration = about(.growth, "Memory from 10,000 items up: SET, hashes of 1,000, hashes of 500.")
        static let experiments: [ExperimentName] = [.growth]
        @OptionGroup var shared: LabArguments
    }

    struct Thresholds: LabExperiment {
        static let configuration = about(.thresholds, "hash-max-listpack-entries from 128 to 10,000.")
        static let experiments: [ExperimentName] = [.thresholds]
        @OptionGroup var shared: LabArguments
    }

    struct Values: LabExperiment {
        static let configuration = about(.values, "Values of 1 to 200 bytes, across hash-max-listpack-value.")
        static let experiments: [ExperimentName] = [.values]
        @OptionGroup var shared: LabArguments
    }

    struct Keys: LabExperiment {
        static let configuration = about(.keys, "Numbers, UUIDs, hexadecimal, text: plain and by hand in buckets.")
        static let experiments: [ExperimentName] = [.keys]
        @OptionGroup var shared: LabArguments
    }

    struct All: LabExperiment {
        static let configuration = CommandConfiguration(abstract: "All of them, into one report.")
        static let experiments = ExperimentName.allCases
        @OptionGroup var shared: LabArguments
    }

    /// The process that undoes what a killed run has left; it is started by a run, never by hand.
    struct CleanUp: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "guard", shouldDisplay: false)

        func run() { Guard.run() }
    }
}

/// What all experiments take.
struct LabArguments: ParsableArguments {
    @Option(
        name: .customLong("server"),
        help: ArgumentHelp(
            "A running server: redis://[user:password@]host:port[/db], rediss:// for TLS, unix:///path[?db=N].",
            valueName: "NAME=ADDRESS"))
    var servers: [String] = []

    @Option(
        name: .customLong("spawn"),
        help: ArgumentHelp(
            "A server to start for the run: a shell command, {port} stands for a free port; without it, --port PORT is "
                + "added.", valueName: "NAME=COMMAND"))
    var spawns: [String] = []

    @Flag(name: .customLong("no-snug"), help: "Leaves out Snug's own server.")
    var leavesOutSnug = false

    @Option(help: "How many items are stored.")
    var items = 1_000_000

    @Option(name: .customLong("repeat"), help: "How often everything is measured; points show the spread.")
    var repeatCount = 1

    @Option(help: "For names, values and the order of reading.")
    var seed: UInt64 = 20_251_121

    @Option(help: ArgumentHelp("Where report.html, charts, results.json and results.csv go.", valueName: "DIR"))
    var out: String?

    @Option(help: ArgumentHelp("The database that is used on running servers; it must be empty.", valueName: "N"))
    var database: Int?

    @Option(
        name: .customLong("ca-certificate"),
        help: ArgumentHelp("Certificates in PEM to trust for rediss:// instead of the system's.", valueName: "FILE"))
    var certificateFile: String?

    @Flag(help: "Takes any certificate for rediss://.")
    var insecure = false

    @Flag(name: .shortAndLong, help: "No progress.")
    var quiet = false

    func validate() throws {
        guard (1000...100_000_000).contains(items) else {
            throw ValidationError("--items is a number from 1,000 to 100,000,000")
        }
        guard (1...1000).contains(repeatCount) else { throw ValidationError("--repeat is a number from 1 to 1,000") }
        guard database ?? 0 >= 0 else { throw ValidationError("--database is 0 or more") }
    }

    func options(_ experiments: [ExperimentName]) -> LabOptions {
        var options = LabOptions(experiments: experiments)
        options.itemCount = items
        options.repeatCount = repeatCount
        options.seed = seed
        options.outputDirectory = out
        options.isQuiet = quiet
        options.includesOwn = !leavesOutSnug
        options.servers = servers
        options.spawns = spawns
        options.database = database
        options.trust = TrustSettings(certificateFile: certificateFile, isUnchecked: insecure)
        return options
    }
}

/// A subcommand that runs experiments.
protocol LabExperiment: ParsableCommand {
    static var experiments: [ExperimentName] { get }
    var shared: LabArguments { get }
}

extension LabExperiment {
    static func about(_ experiment: ExperimentName, _ abstract: String) -> CommandConfiguration {
        CommandConfiguration(commandName: experiment.rawValue, abstract: abstract, discussion: experiment.question)
    }

    func run() throws {
        let status = LabRun.run(shared.options(Self.experiments), version: SnugVersion.current)
        guard status == 0 else { throw ExitCode(status) }
    }
}
