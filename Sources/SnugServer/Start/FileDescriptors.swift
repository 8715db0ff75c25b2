internal import Glibc

/// The process's limit of open files, which bounds its clients.
enum FileDescriptors {
    /// Descriptors that are not clients': standard streams, listening sockets, the event loop, log and data files.
    static let reservedCount = 32

    /// Raises the limit so that `count` clients fit, as far as the system lets; returns how many fit, at least 0.
    static func raise(forClients count: Int) -> Int {
        var limit = rlimit()
        // SAFETY: `limit` outlives both calls.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return count }
        let wanted = rlim_t(clamping: count + reservedCount)
        if limit.rlim_cur < wanted {
            let before = limit
            // Root may raise the hard limit too; everybody may go up to it.
            limit = rlimit(rlim_cur: wanted, rlim_max: max(wanted, limit.rlim_max))
            if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 {
                limit = rlimit(rlim_cur: min(wanted, before.rlim_max), rlim_max: before.rlim_max)
                if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 { limit = before }
            }
        }
        return min(count, max(0, Int(clamping: limit.rlim_cur) - reservedCount))
    }
}
