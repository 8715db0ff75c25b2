internal import Glibc
package import SnugConfiguration
internal import Synchronization

/// Where log lines go: standard output or a file, which is opened once and appended to. Each line is one `write`, so
/// that lines of several threads do not mix.
package final class LogOutput: Sendable {
    private let descriptor: Int32
    private let level: Atomic<UInt8>

    /// Opens the file at `path`, or takes standard output when it is empty. Throws why it cannot.
    package init(path: String, level: LogLevel) throws(ConfigurationSourceError) {
        self.level = Atomic(Self.rank(level))
        guard !path.isEmpty else {
            descriptor = STDOUT_FILENO
            return
        }
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(errno) }
    }

    deinit {
        if descriptor != STDOUT_FILENO && descriptor >= 0 { close(descriptor) }
    }

    package var threshold: LogLevel {
        get { LogLevel.allCases[Int(level.load(ordering: .relaxed))] }
        set { level.store(Self.rank(newValue), ordering: .relaxed) }
    }

    private static func rank(_ level: LogLevel) -> UInt8 {
        UInt8(LogLevel.allCases.firstIndex(of: level) ?? 0)
    }

    /// Writes one line; what the file system does not take is lost.
    func write(_ line: [UInt8]) {
        // SAFETY: the buffer has `count` bytes.
        _ = unsafe line.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}
