internal import SnugCommands
internal import SnugConfiguration
internal import SnugMemory
package import SnugRESP

/// What is noted of a command when it has run: for SLOWLOG, LATENCY and MONITOR.
extension Server {
    /// Puts a command that took long into the slow log and among the delays. Two comparisons when it did not.
    package func noteDuration(
        of number: Int, _ arguments: borrowing Arguments, nanoseconds: Int64, _ session: Session
    ) {
        let observation = configuration.observation
        if observation.latencyMillisecondsMin > 0 {
            let isFast = table.rows[number].flags.contains(.fast)
            noteDelay(isFast ? "fast-command" : "command", nanoseconds: nanoseconds, now: moment.milliseconds)
        }
        guard observation.slowLogMicroseconds >= 0, nanoseconds / 1000 >= observation.slowLogMicroseconds,
            !table.rows[number].flags.contains(.skipSlowlog)
        else { return }
        slowLog.record(
            arguments: arguments, microseconds: nanoseconds / 1000, session: session, now: moment.milliseconds,
            keepingAtMost: observation.slowLogCountMax, isHidden: session.secretArguments.contains)
    }

    /// How many sessions watch the commands of others. Zero costs dispatching a comparison.
    package var monitorCount: Int { monitors.count }

    /// Shows a command to the sessions that have asked for MONITOR. Administrative commands are not shown.
    package func feedMonitors(_ number: Int, _ arguments: borrowing Arguments, _ session: Session) {
        guard table.rows[number].flags.isDisjoint(with: [.admin, .skipMonitor]) else { return }
        let line = MonitorLine.make(
            microseconds: moment.microseconds, database: session.database, address: session.address, arguments,
            hidden: session.secretArguments)
        for id in monitors {
            guard let watcher = sessions.find(id), watcher.isMonitor else { continue }
            watcher.connection?.send(line)
        }
    }
}

/// The form in which MONITOR shows a command.
enum MonitorLine {
    /// `+1339518083.107412 [0 127.0.0.1:60866] "set" "k" "v"` and the line's end.
    static func make(
        microseconds: Int64, database: Int, address: String, _ arguments: borrowing Arguments, hidden: [Int]
    ) -> [UInt8] {
        let fraction = "\(microseconds % 1_000_000)"
        let padding = String(repeating: "0", count: 6 - fraction.count)
        let place = address.hasPrefix("/") ? "unix:" + address.prefix { $0 != ":" } : address
        var line = Array("+\(microseconds / 1_000_000).\(padding)\(fraction) [\(database) \(place)]".utf8)
        for index in 0..<arguments.count {
            line.append(UInt8(ascii: " "))
            if hidden.contains(index) {
                line += Array("\"(redacted)\"".utf8)
            } else {
                append(quoted: arguments[index], to: &line)
            }
        }
        line += [13, 10]
        return line
    }

    /// Appends `bytes` in quotation marks, everything but printable ASCII escaped.
    static func append(quoted bytes: RawSpan, to line: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        line.append(UInt8(ascii: "\""))
        for offset in 0..<bytes.byteCount {
            let byte = bytes[offset]
            if let letter = escapes[byte] {
                line += [UInt8(ascii: "\\"), letter]
            } else if byte >= 32 && byte < 127 {
                line.append(byte)
            } else {
                line += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        line.append(UInt8(ascii: "\""))
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"), 10: UInt8(ascii: "n"),
        13: UInt8(ascii: "r"), 9: UInt8(ascii: "t"), 7: UInt8(ascii: "a"), 8: UInt8(ascii: "b"),
    ]
}
