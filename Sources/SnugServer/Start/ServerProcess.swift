internal import Glibc
internal import Logging
package import SnugConfiguration
internal import SnugMemory

/// The process that serves: from a configuration to the exit status.
package enum ServerProcess {
    /// Serves until a signal or SHUTDOWN ends it. Returns the process's exit status: 0 after an orderly end, 1 when the
    /// server could not start, of which one sentence on standard error tells. The calling thread serves; it must be the
    /// main one.
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

    /// Ends the process with a sentence where it would otherwise end at an instruction that the processor lacks.
    package static func requireProcessor() {
        if Processor.suffices { return }
        complain("this build needs a processor with SSE 4.2 and POPCNT (x86-64-v2)")
        exit(1)
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
        let transport: Transport
        do throws(ListenError) {
            transport = try Transport(configuration: configuration, logger: logger)
        } catch {
            throw StartError(error.description)
        }
        let pidFile = configuration.process.pidFilePath
        writePIDFile(pidFile, logger)
        for warning in warnings { logger.warning("\(warning)") }
        logger.notice("\(banner(configuration))")
        transport.run { signal in agrees(to: signal, configuration.process, logger) }
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

    /// Whether the process ends for a signal: not when that would have to save first.
    private static func agrees(to signal: Signals.Event, _ settings: ProcessSettings, _ logger: Logger) -> Bool {
        let (name, options) =
            switch signal {
            case .interrupt: ("SIGINT", settings.onInterrupt)
            case .terminate: ("SIGTERM", settings.onTerminate)
            }
        if options.contains(.save) && !options.contains(.force) {
            logger.warning("\(name): data cannot be saved: writing it to disk is not there yet; staying")
            return false
        }
        logger.notice("\(name): shutting down")
        return true
    }
}

/// Why the server does not start: one sentence.
package struct StartError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
