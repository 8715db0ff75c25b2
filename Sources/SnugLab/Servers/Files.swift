internal import Glibc

/// The few things the laboratory does with files, by system calls: Foundation stays out of the binary.
enum Files {
    struct WriteError: Error {
        let reason: String
    }

    /// Replaces a file as a whole: what was there stays until the new one is complete.
    static func write(_ text: String, to path: String) throws(WriteError) {
        let temporary = path + ".new"
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw WriteError(reason: reason()) }
        var failure = append(Array(text.utf8), to: descriptor)
        if close(descriptor) != 0, failure == nil { failure = reason() }
        // SAFETY: as above.
        if failure == nil, unsafe rename(temporary, path) != 0 { failure = reason() }
        guard let failure else { return }
        // SAFETY: as above.
        unsafe unlink(temporary)
        throw WriteError(reason: failure)
    }

    /// Writes all of it; the reason when that fails.
    static func append(_ bytes: [UInt8], to descriptor: CInt) -> String? {
        var done = 0
        while done < bytes.count {
            // SAFETY: `done` is below the count, so the rest lies inside the array.
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return reason() }
            done += count
        }
        return nil
    }

    /// Makes a directory unless it is there.
    static func makeDirectory(_ path: String) throws(WriteError) {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        guard unsafe mkdir(path, 0o755) != 0 else { return }
        let number = errno
        if number == EEXIST, isDirectory(path) { return }
        throw WriteError(reason: number == EEXIST ? "it is there and no directory" : reason(number))
    }

    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        // SAFETY: the path is a zero-terminated copy, `status` outlives the call.
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func makeTemporaryDirectory() -> String? {
        let base = environment("TMPDIR") ?? "/tmp"
        for _ in 0..<100 {
            let path = "\(base)/snug-lab-\(UInt32.random(in: 0...UInt32.max))"
            // SAFETY: the path is a zero-terminated copy for the length of the call.
            if unsafe mkdir(path, 0o700) == 0 { return path }
        }
        return nil
    }

    /// Removes one of the directories made above, with what a server has left there.
    static func remove(_ directory: String) {
        guard directory.contains("/snug-lab-"),
            let process = try? ChildProcess.start(["/bin/rm", "-rf", "--", directory])
        else { return }
        while !process.hasEnded { usleep(1000) }
    }

    static func read(_ path: String) -> String? {
        // SAFETY: the path is a zero-terminated copy for the length of the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65536)
        while true {
            // SAFETY: the buffer has the length said.
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            bytes.append(contentsOf: part[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func lastLine(of path: String) -> String {
        let line = read(path)?.split(whereSeparator: \.isNewline).last { $0.contains { $0.isLetter } }
        return String((line ?? "").prefix(200))
    }

    static func environment(_ name: String) -> String? {
        // SAFETY: the text is copied at once; nothing in this process changes the environment.
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    static func reason(_ number: CInt = errno) -> String {
        switch number {
        case ENOSPC: "the disk is full"
        case EFBIG: "the file would be larger than allowed"
        case EDQUOT: "the quota is used up"
        case EACCES, EPERM: "permission denied"
        case EROFS: "the file system is read-only"
        case ENOENT: "there is no such directory"
        // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
        default: unsafe String(cString: strerror(number))
        }
    }
}
