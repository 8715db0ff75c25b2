internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What the server does by itself, `hz` times a second.
extension Server {
    /// Samples rates, notes the peak of memory, removes expired keys for a bounded time. `now` in milliseconds since
    /// 1970; called by the transport `configuration.expiry.roundsPerSecond` times a second.
    package func cron(now: Int64) {
        statistics.rates.sample(
            commands: statistics.commandsProcessed, receivedByteCount: statistics.receivedByteCount,
            sentByteCount: statistics.sentByteCount, now: clock.monotonicNanoseconds() / 1_000_000)
        let figures = AllocatorStatistics.current()
        memory.note(allocated: figures.allocated)
        compact(figures)
        if debugSwitches.expiresActively && partition.reclaimsExpired { reclaimExpired(now: now) }
        if partition.encodings.hasEvents { tellEncodings() }
        tellLeftOut(now: clock.monotonicNanoseconds() / 1_000_000)
        monitors.removeAll { sessions.find($0)?.isMonitor != true }
    }

    /// Called once when everything is in place: what is allocated now counts as the program, not as data.
    package func noteStarted() {
        memory.startupByteCount = AllocatorStatistics.current().allocated
        memory.note(allocated: memory.startupByteCount)
        memory.startupReplyBufferByteCount = outbox.writer.capacity
        memory.startupVocabularyByteCount = partition.vocabularyMemory.total
    }

    /// CONFIG RESETSTAT.
    package func resetStatistics() {
        statistics.reset()
        partition.statistics = KeyspaceStatistics()
        partition.encodings.resetTotals()
        flipLines.resetCount()
        warningLines.resetCount()
        for index in commandStatistics.indices { commandStatistics[index] = CommandStatistics() }
    }

    /// One slice of active expiration. It looks at every database in turn, goes on in one while more than a tenth of
    /// what it meets is due (less with more `active-expire-effort`), and ends after a quarter of the round's time at
    /// most.
    private func reclaimExpired(now: Int64) {
        let effort = Int64(configuration.expiry.effort - 1)
        let share = 25 + 2 * effort
        let budget = 10_000_000 * share / Int64(max(configuration.expiry.roundsPerSecond, 1))
        let dueShareMax = max(Int(10 - effort), 1)
        let entryCount = 20 + 5 * Int(effort)
        let start = clock.monotonicNanoseconds()
        partition.now = now
        var elapsed: Int64 = 0
        var examined = 0
        var reclaimed = 0
        for index in 0..<partition.databaseCount where elapsed < budget {
            var slice: ExpirySlice
            repeat {
                slice = partition.reclaimExpired(inDatabase: index, atMost: entryCount)
                elapsed = clock.monotonicNanoseconds() - start
                examined += slice.examined
                reclaimed += slice.reclaimed
            } while !slice.isComplete && elapsed < budget
                && (slice.reclaimed + slice.reclaimedFields) * 100 > slice.examined * dueShareMax
        }
        statistics.expiredShare = statistics.expiredShare * 0.95 + ratio(reclaimed, examined) * 0.05
        if elapsed >= budget { statistics.expirySlicesCutShort &+= 1 }
        statistics.expiryMicroseconds &+= UInt64(max(elapsed, 0) / 1000)
        noteDelay("expire-cycle", nanoseconds: elapsed, now: now)
    }

    /// Records a delay when it reaches `latency-monitor-threshold`.
    package func noteDelay(_ event: StaticString, nanoseconds: Int64, now: Int64) {
        let least = configuration.observation.latencyMillisecondsMin
        guard least > 0, nanoseconds / 1_000_000 >= least else { return }
        latencyMonitor.record(event: event, milliseconds: nanoseconds / 1_000_000, now: now)
    }
}
