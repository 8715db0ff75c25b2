/// What the server records of slow commands and latencies.
package struct ObservationSettings: Sendable, Equatable {
    /// Commands that take longer go to the slow log; microseconds. 0 logs every command, a negative number none.
    package var slowLogMicroseconds: Int64 = 10000
    /// How many entries the slow log keeps.
    package var slowLogCountMax = 128
    /// How many changes of encodings SNUG FLIPS keeps.
    package var flipLogCountMax = 128
    /// Events that take at least so many milliseconds are recorded; 0 for none.
    package var latencyMillisecondsMin: Int64 = 0
    /// Whether each command's latencies are counted in a histogram.
    package var tracksLatency = true
    /// Percentiles that INFO latencystats shows, 0 to 100.
    package var latencyPercentiles: [Double] = [50, 99, 99.9]

    package init() {}
}

/// What is logged and where.
package struct LogSettings: Sendable, Equatable {
    package var level = LogLevel.notice
    /// Path of the log file; empty for standard output.
    package var path = ""
    /// Whether keys are left out of the log's lines.
    package var hidesUserData = false

    package init() {}
}

/// The words of `loglevel`, from the most lines to none.
package enum LogLevel: String, Sendable, CaseIterable {
    case debug, verbose, notice, warning, nothing
}

/// The process itself.
package struct ProcessSettings: Sendable, Equatable {
    /// The working directory.
    package var directory = "./"
    /// Path of the file that holds the process's number while the server runs; empty for none.
    package var pidFilePath = ""
    /// What to do with data and clients on SIGINT and SIGTERM.
    package var onInterrupt: ShutdownOptions = []
    package var onTerminate: ShutdownOptions = []
    /// Absolute path of the configuration file; empty when there is none. No directive's value.
    package var configurationFile = ""
    /// The working directory before `dir` took effect, from which relative includes are read. No directive's value.
    package var startDirectory = ""

    package init() {}
}

/// The words of SHUTDOWN and `shutdown-on-sigterm`.
package struct ShutdownOptions: OptionSet, BitwiseCopyable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let save = ShutdownOptions(rawValue: 1)
    package static let nosave = ShutdownOptions(rawValue: 2)
    package static let now = ShutdownOptions(rawValue: 4)
    package static let force = ShutdownOptions(rawValue: 8)

    /// Each option with its word, in Redis's order.
    package static let names: [(option: ShutdownOptions, name: String)] = [
        (.save, "save"), (.nosave, "nosave"), (.now, "now"), (.force, "force"),
    ]
}

/// Which commands and directives clients may use that reach beyond data.
package struct PrivilegeSettings: Sendable, Equatable {
    package var debugCommand = Privilege.no
    package var moduleCommand = Privilege.no
    package var protectedDirectives = Privilege.no
    /// `rename-command`, in order.
    package var renamedCommands: [RenamedCommand] = []

    package init() {}
}

/// That a command answers to another name, or to none when that is empty.
package struct RenamedCommand: Sendable, Equatable {
    package let name: [UInt8]
    package let newName: [UInt8]
}

package enum Privilege: String, Sendable, CaseIterable {
    case no, yes
    /// Only over loopback and the unix socket.
    case local

    /// Whether a client may, given whether it is on this machine.
    package func allows(isLocal: Bool) -> Bool { self == .yes || self == .local && isLocal }
}
