/// What LATENCY DOCTOR says: the figures of each event, and what could help.
enum LatencyAdvice {
    static func text(for monitor: LatencyMonitor, thresholdMilliseconds: Int64) -> String {
        let events = monitor.events.filter { !$0.samples.isEmpty }
        if events.isEmpty {
            guard thresholdMilliseconds > 0 else {
                return
                    "Delays are not recorded. CONFIG SET latency-monitor-threshold with a number of milliseconds turns "
                    + "the recording on.\n"
            }
            return "No delay of \(thresholdMilliseconds) milliseconds or more has been recorded.\n"
        }
        var lines = events.map(figures)
        for event in events {
            guard let advice = advice(on: event.name), !lines.contains(advice) else { continue }
            lines.append(advice)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func figures(of event: LatencyMonitor.Event) -> String {
        let delays = event.samples.map { Double($0.milliseconds) }
        let mean = delays.reduce(0, +) / Double(delays.count)
        let deviation = delays.reduce(0) { $0 + ($1 - mean).magnitude } / Double(delays.count)
        let first = event.samples.first?.unixSeconds ?? 0
        let last = event.samples.last?.unixSeconds ?? 0
        let period = delays.count > 1 ? Double(last - first) / Double(delays.count - 1) : 0
        return "\(event.name): \(delays.count) delays, mean \(fixed(mean, digits: 0)) ms, mean deviation "
            + "\(fixed(deviation, digits: 0)) ms, one in \(fixed(period, digits: 1)) s, longest "
            + "\(event.millisecondsMax) ms."
    }

    private static func advice(on event: String) -> String? {
        switch event {
        case "command":
            "* Commands took long: SLOWLOG GET shows which. Ask for less at once, with SCAN instead of KEYS and ranges "
                + "instead of whole values."
        case "fast-command":
            "* Commands took long that cannot by themselves: the machine did not give the server its time, or its "
                + "memory was swapped out."
        case "expire-cycle":
            "* Many keys expired at once. Spread their expiry times, or lower active-expire-effort."
        default: nil
        }
    }
}
