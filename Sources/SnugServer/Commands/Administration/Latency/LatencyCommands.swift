/// The group's index; its order is the order of the documentation.
enum LatencyCommands {
    static let all: [any ServerCommand.Type] = [
        Latency.self, LatencyDoctor.self, LatencyGraph.self, LatencyHistogramCommand.self, LatencyHistory.self,
        LatencyLatest.self, LatencyReset.self, LatencyHelp.self,
    ]
}
