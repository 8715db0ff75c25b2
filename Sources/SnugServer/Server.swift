package import Logging
package import SnugCommands
package import SnugConfiguration
package import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// The whole server without its sockets: one partition, the sessions, and what is counted of them. Everything runs on
/// the event loop that owns it.
package final class Server {
    package let table: CommandTable
    let handlers: [Handler]
    package var configuration: Configuration {
        didSet { followConfiguration() }
    }
    private let partitionBox: Box<Partition>
    package var sessions = SessionRegistry()
    package var statistics: ServerStatistics
    package var commandStatistics: [CommandStatistics]
    /// What CLIENT PAUSE has asked for.
    package var pause = PauseState()
    let clock: Clock
    var logger: Logger
    /// Asks the transport to end the process. Called on the event loop; must not block.
    package var onShutdown: ((ShutdownRequest) -> Void)?
    /// Asks the transport to listen where the configuration now says; false, with the old sockets as they were, when
    /// that cannot be. Called on the event loop.
    package var onRebind: ((Configuration) -> Bool)?
    /// The replies of the sockets that are being read.
    let outbox = Outbox()
    /// The time of the batch of requests that is being run.
    var moment: Moment
    /// The command that was found last by its name.
    var lastFound = FoundCommand()
    /// How many error replies of commands that ran have been counted.
    var countedErrorCount = 0
    /// Commands that take at least so long go to SLOWLOG or LATENCY; nanoseconds. Follows the configuration.
    private(set) var observedNanosecondsMin = Int64.max
    /// Whether each command's duration is counted in a histogram. Follows the configuration.
    private(set) var tracksLatency = true

    package var slowLog = SlowLog()
    package var latencyMonitor = LatencyMonitor()
    /// Ids of the sessions that have asked for MONITOR; see `feedMonitors`.
    var monitors: [UInt64] = []
    package var subscribers = SubscriberTable()
    /// What the session whose command runs has got from itself; see `sendOwnMessages`.
    var ownMessages: [UInt8] = []
    package var flipLog = FlipLog()
    /// Which lines on changed encodings, and on values near to a limit, are left out of the log.
    var flipLines = LineLimiter()
    var warningLines = LineLimiter()
    package var memory = MemoryMarks()
    package var identity: ServerIdentity
    /// What DEBUG has turned on and off.
    var debugSwitches = DebugSwitches()

    package init(configuration: Configuration, logger: Logger) {
        do {
            table = try Self.makeTable(configuration.privileges.renamedCommands)
        } catch {
            preconditionFailure("the start let through: \(error)")
        }
        handlers = table.entries.map { Handler($0.type) }
        commandStatistics = Array(repeating: CommandStatistics(), count: table.entries.count)
        clock = Clock()
        var random = SystemRandomNumberGenerator()
        partitionBox = Box(
            Partition(
                databaseCount: configuration.databases,
                hasher: KeyedHash(key0: random.next(), key1: random.next()), seed: random.next()))
        moment = Moment(clock)
        statistics = ServerStatistics(startedAt: clock.monotonicNanoseconds() / 1_000_000)
        identity = ServerIdentity(using: &random)
        self.configuration = configuration
        self.logger = logger
        followConfiguration()
        applySettings()
        noteStarted()
    }

    deinit { partitionBox.destroy() }

    /// The table of all commands, under the names of their declarations.
    static func makeTable() -> CommandTable {
        let groups: [[any CommandDeclaration.Type]] = [
            StringCommands.all, KeyCommands.all, HashCommands.all, ListCommands.all, SetCommands.all,
            SortedSetCommands.all, GeoCommands.all, StreamCommands.all, BitmapCommands.all, HyperLogLogCommands.all,
            InspectionCommands.all, ServerCommands.all,
        ]
        return CommandTable(groups.flatMap { $0 })
    }

    /// The text of docs/commands.md.
    package static var commandReference: String { CommandReference.markdown(of: makeTable()) }

    /// The data. In a box, so that a command enters it without a check for overlapping accesses.
    package var partition: Partition {
        _read { yield partitionBox.value }
        _modify { yield &partitionBox.value }
    }

    /// Copies what is read for each command out of the configuration.
    private func followConfiguration() {
        let observation = configuration.observation
        tracksLatency = observation.tracksLatency
        let slow = observation.slowLogMicroseconds
        let slowMin = slow < 0 || slow > Int64.max / 1000 ? Int64.max : slow * 1000
        let delay = observation.latencyMillisecondsMin
        let delayMin = delay <= 0 || delay > Int64.max / 1_000_000 ? Int64.max : delay * 1_000_000
        observedNanosecondsMin = min(slowMin, delayMin)
    }

    /// How a command is called.
    enum Handler {
        case data(any Command.Type)
        case server(any ServerCommand.Type)

        init(_ type: any CommandDeclaration.Type) {
            if let type = type as? any Command.Type {
                self = .data(type)
            } else if let type = type as? any ServerCommand.Type {
                self = .server(type)
            } else {
                preconditionFailure("\(type) is neither a command on data nor one on the server")
            }
        }
    }
}
