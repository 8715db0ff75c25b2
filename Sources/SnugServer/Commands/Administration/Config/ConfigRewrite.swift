internal import Logging
internal import SnugCommands
internal import SnugConfiguration
internal import SnugRESP

/// Writes the settings in force into the configuration file.
enum ConfigRewrite: ServerCommand {
    static let spec = CommandSpec(
        name: "REWRITE", container: "CONFIG", group: .server, since: "2.8.0",
        arity: .exactly(2), flags: [.admin, .noscript, .loading, .stale],
        summary: "Writes the settings in force into the configuration file, whose comments stay.",
        complexity: "O(1)",
        reply: .ok)

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let path = server.configuration.process.configurationFile
        guard !path.isEmpty else {
            reply.error("ERR The server is running without a config file")
            throw .written
        }
        do {
            try rewrite(path, server)
            server.logger.notice("the configuration was written to \(path)")
            reply.ok()
        } catch {
            let reason = (error as? ConfigurationSourceError)?.text ?? "\(error)"
            server.logger.warning("the configuration could not be written to \(path): \(reason)")
            reply.error("ERR Rewriting config file: \(reason)")
            throw .written
        }
    }

    private static func rewrite(_ path: String, _ server: Server) throws {
        let files = SystemFiles(directory: server.configuration.process.startDirectory)
        let text = try ConfigurationRewrite.rewritten(
            try files.read(path), origin: path, to: server.configuration, sources: files)
        try files.replace(path, with: text)
    }
}
