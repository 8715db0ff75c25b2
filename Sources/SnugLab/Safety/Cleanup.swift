internal import SnugClient

/// Undoes what `Obligations` lists, on one connection.
enum Cleanup {
    /// Restores settings and removes keys of one server. `noting` hears the line of each thing that is done.
    static func run(
        _ number: Int, _ server: Obligations.Server, _ connection: Connection, noting: (String) -> Void
    ) throws(ClientError) {
        for (name, value) in server.settings {
            _ = try connection.ask(["CONFIG", "SET", name, value])
            noting("restored\t\(number)\t\(name)")
        }
        for workload in server.workloads { try remove(workload, connection) }
        if !server.workloads.isEmpty { noting("removed\t\(number)") }
    }

    /// Keys in one DEL: enough to be quick, few enough not to hold up a server that others use.
    private static let keysPerCommand = 64

    static func remove(_ workload: Workload, _ connection: Connection) throws(ClientError) {
        let count = workload.keyCount
        let commands = (count + keysPerCommand - 1) / keysPerCommand
        try connection.pipeline(count: commands, batchCount: 8) { index, output in
            let start = index * keysPerCommand
            workload.remove(start..<min(start + keysPerCommand, count), &output)
        }
    }

    /// What a person has to do by hand when all else failed.
    static func byHand(_ server: Obligations.Server) -> String {
        var parts = server.settings.map { "CONFIG SET \($0.name) \($0.value)" }
        if let workload = server.workloads.first {
            var first: [UInt8] = []
            workload.key(0, &first)
            let shown = String(decoding: first, as: UTF8.self)
            parts.append("\(Figure.grouped(workload.keyCount)) keys such as '\(shown)' to delete")
        }
        return parts.joined(separator: ", ")
    }
}
