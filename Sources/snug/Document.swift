internal import ArgumentParser
internal import SnugConfiguration

/// `snug document`: writes the parts of docs/ that follow from declarations.
struct Document: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes reference documents from the declarations.", shouldDisplay: false,
        subcommands: [Settings.self])

    struct Settings: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "configuration", abstract: "Writes docs/configuration.md to standard output.")

        func run() {
            print(ConfigurationReference.markdown, terminator: "")
        }
    }
}
