internal import Glibc

/// What is known of a run beside its samples.
struct RunRecord {
    struct Server {
        let name: String
        /// Without a password.
        let place: String
        let facts: ServerFacts
    }

    /// A part of an experiment that a server did not take part in.
    struct Omission {
        let server: String
        let experiment: ExperimentName
        let reason: String
        /// What the provider's parameter group would have to say.
        let advice: String
    }

    let version: String
    let machine: Machine
    let started: String
    let experiments: [ExperimentName]
    let itemCount: Int
    let repeatCount: Int
    let seed: UInt64
    var servers: [Server] = []
    var omissions: [Omission] = []
    /// "complete", or why not.
    var outcome = "running"
    var seconds = 0.0

    func chartSource(_ experiment: ExperimentName, _ results: ResultSet) -> ChartSource {
        var entries: [String: Int] = [:]
        var values: [String: Int] = [:]
        for server in servers {
            entries[server.name] = server.facts.entriesLimit
            values[server.name] = server.facts.valueLimit
        }
        return ChartSource(
            results: results.of(experiment), entriesLimits: entries, valueLimits: values, itemCount: itemCount)
    }
}

/// The machine that the laboratory runs on.
struct Machine {
    let processor: String
    let coreCount: Int
    let memoryBytes: Int
    let system: String

    static func current() -> Machine {
        var name = utsname()
        // SAFETY: uname fills the structure given, which outlives the call.
        _ = unsafe uname(&name)
        // SAFETY: the field holds a zero-terminated text inside its bounds.
        let release = unsafe withUnsafeBytes(of: &name.release) {
            unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        let distribution = value("PRETTY_NAME", "=", in: Files.read("/etc/os-release") ?? "")?.replacing("\"", with: "")
        return Machine(
            processor: value("model name", ":", in: Files.read("/proc/cpuinfo") ?? "") ?? "unknown",
            coreCount: sysconf(CInt(_SC_NPROCESSORS_ONLN)),
            memoryBytes: sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE)),
            system: [distribution ?? "Linux", "kernel \(release)"].joined(separator: ", "))
    }

    var sentence: String {
        let gibibytes = Figure.fixed(Double(memoryBytes) / Double(1 << 30), 0)
        return "\(processor), \(coreCount) cores, \(gibibytes) GiB of memory; \(system)"
    }

    private static func value(_ name: String, _ mark: Character, in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix(name) {
            guard let at = line.firstIndex(of: mark) else { continue }
            return String(line[line.index(after: at)...].drop { $0 == " " })
        }
        return nil
    }
}

/// The time of day, as a report says it.
enum Calendar {
    /// Such as "2026-11-21 03:15 UTC".
    static func now() -> String {
        // SAFETY: both structures outlive the calls; the zone's name in the second is not read.
        var seconds = time(nil)
        var parts = unsafe tm()
        _ = unsafe gmtime_r(&seconds, &parts)
        func two(_ number: CInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (year, month, day) = unsafe (parts.tm_year, parts.tm_mon, parts.tm_mday)
        let (hour, minute) = unsafe (parts.tm_hour, parts.tm_min)
        return "\(year + 1900)-\(two(month + 1))-\(two(day)) \(two(hour)):\(two(minute)) UTC"
    }
}
