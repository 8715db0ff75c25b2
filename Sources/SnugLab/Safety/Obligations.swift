internal import SnugClient

/// What has to be undone at this moment: settings to restore, keys to remove, processes to end. A state that changes by
/// lines of text, because two hold it: the laboratory itself, and the guard, a second process that hears every line
/// through a pipe before what it says is done, and does the rest when the laboratory is killed.
///
///     server TAB n TAB address, secret included TAB certificate file TAB 0 or 1, 1 for unchecked
///     setting TAB n TAB name TAB value       is to be restored to this value
///     restored TAB n TAB name
///     keys TAB n TAB workload                may be there from now on
///     removed TAB n
///     process TAB pid         ended TAB pid
///     directory TAB path      gone TAB path
///
/// I1  a value restored is the one noted first: a second change of a setting does not replace it.
struct Obligations: Equatable {
    struct Server: Equatable {
        let address: ServerAddress
        let trust: TrustSettings
        var settings: [(name: String, value: String)] = []
        var workloads: [Workload] = []

        static func == (left: Server, right: Server) -> Bool {
            left.address == right.address && left.workloads == right.workloads
                && left.settings.map(\.name) == right.settings.map(\.name)
                && left.settings.map(\.value) == right.settings.map(\.value)
        }
    }

    private(set) var servers: [Int: Server] = [:]
    private(set) var processes: [Int32] = []
    private(set) var directories: [String] = []

    var isEmpty: Bool { dueServers.isEmpty && processes.isEmpty && directories.isEmpty }

    /// The servers on which something is left to undo.
    var dueServers: [Int] {
        servers.filter { !$0.value.settings.isEmpty || !$0.value.workloads.isEmpty }.keys.sorted()
    }

    /// A line that makes no sense is passed over: the guard has nobody to tell.
    mutating func apply(_ line: String) {
        let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2 else { return }
        switch words[0] {
        case "process": if let pid = Int32(words[1]), pid > 1 { processes.append(pid) }
        case "ended": processes.removeAll { "\($0)" == words[1] }
        case "directory": directories.append(words[1])
        case "gone": directories.removeAll { $0 == words[1] }
        default: applyToServer(words)
        }
    }

    private mutating func applyToServer(_ words: [String]) {
        guard let number = Int(words[1]) else { return }
        switch (words[0], words.count) {
        case ("server", 5):
            guard let address = try? ServerAddress(words[2]) else { return }
            let trust = TrustSettings(
                certificateFile: words[3].isEmpty ? nil : words[3], isUnchecked: words[4] == "1")
            servers[number] = Server(address: address, trust: trust)
        case ("setting", 4):
            guard servers[number]?.settings.contains(where: { $0.name == words[2] }) == false else { return }
            servers[number]?.settings.append((words[2], words[3]))
        case ("restored", 3): servers[number]?.settings.removeAll { $0.name == words[2] }
        case ("keys", 3):
            if let workload = Workload(line: words[2]) { servers[number]?.workloads.append(workload) }
        case ("removed", 2): servers[number]?.workloads.removeAll()
        default: return
        }
    }
}
