internal import Glibc

/// What the operating system says of this process.
package struct ProcessFigures: Sendable {
    /// Bytes of the process that are in physical memory; 0 when the system does not tell.
    static func residentByteCount() -> Int {
        // The second number of /proc/self/statm is the count of resident pages.
        guard let line = readFile("/proc/self/statm") else { return 0 }
        let fields = line.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Bytes of memory of the machine.
    static let machineByteCount = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))

    static var processID: Int { Int(getpid()) }

    /// "Linux 6.1.0 x86_64".
    static let operatingSystem: String = {
        var names = utsname()
        // SAFETY: `names` outlives the call, which fills it.
        guard unsafe uname(&names) == 0 else { return "" }
        return "\(text(names.sysname)) \(text(names.release)) \(text(names.machine))"
    }()

    /// Path of the running program.
    static let executable: String = {
        var path = [CChar](repeating: 0, count: 4096)
        // SAFETY: the kernel writes at most `count` bytes into the array and tells how many.
        let count = unsafe readlink("/proc/self/exe", &path, path.count)
        return count > 0 ? String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }()

    /// Seconds of processor time.
    struct ProcessorTime {
        var system: Double
        var user: Double

        /// The numbers are Linux's: the process itself, children that have ended, the calling thread.
        static var process: ProcessorTime { ProcessorTime(0) }
        static var children: ProcessorTime { ProcessorTime(-1) }
        static var thread: ProcessorTime { ProcessorTime(1) }

        private init(_ whose: Int32) {
            var usage = rusage()
            // SAFETY: `usage` outlives the call, which fills it.
            _ = unsafe getrusage(whose, &usage)
            system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
            user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        }
    }

    private static func text<Characters>(_ characters: Characters) -> String {
        // SAFETY: the fields of `utsname` are arrays of bytes, zero-terminated by the kernel.
        unsafe withUnsafeBytes(of: characters) { bytes in
            unsafe String(decoding: unsafe bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The first 4 KB of a file of the kernel's.
    private static func readFile(_ path: String) -> String? {
        // SAFETY: the path is a zero-terminated copy that outlives the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        // SAFETY: `read` writes at most `count` bytes into the array.
        let count = unsafe read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
