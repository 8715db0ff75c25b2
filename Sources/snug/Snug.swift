internal import ArgumentParser
internal import SnugConfiguration

/// The program: its subcommands and what `--version` says.
struct Snug: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snug",
        abstract: "A Redis-compatible server that keeps small data in little memory.",
        version: "snug \(SnugVersion.current)",
        subcommands: [Serve.self, Lab.self, Document.self])
}
