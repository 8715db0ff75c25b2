package import Logging
package import SnugConfiguration
internal import SnugEngine
internal import SnugRESP

/// Bringing settings into force.
extension Server {
    /// Puts `changed` in the place of the present configuration. `names` are the directives that a client has named,
    /// for warnings and errors. Throws when something outside refuses, such as an address that is in use; then nothing
    /// has changed.
    package func apply(_ changed: Configuration, names: [String]) throws(Configuration.ChangeError) {
        let earlier = configuration
        configuration = changed
        do throws(Configuration.ChangeError) {
            try applyDirectory(earlier)
            try applyClientCount(earlier)
            try applyAddresses(earlier)
        } catch {
            configuration = earlier
            throw error
        }
        applySettings()
        for warning in ConfigurationWarnings.sentences(given: names, configuration) { logger.warning("\(warning)") }
    }

    /// Hands the settings to the parts that keep a copy of their own. Cheap; may be called at any time.
    func applySettings() {
        logger.logLevel = configuration.log.level.loggerLevel
        partition.limits = configuration.limits
        partition.limits.stringByteCountMax = configuration.requestLimits.bulkByteCountMax
        partition.accessClock.isLFU = configuration.memory.policy.isLFU
        partition.accessClock.isNeeded = configuration.memory.policy.needsAccess
        partition.accessClock.logFactor = configuration.memory.lfuLogFactor
        partition.accessClock.decayMinutes = configuration.memory.lfuDecayMinutes
    }

    private func applyDirectory(_ earlier: Configuration) throws(Configuration.ChangeError) {
        guard configuration.process.directory != earlier.process.directory else { return }
        do {
            configuration.process.directory = try WorkingDirectory.change(to: configuration.process.directory)
        } catch {
            throw .failed(name: Array("dir".utf8), text: error.text)
        }
    }

    private func applyClientCount(_ earlier: Configuration) throws(Configuration.ChangeError) {
        guard configuration.clients.countMax > earlier.clients.countMax else { return }
        let possible = FileDescriptors.raise(forClients: configuration.clients.countMax)
        guard possible >= configuration.clients.countMax else {
            throw .failed(
                name: Array("maxclients".utf8),
                text: "The operating system is not able to handle the specified number of clients, "
                    + "try with \(possible)")
        }
    }

    private func applyAddresses(_ earlier: Configuration) throws(Configuration.ChangeError) {
        let (new, old) = (configuration.network, earlier.network)
        guard new.port != old.port || new.bind != old.bind else { return }
        guard let onRebind, onRebind(configuration) else {
            throw new.bind != old.bind
                ? .failed(name: Array("bind".utf8), text: "Failed to bind to specified addresses.")
                : .failed(name: Array("port".utf8), text: "Unable to listen on this port. Check server logs.")
        }
    }
}

extension LogLevel {
    /// swift-log's name for the least important level that is shown.
    package var loggerLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .verbose: .info
        case .notice: .notice
        case .warning: .warning
        case .nothing: .critical
        }
    }
}
