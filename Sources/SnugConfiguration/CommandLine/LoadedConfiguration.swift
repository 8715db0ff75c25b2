/// The configuration that a command line asks for.
package struct LoadedConfiguration: Sendable {
    package let configuration: Configuration
    /// Names of the directives that the file and the command line gave.
    package let given: [String]

    /// Reads the configuration file, standard input and the directives that `words` (those behind `serve`) name, in
    /// this order: later ones win.
    package init(commandLine words: [String], files: SystemFiles = SystemFiles()) throws(ConfigurationError) {
        let arguments = try ServeArguments(words)
        var loader = ConfigurationLoader(sources: files)
        if let file = arguments.file { try loader.load(file: file) }
        if arguments.readsStandardInput {
            let origin = "standard input"
            let bytes: [UInt8]
            do {
                bytes = try files.readStandardInput()
            } catch {
                throw ConfigurationError(origin: origin, reason: "cannot be read: \(error.text)")
            }
            try loader.load(bytes, origin: origin)
        }
        for line in arguments.lines { try loader.apply(line) }
        var configuration = loader.configuration
        configuration.process.configurationFile = arguments.file.map(files.resolved) ?? ""
        self.configuration = configuration
        given = loader.given
    }
}
