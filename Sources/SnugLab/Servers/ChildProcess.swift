internal import Glibc
internal import SnugClient

/// A process of ours. It leads a session of its own, so that Ctrl-C at the terminal reaches the laboratory alone, which
/// then ends it in order.
struct ChildProcess {
    let pid: pid_t

    enum Place {
        case inherited
        case file(String)
        case descriptor(CInt)
    }

    struct StartError: Error {
        let reason: String
    }

    static func start(
        _ words: [String], input: Place = .file("/dev/null"), output: Place = .file("/dev/null"), errors: Place? = nil
    ) throws(StartError) -> ChildProcess {
        // SAFETY: actions and attributes are initialised here and destroyed by the `defer`, in this function.
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        // SAFETY: as above; a path is copied by the call. 0x80 is POSIX_SPAWN_SETSID, which the header hides.
        unsafe posix_spawnattr_setflags(&attributes, 0x80 | Int16(POSIX_SPAWN_SETSIGDEF))
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        for (target, place) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, errors ?? output)] {
            switch place {
            case .inherited: break
            case .descriptor(let number):
                // SAFETY: as above.
                unsafe posix_spawn_file_actions_adddup2(&actions, number, target)
            case .file(let path):
                // SAFETY: as above.
                unsafe posix_spawn_file_actions_addopen(
                    &actions, target, path, target == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_APPEND, 0o600)
            }
        }
        // SAFETY: the copies live until they are freed below, after the call that reads them; the list ends with nil.
        var arguments = unsafe words.map { unsafe strdup($0) }
        unsafe arguments.append(nil)
        var pid: pid_t = 0
        let status = unsafe posix_spawn(&pid, words[0], &actions, &attributes, arguments, environ)
        // SAFETY: each was made by strdup, and is freed once.
        unsafe arguments.forEach { unsafe free($0) }
        guard status == 0 else {
            // SAFETY: strerror returns a zero-terminated text, copied before any other call can change it.
            throw StartError(reason: unsafe String(cString: strerror(status)))
        }
        return ChildProcess(pid: pid)
    }

    /// Whether it has ended, and as a child is gone now.
    var hasEnded: Bool {
        waitpid(pid, nil, WNOHANG) != 0
    }

    /// Asks it to end, and makes it after some seconds. The number of one that has gone may be another's by now.
    func stop() {
        if hasEnded { return }
        Self.stop(pid) { hasEnded }
    }

    /// The same for a process that may be another's child.
    static func stop(_ pid: pid_t, hasEnded: () -> Bool) {
        kill(pid, SIGTERM)
        for wait in 0..<1500 {
            if hasEnded() { return }
            if wait == 1000 { kill(pid, SIGKILL) }
            usleep(2000)
        }
    }
}
