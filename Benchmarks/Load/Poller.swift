internal import CLinux
internal import Glibc

/// Waits until connections have something to read.
///
/// Safe to use: the pointers that `epoll_event` can hold are never set; `data` is always the index of a connection.
@safe
struct Poller: ~Copyable {
    private let descriptor: CInt
    private var events: [epoll_event]

    init(_ connections: [Connection]) {
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        // SAFETY: events are zeroed, and each is copied by the call that takes it.
        unsafe events = Array(repeating: epoll_event(), count: connections.count)
        for (index, connection) in connections.enumerated() {
            var event = unsafe epoll_event()
            unsafe event.events = EPOLLIN.rawValue
            unsafe event.data.u64 = UInt64(index)
            guard unsafe epoll_ctl(descriptor, EPOLL_CTL_ADD, connection.descriptor, &event) == 0 else {
                stop("epoll_ctl failed")
            }
        }
    }

    deinit { close(descriptor) }

    /// Waits for at most so many nanoseconds, without end when nil; how many connections are readable.
    mutating func wait(nanoseconds: Int?) -> Int {
        let limit = nanoseconds.map { max(0, $0) } ?? -1
        var time = timespec(tv_sec: limit / 1_000_000_000, tv_nsec: limit % 1_000_000_000)
        let room = CInt(unsafe events.count)
        let count =
            switch limit {
            // SAFETY: the array has room for as many events as are asked for; the time outlives the call.
            case 0: unsafe epoll_wait(descriptor, &events, room, 0)
            case ..<0: unsafe epoll_wait(descriptor, &events, room, -1)
            default: unsafe epoll_pwait2(descriptor, &events, room, &time, nil)
            }
        if count < 0 && errno != EINTR { stop("epoll_wait failed") }
        return max(0, Int(count))
    }

    /// The index of the connection that the last `wait` found at `place`.
    func connection(at place: Int) -> Int {
        // SAFETY: the array checks the place, and the number is what `init` stored.
        Int(unsafe events[place].data.u64)
    }
}
