internal import Glibc

/// How long threads of another process were ready to run while every core was given to others, from
/// /proc/THREAD/schedstat, whose second number counts nanoseconds. Reading costs about 3 µs for each thread.
///
/// A wait is counted when it ends. So the difference of two readings, one within a wait and one after it, holds the
/// whole of it.
struct CoreWait: ~Copyable {
    private var descriptors: [CInt] = []
    private var text = [UInt8](repeating: 0, count: 128)

    init(threads: [Int]) {
        for thread in threads {
            // SAFETY: the string is borrowed for the call.
            let descriptor = unsafe open("/proc/\(thread)/schedstat", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { stop("there is no thread \(thread)") }
            descriptors.append(descriptor)
        }
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }

    /// Of all threads together.
    mutating func nanoseconds() -> Int {
        var sum = 0
        for descriptor in descriptors {
            // SAFETY: the array has the bytes that may be written.
            let count = unsafe pread(descriptor, &text, text.count, 0)
            if count <= 0 { stop("a thread of the server ended") }
            let words = text[..<count].split(separator: 32)
            sum += words.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        }
        return sum
    }
}
