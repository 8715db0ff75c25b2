internal import Glibc
internal import SnugConfiguration

/// The file that holds the process's number while it runs.
enum PIDFile {
    /// Writes it. Throws why it cannot.
    static func write(_ path: String) throws(ConfigurationSourceError) {
        try SystemFiles().replace(path, with: Array("\(getpid())\n".utf8))
    }
}
