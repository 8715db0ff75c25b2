internal import Glibc
internal import SnugClient

/// A server that takes part.
///
/// A server of ours (`own`, `spawned`) is started anew for each trial: it begins empty, and resident memory, which a
/// process seldom gives back, is that of the trial alone. Nothing of it has to be cleaned up but the process. A server
/// that runs already (`running`) is left as it was found.
package final class Subject {
    enum Source: Equatable {
        /// This binary, as a process of its own.
        case own
        /// A line of the shell; `{port}` stands for the port.
        case spawned(command: String)
        case running(ServerAddress)
    }

    let name: String
    let source: Source
    let trust: TrustSettings
    /// Set by the first look at the server.
    var facts: ServerFacts?
    private(set) var process: ChildProcess?
    private var directory: String?
    private var port: UInt16 = 0

    init(name: String, source: Source, trust: TrustSettings = TrustSettings()) {
        self.name = name
        self.source = source
        self.trust = trust
    }

    var isOurs: Bool {
        if case .running = source { return false }
        return true
    }

    var address: ServerAddress {
        if case .running(let address) = source { return address }
        return ServerAddress(host: "127.0.0.1", port: port)
    }

    /// Where it is, for people: without a password.
    var place: String {
        switch source {
        case .own: "this program's own server"
        case .spawned(let command): "started by '\(command)'"
        case .running(let address): address.description
        }
    }

    func connect() throws(LabError) -> Connection {
        do throws(ClientError) {
            return try Connection(to: address, trust: trust)
        } catch {
            throw LabError(self, error)
        }
    }

    // MARK: Starting and ending

    /// Starts a server of ours on a free port and waits until it answers. `noting` hears of the process and of the
    /// directory that it works in as soon as there are any.
    func start(noting: (String) -> Void) throws(LabError) {
        guard isOurs else { return }
        for _ in 0..<3 {
            guard let port = FreePort.find() else { throw LabError("there is no free port on the loopback") }
            self.port = port
            let directory = try makeDirectory()
            noting("directory\t\(directory)")
            let log = directory + "/log"
            do throws(ChildProcess.StartError) {
                process = try ChildProcess.start(words(port, directory), output: .file(log))
            } catch {
                throw LabError("server \(name) cannot be started: \(error.reason)")
            }
            if let process { noting("process\t\(process.pid)") }
            if try waitUntilAnswering() { return }
            let lastWords = Files.lastLine(of: log)
            stop(noting: noting)
            if lastWords.contains("ddress already in use") || lastWords.contains("uses it already") { continue }
            throw LabError(
                "server \(name) (\(place)) did not start"
                    + (lastWords.isEmpty ? ": it ended or stayed silent" : ": '\(lastWords)'"))
        }
        throw LabError("server \(name) found its port taken three times")
    }

    func stop(noting: (String) -> Void) {
        if let process {
            process.stop()
            noting("ended\t\(process.pid)")
        }
        process = nil
        if let directory {
            Files.remove(directory)
            noting("gone\t\(directory)")
        }
        directory = nil
    }

    private func makeDirectory() throws(LabError) -> String {
        guard let path = Files.makeTemporaryDirectory() else {
            throw LabError("no temporary directory can be made for server \(name)")
        }
        directory = path
        return path
    }

    private func words(_ port: UInt16, _ directory: String) -> [String] {
        guard case .spawned(let command) = source else {
            return [
                "/proc/self/exe", "serve", "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", directory,
            ]
        }
        let line =
            command.contains("{port}")
            ? command.replacing("{port}", with: "\(port)") : "\(command) --port \(port)"
        return ["/bin/sh", "-c", "cd '\(directory)' && exec \(line)"]
    }

    /// False when the process ended or stayed silent for ten seconds.
    private func waitUntilAnswering() throws(LabError) -> Bool {
        for _ in 0..<2000 {
            if process?.hasEnded ?? true { return false }
            if Interruption.isRequested { throw .interrupted }
            do throws(ClientError) {
                _ = try Connection(to: address, trust: trust)
                return true
            } catch {
                if error == .interrupted { throw .interrupted }
            }
            usleep(5000)
        }
        return false
    }
}
