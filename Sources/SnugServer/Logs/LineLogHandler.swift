internal import Glibc
package import Logging
internal import SnugConfiguration

/// Writes each message as one readable line:
///
///     2026-11-21 00:10:11.123 notice  ready
///
/// The time is local, the level one of `loglevel`'s words.
package struct LineLogHandler: LogHandler {
    package var metadata: Logger.Metadata = [:]
    private let output: LogOutput
    private let clock = Clock()

    package init(output: LogOutput) { self.output = output }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Shared by every logger with the same output. As a threshold, `critical` shows nothing: no message has that
    /// level.
    package var logLevel: Logger.Level {
        get { output.threshold.loggerLevel }
        nonmutating set { output.threshold = newValue == .critical ? .nothing : Self.level(newValue) }
    }

    package func log(event: LogEvent) {
        guard output.threshold != .nothing else { return }
        var line = Self.timestamp(clock.wallMilliseconds())
        let name = Self.level(event.level).rawValue
        line += " \(name)".utf8
        line += repeatElement(32, count: max(0, 8 - name.utf8.count))
        line += event.message.description.utf8.map { $0 == 10 || $0 == 13 ? 32 : $0 }
        for (key, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)".utf8 }
        line.append(10)
        output.write(line)
    }

    private static func level(_ level: Logger.Level) -> LogLevel {
        switch level {
        case .trace, .debug: .debug
        case .info: .verbose
        case .notice: .notice
        case .warning, .error, .critical: .warning
        }
    }

    /// "2026-11-21 00:10:11.123" of milliseconds since 1970, in local time.
    static func timestamp(_ milliseconds: Int64) -> [UInt8] {
        var seconds = time_t(milliseconds / 1000)
        // SAFETY: both arguments outlive the call, which fills `parts`; only its numbers are read.
        var parts = unsafe tm()
        _ = unsafe localtime_r(&seconds, &parts)
        let (year, month, day) = unsafe (parts.tm_year, parts.tm_mon, parts.tm_mday)
        let (hour, minute, second) = unsafe (parts.tm_hour, parts.tm_min, parts.tm_sec)
        var text: [UInt8] = []
        append(Int(year) + 1900, digits: 4, then: "-", to: &text)
        append(Int(month) + 1, digits: 2, then: "-", to: &text)
        append(Int(day), digits: 2, then: " ", to: &text)
        append(Int(hour), digits: 2, then: ":", to: &text)
        append(Int(minute), digits: 2, then: ":", to: &text)
        append(Int(second), digits: 2, then: ".", to: &text)
        append(Int(milliseconds % 1000), digits: 3, then: "", to: &text)
        return text
    }

    private static func append(_ value: Int, digits: Int, then separator: String, to text: inout [UInt8]) {
        let decimal = Array(String(value).utf8)
        text += repeatElement(48, count: max(0, digits - decimal.count))
        text += decimal
        text += separator.utf8
    }
}
