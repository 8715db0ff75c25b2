internal import Glibc
internal import SnugClient

/// The obligations of this run, told to the guard line by line before they come about.
final class Journal {
    private(set) var obligations = Obligations()
    private var pipeEnd: CInt
    private var guardProcess: ChildProcess?

    /// Starts the guard. Without one (no second process to be had) the laboratory cleans up by itself as well as it
    /// can.
    init() {
        var ends: [CInt] = [0, 0]
        // SAFETY: the array has room for the two descriptors.
        guard unsafe pipe(&ends) == 0 else {
            pipeEnd = -1
            return
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipeEnd = ends[1]
        guardProcess = try? ChildProcess.start(
            ["/proc/self/exe", "lab", "guard"], input: .descriptor(ends[0]), errors: .inherited)
        Glibc.close(ends[0])
    }

    func note(_ line: String) {
        obligations.apply(line)
        guard pipeEnd >= 0 else { return }
        _ = Files.append(Array((line + "\n").utf8), to: pipeEnd)
    }

    /// Lets the guard see the end and waits for it; it does what is left, if anything. What takes it longer is done
    /// without words, because whoever reads this process's output waits until all have closed it.
    func close() {
        note("silent\t1")
        if pipeEnd >= 0 { Glibc.close(pipeEnd) }
        pipeEnd = -1
        guard let guardProcess else { return }
        for _ in 0..<500 where !guardProcess.hasEnded { usleep(2000) }
    }

    func register(_ subjects: [Subject]) {
        for (number, subject) in subjects.enumerated() where !subject.isOurs {
            note(
                "server\t\(number)\t\(subject.address.secretDescription)\t\(subject.trust.certificateFile ?? "")"
                    + "\t\(subject.trust.isUnchecked ? 1 : 0)")
        }
    }
}

/// The second process: reads lines until their end, then undoes what is left.
package enum Guard {
    package static func run() {
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { _ = signal(number, SIG_IGN) }
        var obligations = Obligations()
        while let line = readLine() {
            if line == "silent\t1" { silence() }
            obligations.apply(line)
        }
        for pid in obligations.processes { ChildProcess.stop(pid) { kill(pid, 0) != 0 } }
        for directory in obligations.directories { Files.remove(directory) }
        for number in obligations.dueServers {
            guard let server = obligations.servers[number] else { continue }
            cleanUp(number, server)
        }
    }

    private static func silence() {
        // SAFETY: the path is a literal.
        let nowhere = unsafe open("/dev/null", O_WRONLY)
        if nowhere >= 0 { dup2(nowhere, STDERR_FILENO) }
    }

    private static func cleanUp(_ number: Int, _ server: Obligations.Server) {
        var left = Obligations()
        for attempt in 0..<60 {
            if attempt > 0 { sleep(1) }
            guard let connection = try? Connection(to: server.address, trust: server.trust) else { continue }
            do throws(ClientError) {
                try Cleanup.run(number, server, connection) { left.apply($0) }
                Terminal.complain("\(server.address.description) is as it was before the run that was ended")
                return
            } catch {
                continue
            }
        }
        Terminal.complain(
            "\(server.address.description) could not be cleaned up after a run that was ended; to do by hand: "
                + Cleanup.byHand(server))
    }
}
