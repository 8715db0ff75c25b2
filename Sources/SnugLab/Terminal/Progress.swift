internal import Glibc

/// How far the run is: a bar with rate and time left on a terminal, a line for each experiment and every ten seconds
/// elsewhere, nothing when it is to be quiet.
final class Progress {
    private enum Kind { case bar, lines, none }

    private let kind: Kind
    private let total: Int
    private let start = ContinuousClock.now
    private var done = 0
    private var doneInTrial = 0
    private var title = ""
    private var lastShown: ContinuousClock.Instant

    /// `total` is the number of commands that all trials together will send.
    init(total: Int, isQuiet: Bool) {
        self.total = max(total, 1)
        kind = isQuiet ? .none : Terminal.isTerminal(STDERR_FILENO) ? .bar : .lines
        lastShown = start
    }

    func begin(_ title: String) {
        self.title = title
        doneInTrial = 0
        if kind == .bar { show() }
    }

    /// So many commands of the trial are done.
    func reach(_ count: Int) {
        doneInTrial = count
        let now = ContinuousClock.now
        let pause: Duration = kind == .bar ? .milliseconds(100) : .seconds(10)
        guard kind != .none, now - lastShown >= pause else { return }
        show()
    }

    /// The trial is over; it counted for so many commands.
    func end(_ count: Int) {
        done += count
        doneInTrial = 0
    }

    /// A line that stays.
    func say(_ line: String) {
        guard kind != .none else { return }
        clear()
        Terminal.write(line + "\n", to: STDERR_FILENO)
    }

    func clear() {
        if kind == .bar { Terminal.write("\r\u{1b}[K", to: STDERR_FILENO) }
    }

    private func show() {
        lastShown = ContinuousClock.now
        let reached = min(done + doneInTrial, total)
        let seconds = Self.seconds(lastShown - start)
        let text = Self.line(
            reached: reached, total: total, seconds: seconds, title: title,
            barWidth: kind == .bar ? 20 : 0)
        if kind == .bar {
            let width = Terminal.columnCount(STDERR_FILENO)
            Terminal.write("\r\u{1b}[K" + text.prefix(max(width - 1, 20)), to: STDERR_FILENO)
        } else {
            Terminal.write(text + "\n", to: STDERR_FILENO)
        }
    }

    /// `[████░░░░] 41%  312,000/s  2:05 left  buckets 512, redis`
    static func line(reached: Int, total: Int, seconds: Double, title: String, barWidth: Int) -> String {
        let share = Double(reached) / Double(max(total, 1))
        var text = ""
        if barWidth > 0 {
            let full = Int(share * Double(barWidth))
            let empty = String(repeating: "░", count: barWidth - full)
            text += "[" + String(repeating: "█", count: full) + empty + "] "
        }
        text += "\(Int(share * 100))%"
        if seconds > 0.5, reached > 0 {
            text += "  \(Figure.grouped(Int(Double(reached) / seconds)))/s"
            let left = Int(seconds * (1 - share) / max(share, 1e-9))
            text += "  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        return text + "  " + title
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
}
