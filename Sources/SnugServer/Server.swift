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
    package var configuration: Configuration
    package var partition: Partition
    package var sessions = SessionRegistry()
    package var statistics: ServerStatistics
    package var commandStatistics: [CommandStatistics]
    let clock: Clock
    var logger: Logger
    /// Asks the transport to end the process. Called on the event loop; must not block.
    package var onShutdown: ((ShutdownRequest) -> Void)?
    /// Asks the transport to listen where the configuration now says; false, with the old sockets as they were, when
    /// that cannot be. Called on the event loop.
    package var onRebind: ((Configuration) -> Bool)?
    /// The replies of the read that is being processed.
    var reply = ReplyWriter(capacity: 16384)

    package init(configuration: Configuration, logger: Logger) {
        table = CommandTable(
            StringCommands.all as [any CommandDeclaration.Type] + ServerCommands.all as [any CommandDeclaration.Type])
        handlers = table.entries.map { Handler($0.type) }
        commandStatistics = Array(repeating: CommandStatistics(), count: table.entries.count)
        clock = Clock()
        var random = SystemRandomNumberGenerator()
        partition = Partition(
            databaseCount: configuration.databases,
            hasher: KeyedHash(key0: random.next(), key1: random.next()), seed: random.next())
        statistics = ServerStatistics(startedAt: clock.wallMilliseconds())
        self.configuration = configuration
        self.logger = logger
        applySettings()
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
