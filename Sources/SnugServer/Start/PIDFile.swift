internal import Glibc
internal import SnugConfiguration

/// The file that holds the process's number while it runs.
enum PIDFile {
    /// Writes it. Throws why it cannot.
    static func write(_ path: String) throws(ConfigurationSourceError) {
        try SystemFiles().replace(path, with: Array("\(getpid())\n".utf8))
    }

    static func remove(_ path: String) {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        unsafe unlink(path)
    }
}
