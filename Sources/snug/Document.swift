internal import ArgumentParser
internal import SnugConfiguration
internal import SnugServer

/// `snug document`: writes the parts of docs/ that follow from declarations.
struct Document: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes reference documents from the declarations.", shouldDisplay: false,
        subcommands: [Settings.self, Commands.self])

    struct Settings: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "configuration", abstract: "Writes docs/configuration.md to standard output.")

        func run() {
            print(ConfigurationReference.markdown, terminator: "")
        }
    }

    struct Commands: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "commands", abstract: "Writes docs/commands.md to standard output.")

        func run() {
            print(Server.commandReference, terminator: "")
        }
    }
}
