import Glibc
import Testing

@testable import SnugServer

/// Two connected sockets, and a source that stands for the first.
private final class Probe: EventSource {
    let near: CInt
    let far: CInt
    var registration: EventLoop.Registration?
    var seen: [Readiness] = []
    var onReady: () -> Void = {}

    init() {
        var pair: [CInt] = [-1, -1]
        // SAFETY: the array has room for two descriptors.
        _ = unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue), 0, &pair)
        (near, far) = (pair[0], pair[1])
    }

    deinit {
        close(near)
        close(far)
    }

    func ready(for readiness: Readiness) {
        seen.append(readiness)
        onReady()
    }

    func sendFromFar() {
        // SAFETY: one byte, which outlives the call.
        _ = unsafe send(far, [UInt8(1)], 1, 0)
    }
}

@Suite struct EventLoopTests {
    private func makeLoop() throws -> EventLoop { try #require(EventLoop()) }

    /// Runs the loop for a number of turns, which a timer keeps coming.
    private func run(_ loop: EventLoop, turns: Int) {
        loop.repeatEvery(milliseconds: 1) {}
        var left = turns
        loop.run {
            left -= 1
            if left == 0 { loop.stop() }
        }
    }

    @Test func aReadySourceIsCalledUntilItIsRemoved() throws {
        let loop = try makeLoop()
        let probe = Probe()
        probe.registration = loop.add(probe, descriptor: probe.near, for: .readable)
        run(loop, turns: 2)
        #expect(probe.seen.isEmpty)
        probe.sendFromFar()
        run(loop, turns: 3)
        #expect(probe.seen.count == 3)
        #expect(probe.seen.allSatisfy { $0 == .readable })
        loop.remove(try #require(probe.registration))
        run(loop, turns: 2)
        #expect(probe.seen.count == 3)
    }

    @Test func whatIsWaitedForCanChange() throws {
        let loop = try makeLoop()
        let probe = Probe()
        let registration = try #require(loop.add(probe, descriptor: probe.near, for: []))
        probe.sendFromFar()
        run(loop, turns: 2)
        #expect(probe.seen.isEmpty)
        loop.change(registration, for: .writable)
        run(loop, turns: 1)
        #expect(probe.seen == [.writable])
    }

    @Test func aBrokenSocketIsToldOfUnasked() throws {
        let loop = try makeLoop()
        let probe = Probe()
        _ = try #require(loop.add(probe, descriptor: probe.near, for: []))
        shutdown(probe.far, CInt(SHUT_RDWR))
        run(loop, turns: 1)
        #expect(probe.seen.first?.isBroken == true)
    }

    /// The first source that is called removes the other, whose event lies in the same list, and another takes its
    /// place in the loop: neither is called for the stale event.
    @Test func aSourceRemovedInTheSameTurnIsNotCalled() throws {
        let loop = try makeLoop()
        let probes = [Probe(), Probe()]
        let newcomer = Probe()
        for probe in probes {
            probe.registration = loop.add(probe, descriptor: probe.near, for: .readable)
            probe.sendFromFar()
        }
        for (probe, other) in [(probes[0], probes[1]), (probes[1], probes[0])] {
            probe.onReady = {
                guard let registration = other.registration else { return }
                other.registration = nil
                loop.remove(registration)
                newcomer.registration = loop.add(newcomer, descriptor: newcomer.near, for: .readable)
            }
        }
        run(loop, turns: 2)
        #expect(probes.filter { $0.seen.isEmpty }.count == 1)
        #expect(probes.contains { $0.seen.count == 2 })
        #expect(newcomer.registration != nil)
        #expect(newcomer.seen.isEmpty)
    }

    @Test func deferredWorkComesBehindTheSourcesAndOneTurnAtATime() throws {
        let loop = try makeLoop()
        let probe = Probe()
        var order: [String] = []
        var turn = 0
        probe.onReady = {
            order.append("source \(turn)")
            loop.defer {
                order.append("work \(turn)")
                loop.defer { order.append("more \(turn)") }
            }
            loop.remove(probe.registration!)
        }
        probe.registration = loop.add(probe, descriptor: probe.near, for: .readable)
        probe.sendFromFar()
        loop.run {
            turn += 1
            if turn == 3 { loop.stop() }
            // Without a timer the third turn comes from deferred work alone.
            if turn == 2 { loop.defer {} }
        }
        #expect(order == ["source 0", "work 0", "more 1"])
    }

    @Test func theTimerComesAgain() throws {
        let loop = try makeLoop()
        var calls = 0
        loop.repeatEvery(milliseconds: 1) {
            calls += 1
            if calls == 3 { loop.stop() }
        }
        loop.run {}
        #expect(calls == 3)
    }
}
