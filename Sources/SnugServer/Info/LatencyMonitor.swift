/// Delays that the server has noticed, by event: what LATENCY shows.
package struct LatencyMonitor: Sendable {
    /// How many samples of an event are kept.
    static let sampleCountMax = 160

    package struct Sample: Sendable, Equatable {
        /// Seconds since 1970.
        package let unixSeconds: Int64
        /// The longest delay in that second.
        package var milliseconds: Int64
    }

    package struct Event: Sendable {
        package let name: String
        /// The longest delay since the event's data were reset.
        package var millisecondsMax: Int64 = 0
        /// Oldest first, at most one per second.
        package var samples: [Sample] = []
    }

    /// In the order in which they were first noticed.
    package private(set) var events: [Event] = []

    package init() {}

    /// Notes that an event took so long. `now` in milliseconds since 1970. The caller has compared `milliseconds` with
    /// the threshold. A step per event and a move of 160 samples at most.
    package mutating func record(event name: StaticString, milliseconds: Int64, now: Int64) {
        let name = "\(name)"
        let index = events.firstIndex { $0.name == name } ?? events.count
        if index == events.count { events.append(Event(name: name)) }
        let seconds = now / 1000
        events[index].millisecondsMax = max(events[index].millisecondsMax, milliseconds)
        if let last = events[index].samples.last, last.unixSeconds == seconds {
            let longest = max(last.milliseconds, milliseconds)
            events[index].samples[events[index].samples.count - 1].milliseconds = longest
            return
        }
        if events[index].samples.count == Self.sampleCountMax { events[index].samples.removeFirst() }
        events[index].samples.append(Sample(unixSeconds: seconds, milliseconds: milliseconds))
    }

    package func event(_ name: String) -> Event? { events.first { $0.name == name } }

    /// Forgets an event; false when there is none of this name.
    package mutating func remove(_ name: String) -> Bool {
        guard let index = events.firstIndex(where: { $0.name == name }) else { return false }
        events.remove(at: index)
        return true
    }

    /// Forgets all events; returns how many there were.
    package mutating func removeAll() -> Int {
        defer { events = [] }
        return events.count
    }

    package var byteCount: Int {
        events.reduce(events.capacity * MemoryLayout<Event>.stride) {
            $0 + $1.samples.capacity * MemoryLayout<Sample>.stride
        }
    }
}
