internal import CSnug

/// What jemalloc says of the process's memory, in bytes. Zero where the allocator is a sanitizer's.
public struct AllocatorStatistics: Sendable, Equatable {
    /// Handed out to the program: the `used_memory` of INFO.
    public var allocated: Int
    /// In pages that hold at least one live allocation.
    public var active: Int
    /// In physically resident pages, the allocator's own data included.
    public var resident: Int
    /// Mapped from the operating system.
    public var mapped: Int
    /// Kept mapped for later use, not resident.
    public var retained: Int
    /// The allocator's own records.
    public var metadata: Int

    /// The figures as of now. Flushes this thread's allocation cache first, so that freed blocks do not count; some
    /// microseconds.
    public static func current() -> AllocatorStatistics {
        _ = snug_allocator_refresh()
        return AllocatorStatistics(
            allocated: read("stats.allocated"), active: read("stats.active"), resident: read("stats.resident"),
            mapped: read("stats.mapped"), retained: read("stats.retained"), metadata: read("stats.metadata"))
    }

    private static func read(_ name: StaticString) -> Int {
        var value: UInt64 = 0
        // SAFETY: the literal is followed by a zero byte, and `value` outlives the call.
        let found = name.withUTF8Buffer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe snug_allocator_read($0.baseAddress, &value) }
        }
        return found ? Int(clamping: value) : 0
    }
}

public enum Allocator {
    /// "jemalloc-5.3.0", or "libc" where jemalloc does not answer.
    public static let name: String = {
        // SAFETY: jemalloc returns a string that lives as long as the program.
        let version = unsafe String(cString: snug_allocator_version())
        return version.isEmpty ? "libc" : "jemalloc-" + version.prefix { $0 != "-" }
    }()

    /// Bytes that the allocator set aside for an object of a Swift class; what it refers to is not in it.
    public static func byteCount(of object: AnyObject) -> Int {
        // SAFETY: Swift allocates native objects by `malloc` at the address of their reference; the caller's reference
        // keeps this one alive during the call, which reads only the allocator's own records.
        unsafe malloc_usable_size(Unmanaged.passUnretained(object).toOpaque())
    }

    /// Takes the code that only the start has needed out of the resident set, the libraries' with the program's; what
    /// is needed again comes back from the page cache. Worth some megabytes, once: done again later, it would make what
    /// was resident before data came, and what data need, a matter of the moment.
    public static func releaseStartupCode() {
        snug_release_text_pages()
    }

    /// Gives unused pages back to the operating system. False when the allocator cannot.
    public static func purge() -> Bool {
        snug_allocator_purge()
    }

    /// The allocator's own report as text.
    public static func report() -> String {
        final class Text {
            var bytes: [UInt8] = []
        }
        let text = Text()
        let context = unsafe Unmanaged.passUnretained(text).toOpaque()
        // SAFETY: `text` outlives the call, and the callback runs only during it, with a zero-terminated string.
        unsafe snug_allocator_report(
            { context, piece in
                guard let context = unsafe context, let piece = unsafe piece else { return }
                let text = unsafe Unmanaged<Text>.fromOpaque(context).takeUnretainedValue()
                var cursor = unsafe piece
                while unsafe cursor.pointee != 0 {
                    text.bytes.append(UInt8(bitPattern: unsafe cursor.pointee))
                    unsafe cursor += 1
                }
            }, context)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
