internal import SnugEngine
internal import SnugMemory

/// Giving half empty pages back: what `cron` does when the allocator holds pages for much more than is handed out.
extension Server {
    /// Time for it in each round, in nanoseconds; more when pages are very empty.
    private static let budget: Int64 = 250_000
    private static let largeBudget: Int64 = 1_000_000
    private static let packsPerLook = 16

    /// Moves packs for a bounded time while it is worth it. After a pass that found nothing to move it rests until what
    /// is handed out, or the pages for it, have changed by a sixteenth.
    func compact(_ figures: AllocatorStatistics) {
        let slack = figures.active - figures.allocated
        guard slack > figures.allocated / 16 + 1 << 20 else { return }
        if let settled = memory.settled {
            let change = abs(figures.allocated - settled.allocated)
            guard change > settled.allocated / 16 || figures.active > settled.active + settled.active / 16 else {
                return
            }
            memory.settled = nil
        }
        let budget = slack > figures.allocated / 3 ? Self.largeBudget : Self.budget
        let start = clock.monotonicNanoseconds()
        repeat {
            if partition.compact(packCount: Self.packsPerLook) {
                memory.settled = figures
                break
            }
        } while clock.monotonicNanoseconds() - start < budget
    }
}
