internal import SnugCommands
internal import SnugMemory
internal import SnugRESP

/// Counts the calls of commands by how long they took.
enum LatencyHistogramCommand: ServerCommand {
    static let spec = CommandSpec(
        name: "HISTOGRAM", container: "LATENCY", group: .server, since: "7.0.0",
        arity: .atLeast(2), flags: [.admin, .noscript, .loading, .stale],
        tips: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        summary: "Counts the calls of commands by how long they took.",
        complexity: "O(N) for N commands that have been called",
        arguments: [Argument("command", .string, optional: true, multiple: true)],
        reply: .map(of: .map(of: .any)))

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        let numbers = arguments.count > 2 ? named(arguments, server.table) : Array(server.table.entries.indices)
        let used = numbers.filter { server.commandStatistics[$0].latency.total > 0 }
        reply.map(used.count)
        for number in used {
            let latency = server.commandStatistics[number].latency
            reply.bulk(server.table.entries[number].fullName)
            reply.map(2)
            reply.bulk("calls")
            reply.integer(Int64(latency.total))
            reply.bulk("histogram_usec")
            let pairs = latency.cumulativeMicroseconds()
            reply.map(pairs.count)
            for pair in pairs {
                reply.integer(Int64(pair.microseconds))
                reply.integer(Int64(pair.count))
            }
        }
    }

    /// The commands that are asked for, a container with its subcommands; names that are none's are passed over.
    private static func named(_ arguments: borrowing Arguments, _ table: CommandTable) -> [Int] {
        var numbers: [Int] = []
        for index in 2..<arguments.count {
            guard let number = table.find(fullName: arguments[index].makeArray()) else { continue }
            numbers.append(number)
            numbers += table.entries[number].subcommands
        }
        return numbers
    }
}
