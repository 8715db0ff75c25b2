internal import ArgumentParser
internal import Glibc
internal import SnugConfiguration
internal import SnugServer

/// `snug serve`: every directive of the configuration can be given as an option, so the words are not ArgumentParser's
/// to judge.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves until SIGTERM, SIGINT or SHUTDOWN.",
        usage: "snug serve [CONFIG-FILE] [-] [--DIRECTIVE VALUE ...]",
        discussion: """
            CONFIG-FILE has the format of redis.conf. A lone - reads directives from standard input. Every directive \
            can be given as an option and wins over the file: snug serve --port 7000 --bind 127.0.0.1 ::1 --maxclients \
            500. All directives are in docs/configuration.md.
            """)

    @Argument(parsing: .captureForPassthrough, help: "A configuration file, and directives as --name value.")
    var words: [String] = []

    func run() throws {
        if words.first == "--help" || words.first == "-h" { throw CleanExit.helpRequest(self) }
        if words.first == "--version" { throw CleanExit.message(Snug.configuration.version) }
        let status = Self.status(words[...])
        guard status == 0 else { throw ExitCode(status) }
    }

    /// Serves as the words say; returns the process's exit status.
    static func status(_ words: ArraySlice<String>) -> Int32 {
        do throws(ConfigurationError) {
            return ServerProcess.run(try LoadedConfiguration(commandLine: Array(words)))
        } catch {
            ServerProcess.complain(error.description)
            return 1
        }
    }
}
