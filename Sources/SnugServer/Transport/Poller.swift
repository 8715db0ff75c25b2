internal import CLinux
internal import Glibc

/// What a descriptor is waited for, or is ready for.
struct Readiness: OptionSet {
    let rawValue: UInt32

    static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The other side is gone or the socket has an error. Told whether or not it was waited for.
    static let broken = Readiness(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)

    var isBroken: Bool { !isDisjoint(with: .broken) }
}

/// Tells which of many descriptors are ready: a safe owner of an epoll descriptor, `man 7 epoll`. What is ready and not
/// taken is told again by the next `wait`.
///
/// Safe to use: the pointers that `epoll_event` can hold are never set; `data` is always the caller's number.
@safe
struct Poller: ~Copyable {
    /// Most events that one `wait` tells; the others come with the next.
    static let eventCountMax = 256

    private let descriptor: CInt
    private var events: [epoll_event]

    /// Nil when the process has no descriptor left; see `errno`.
    init?() {
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        // SAFETY: events are zeroed, and filled by `epoll_wait` before they are read.
        unsafe events = Array(repeating: epoll_event(), count: Self.eventCountMax)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Waits for a descriptor from now on. False when the kernel has no room for it.
    func add(_ descriptor: CInt, number: UInt64, for readiness: Readiness) -> Bool {
        control(EPOLL_CTL_ADD, descriptor, number, readiness)
    }

    /// Waits for something else of a descriptor that was added.
    func change(_ descriptor: CInt, number: UInt64, for readiness: Readiness) {
        let isChanged = control(EPOLL_CTL_MOD, descriptor, number, readiness)
        precondition(isChanged, "a descriptor that was not added")
    }

    /// Waits no longer for it; before it is closed.
    func remove(_ descriptor: CInt) {
        _ = control(EPOLL_CTL_DEL, descriptor, 0, [])
    }

    private func control(_ operation: CInt, _ descriptor: CInt, _ number: UInt64, _ readiness: Readiness) -> Bool {
        // SAFETY: the event is copied by the call.
        var event = unsafe epoll_event()
        unsafe event.events = readiness.rawValue
        unsafe event.data.u64 = number
        return unsafe epoll_ctl(self.descriptor, operation, descriptor, &event) == 0
    }

    /// Waits at most so many milliseconds, or until a signal comes; how many events `event(at:)` then has.
    mutating func wait(milliseconds: CInt) -> Int {
        // SAFETY: the array has room for as many events as are asked for.
        let count = unsafe epoll_wait(descriptor, &events, CInt(Self.eventCountMax), milliseconds)
        precondition(count >= 0 || errno == EINTR, "epoll_wait refuses its own descriptor")
        return max(0, Int(count))
    }

    /// The number and the readiness of an event of the last `wait`.
    func event(at place: Int) -> (number: UInt64, readiness: Readiness) {
        // SAFETY: the array checks the place, and the number is what `control` stored.
        let event = unsafe events[place]
        return (unsafe event.data.u64, Readiness(rawValue: unsafe event.events))
    }
}
