internal import Glibc
internal import SnugConfiguration

/// The process's working directory.
enum WorkingDirectory {
    /// Its absolute path; empty when it is gone.
    static var current: String {
        // SAFETY: `getcwd` with no buffer gives a string of its own, which is copied and freed.
        guard let path = unsafe getcwd(nil, 0) else { return "" }
        defer { unsafe free(path) }
        return unsafe String(cString: path)
    }

    /// Changes it; returns the new one's absolute path.
    static func change(to path: String) throws(ConfigurationSourceError) -> String {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        guard unsafe chdir(path) == 0 else { throw .system(errno) }
        return current
    }
}
