internal import Glibc

/// The machine's files, by their paths.
package struct SystemFiles: ConfigurationSources {
    /// From where relative paths start; empty for the working directory.
    private let directory: String

    package init(directory: String = "") { self.directory = directory }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") || directory.isEmpty ? path : "\(directory)/\(path)"
    }

    package func read(_ path: String) throws(ConfigurationSourceError) -> [UInt8] {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        let descriptor = unsafe open(absolute(path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        return try readAll(descriptor)
    }

    /// Standard input up to its end.
    package func readStandardInput() throws(ConfigurationSourceError) -> [UInt8] {
        try readAll(STDIN_FILENO)
    }

    private func readAll(_ descriptor: Int32) throws(ConfigurationSourceError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            // SAFETY: the buffer has as many bytes as the call may write.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    package func expand(_ pattern: String) -> [String] {
        guard pattern.utf8.contains(where: { "*?[".utf8.contains($0) }) else { return [pattern] }
        var found = unsafe glob_t()
        // SAFETY: `glob` fills `found`, whose strings live until `globfree`; the paths are copied before.
        defer { unsafe globfree(&found) }
        guard unsafe glob(absolute(pattern), 0, nil, &found) == 0, let paths = unsafe found.gl_pathv else { return [] }
        return (0..<Int(unsafe found.gl_pathc)).compactMap { index in
            guard let path = unsafe paths[index] else { return nil }
            return unsafe String(cString: path)
        }
    }

    /// Puts `bytes` in the place of the file at `path`: whoever reads it sees the old or the new content, and the new
    /// one is on disk when this returns. Keeps the file's mode.
    package func replace(_ path: String, with bytes: [UInt8]) throws(ConfigurationSourceError) {
        let target = resolved(path)
        let temporary = "\(target).\(getpid()).tmp"
        // SAFETY: paths are zero-terminated copies for the length of each call; `status` outlives its call.
        unsafe unlink(temporary)
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(errno) }
        do throws(ConfigurationSourceError) {
            try writeAll(bytes, descriptor)
            var status = stat()
            let mode = unsafe stat(target, &status) == 0 ? status.st_mode & 0o7777 : 0o644
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw .system(errno) }
            guard unsafe rename(temporary, target) == 0 else { throw .system(errno) }
            close(descriptor)
        } catch {
            close(descriptor)
            unsafe unlink(temporary)
            throw error
        }
        synchronizeDirectory(of: target)
    }

    /// The absolute path without symbolic links, or the path itself when there is no such file.
    package func resolved(_ path: String) -> String {
        // SAFETY: `realpath` gives a string of its own, which is copied and freed.
        guard let found = unsafe realpath(absolute(path), nil) else { return path }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    private func writeAll(_ bytes: [UInt8], _ descriptor: Int32) throws(ConfigurationSourceError) {
        var offset = 0
        while offset < bytes.count {
            // SAFETY: the offset is inside the buffer, which has `count` bytes.
            let written = unsafe bytes.withUnsafeBytes {
                unsafe write(descriptor, $0.baseAddress.map { unsafe $0 + offset }, $0.count - offset)
            }
            guard written >= 0 else {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            offset += written
        }
    }

    /// Makes the new name of a file last. A file system that cannot is not asked twice.
    private func synchronizeDirectory(of path: String) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        // SAFETY: as above.
        let descriptor = unsafe open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension ConfigurationSourceError {
    /// The system's text for an error number.
    package static func system(_ number: Int32) -> ConfigurationSourceError {
        ConfigurationSourceError(systemErrorText(number))
    }
}

/// The C library's text for an error number, such as "No such file or directory".
package func systemErrorText(_ number: Int32) -> String {
    // SAFETY: the string is the C library's own and lives until the next call on this thread; it is copied at once.
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    return unsafe String(cString: text)
}
