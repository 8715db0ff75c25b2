internal import Glibc

/// What an `EventLoop` calls when a descriptor is ready.
protocol EventSource: AnyObject {
    func ready(for readiness: Readiness)
}

/// One thread's loop over descriptors, deferred work and a timer:
///
///     ┌─► wait ─► sources that are ready ─► after them ─► deferred work ─► timer, when due ─► end of the turn ─┐
///     └────────────────────────────────────────────────────────────────────────────────────────────────────────┘
///
/// Everything runs on the thread that calls `run`. A source may be removed at any time, by itself or by another, also
/// when the same `wait` has found it ready: it is not called any more. docs/decisions/0010 says why the loop is our
/// own.
final class EventLoop {
    /// Where a source stands. The generation tells it from one that had the place before it, whose events may still lie
    /// in the poller's list.
    struct Registration {
        fileprivate let place: UInt32
        fileprivate let generation: UInt32
        fileprivate let descriptor: CInt

        fileprivate var number: UInt64 { UInt64(generation) << 32 | UInt64(place) }
    }

    private struct Place {
        var source: (any EventSource)?
        var generation: UInt32 = 0
    }

    private struct Timer {
        let interval: Int64
        let action: () -> Void
        var dueAt: Int64
    }

    private var poller: Poller
    private let clock: Clock
    private var places: [Place] = []
    private var freePlaces: [UInt32] = []
    private var deferred: [() -> Void] = []
    private var timer: Timer?
    private var isStopping = false

    /// Nil when the process has no descriptor left.
    init?(clock: Clock = Clock()) {
        guard let poller = Poller() else { return nil }
        self.poller = poller
        self.clock = clock
    }

    // MARK: Sources

    /// Calls `source` whenever the descriptor is ready for one of `readiness`, or broken, until it is removed. The loop
    /// keeps the source alive and does not own the descriptor. Nil when the kernel has no room.
    func add(_ source: any EventSource, descriptor: CInt, for readiness: Readiness) -> Registration? {
        let place = freePlaces.popLast() ?? UInt32(places.count)
        if Int(place) == places.count { places.append(Place()) }
        let registration = Registration(
            place: place, generation: places[Int(place)].generation, descriptor: descriptor)
        guard poller.add(descriptor, number: registration.number, for: readiness) else {
            freePlaces.append(place)
            return nil
        }
        places[Int(place)].source = source
        return registration
    }

    func change(_ registration: Registration, for readiness: Readiness) {
        poller.change(registration.descriptor, number: registration.number, for: readiness)
    }

    /// Before the descriptor is closed; once.
    func remove(_ registration: Registration) {
        poller.remove(registration.descriptor)
        let place = Int(registration.place)
        precondition(places[place].generation == registration.generation, "a source that was removed before")
        places[place].source = nil
        places[place].generation &+= 1
        freePlaces.append(registration.place)
    }

    // MARK: Work

    /// Does this when the sources that are ready now have been called. Work deferred by deferred work waits for the
    /// next turn.
    func `defer`(_ work: @escaping () -> Void) {
        deferred.append(work)
    }

    /// Does this every so many milliseconds, at least one, for the first time after as many. Replaces a former timer.
    func repeatEvery(milliseconds: Int64, _ action: @escaping () -> Void) {
        let interval = max(1, milliseconds)
        timer = Timer(interval: interval, action: action, dueAt: now + interval)
    }

    /// Lets `run` return when the turn is over. Called by what the loop calls.
    func stop() { isStopping = true }

    /// Runs until `stop` is called. `afterSources` is called in each turn when the sources that are ready have been
    /// called, and `endOfTurn` last. After a signal there is a turn too.
    func run(afterSources: () -> Void = {}, endOfTurn: () -> Void) {
        isStopping = false
        while !isStopping {
            let count = poller.wait(milliseconds: patience)
            for number in 0..<count { tell(poller.event(at: number)) }
            afterSources()
            if !deferred.isEmpty { doDeferred() }
            runTimer()
            endOfTurn()
        }
    }

    private func tell(_ event: (number: UInt64, readiness: Readiness)) {
        let place = places[Int(UInt32(truncatingIfNeeded: event.number))]
        guard place.generation == UInt32(truncatingIfNeeded: event.number >> 32) else { return }
        place.source?.ready(for: event.readiness)
    }

    private func doDeferred() {
        let work = deferred
        deferred = []
        for piece in work { piece() }
    }

    private func runTimer() {
        guard let timer, now >= timer.dueAt else { return }
        timer.action()
        self.timer?.dueAt = now + timer.interval
    }

    /// Milliseconds to wait for descriptors.
    private var patience: CInt {
        if !deferred.isEmpty { return 0 }
        guard let timer else { return -1 }
        return CInt(clamping: max(0, timer.dueAt - now))
    }

    private var now: Int64 { clock.monotonicNanoseconds() / 1_000_000 }
}
