internal import Glibc
internal import Logging
package import SnugConfiguration
internal import SnugMemory
internal import Synchronization

/// The process that serves: from a configuration to the exit status.
package enum ServerProcess {
    /// Serves until a signal or SHUTDOWN ends it. Returns the process's exit status: 0 after an orderly end, 1 when the
    /// server could not start, of which one sentence on standard error tells. Blocks signals of the calling thread, so
    /// it must be the main thread, before any other starts.
    package static func run(_ loaded: LoadedConfiguration) -> Int32 {
        Signals.prepare()
        do throws(StartError) {
            var configuration = loaded.configuration
            _ = try Server.makeTable(configuration.privileges.renamedCommands)
            try enterDirectory(&configuration)
            let output = try openLog(configuration)
            let logger = Logger(label: "snug") { _ in LineLogHandler(output: output) }
            try limitClients(&configuration, logger)
            return try serve(configuration, logger, ConfigurationWarnings.sentences(given: loaded.given, configuration))
        } catch {
            complain(error.description)
            return 1
        }
    }

    /// Writes one sentence to standard error.
    package static func complain(_ sentence: String) {
        var line = Array("snug: \(sentence)".utf8.map { $0 == 10 ? 32 : $0 })
        line.append(10)
        // SAFETY: the buffer has `count` bytes.
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    // MARK: Steps of the start

    private static func enterDirectory(_ configuration: inout Configuration) throws(StartError) {
        configuration.process.startDirectory = WorkingDirectory.current
        let wanted = configuration.process.directory
        do {
            configuration.process.directory = try WorkingDirectory.change(to: wanted)
        } catch {
            throw StartError("the working directory '\(wanted)' cannot be entered: \(error.text)")
        }
    }

    private static func openLog(_ configuration: Configuration) throws(StartError) -> LogOutput {
        do {
            return try LogOutput(path: configuration.log.path, level: configuration.log.level)
        } catch {
            throw StartError("the log file '\(configuration.log.path)' cannot be opened: \(error.text)")
        }
    }

    /// Clients below which a server is of no use.
    private static let clientCountMin = 1

    private static func limitClients(_ configuration: inout Configuration, _ logger: Logger) throws(StartError) {
        let wanted = configuration.clients.countMax
        let possible = FileDescriptors.raise(forClients: wanted)
        guard possible < wanted else { return }
        guard possible >= clientCountMin else {
            throw StartError(
                "the limit of open files (ulimit -n) leaves none for clients: it must be above "
                    + "\(FileDescriptors.reservedCount)")
        }
        logger.warning(
            "maxclients is \(possible) instead of \(wanted): the limit of open files (ulimit -n) allows no more")
        configuration.clients.countMax = possible
    }

    // MARK: Serving

    private static func serve(
        _ configuration: Configuration, _ logger: Logger, _ warnings: [String]
    ) throws(StartError) -> Int32 {
        guard configuration.port != 0 && !configuration.bind.isEmpty || !configuration.network.unixSocketPath.isEmpty
        else { throw StartError("there is nothing to listen on: give a port and an address, or a unixsocket") }
        let stopRequested = StopFlag()
        let transport: Transport
        do {
            transport = try Transport(configuration: configuration, logger: logger) { _ in
                stopRequested.set()
                Signals.wake()
            }
        } catch {
            throw StartError("\(error)")
        }
        let pidFile = configuration.process.pidFilePath
        writePIDFile(pidFile, logger)
        for warning in warnings { logger.warning("\(warning)") }
        logger.notice("\(banner(configuration))")
        waitForEnd(configuration.process, stopRequested, logger)
        Signals.exitOnInterrupt()
        transport.shutDown()
        removeFile(pidFile)
        removeFile(configuration.network.unixSocketPath)
        logger.notice("bye")
        return 0
    }

    private static func writePIDFile(_ path: String, _ logger: Logger) {
        guard !path.isEmpty else { return }
        do {
            try PIDFile.write(path)
        } catch {
            logger.warning("the pidfile '\(path)' cannot be written: \(error.text)")
        }
    }

    private static func removeFile(_ path: String) {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        if !path.isEmpty { unsafe unlink(path) }
    }

    private static func banner(_ configuration: Configuration) -> String {
        var addresses: [String] = []
        if configuration.port != 0 {
            addresses = configuration.bind.map { address in
                let host = address.hasPrefix("-") ? String(address.dropFirst()) : address
                return host.contains(":") ? "[\(host)]:\(configuration.port)" : "\(host):\(configuration.port)"
            }
        }
        if !configuration.network.unixSocketPath.isEmpty { addresses.append(configuration.network.unixSocketPath) }
        return "Snug \(SnugVersion.current) serves on \(addresses.joined(separator: ", ")), pid \(getpid()), "
            + "\(Allocator.name)"
    }

    /// Returns when a signal or a command has asked for the end and nothing stands against it.
    private static func waitForEnd(_ settings: ProcessSettings, _ stopRequested: StopFlag, _ logger: Logger) {
        while true {
            let (name, options): (String, ShutdownOptions)
            switch Signals.wait() {
            case .interrupt: (name, options) = ("SIGINT", settings.onInterrupt)
            case .terminate: (name, options) = ("SIGTERM", settings.onTerminate)
            case .wake:
                guard stopRequested.isSet else { continue }
                logger.notice("a client asked for the end: shutting down")
                return
            }
            if options.contains(.save) && !options.contains(.force) {
                logger.warning("\(name): data cannot be saved: writing it to disk is not there yet; staying")
                continue
            }
            logger.notice("\(name): shutting down")
            return
        }
    }
}

/// Why the server does not start: one sentence.
package struct StartError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Says from the event loop to the main thread that the end has been asked for.
private final class StopFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() { flag.store(true, ordering: .releasing) }
}
