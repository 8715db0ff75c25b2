internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Looks at the next commands before the first of them runs, so that the memory that they need is fetched for all of
/// them at once.
extension Server {
    /// Puts the next commands of one client into a queue: those at the front of a range that are whole and written in
    /// the common way. Those that it held are removed.
    func lookAhead(_ queue: inout RequestQueue, in base: RawSpan, _ range: Range<Int>, of session: Session) {
        queue.removeAll()
        _ = append(to: &queue, from: base, range)
        partition.selected = session.database
        // A single command is run as soon without.
        if queue.indices.count > 1 && partition.wantsAnnouncements() { announce(queue, in: base) }
    }

    /// Puts the next commands of several clients into a queue, from those of the arrival at `first` on. Those that it
    /// held are removed. Returns the place of the first arrival that was not looked at. Where nothing is gained each
    /// client is looked at when it is its turn.
    func lookAhead(
        _ queue: inout RequestQueue, at arrivals: borrowing [Inbox.Arrival], from first: Int, in base: RawSpan
    ) -> Int {
        let database = arrivals[first].connection.session.database
        partition.selected = database
        guard first + 1 < arrivals.count, partition.wantsAnnouncements() else { return first + 1 }
        queue.removeAll()
        var place = first
        while place < arrivals.count, queue.hasRoom, isLookedAt(arrivals[place].connection, database: database) {
            let range = arrivals[place].range
            place += 1
            // The rest is looked at when it is its turn.
            if append(to: &queue, from: base, range) < range.upperBound { break }
        }
        if queue.indices.count > 1 { announce(queue, in: base) }
        return max(place, first + 1)
    }

    /// Returns where the last command that was added ends.
    private func append(to queue: inout RequestQueue, from base: RawSpan, _ range: Range<Int>) -> Int {
        var end = range.lowerBound
        while end < range.upperBound, let next = queue.append(from: base, in: end..<range.upperBound) { end = next }
        return end
    }

    private func isLookedAt(_ connection: ClientConnection, database: Int) -> Bool {
        let session = connection.session
        return connection.isAtCommand && session.database == database && (session.isAuthenticated || !asksForPassword)
    }

    /// Announces the commands of a queue that is not empty, and fetches what they will need.
    private func announce(_ queue: borrowing RequestQueue, in base: RawSpan) {
        partition.beginAnnouncing()
        for number in queue.indices {
            let arguments = queue.arguments(of: queue[number], in: base)
            let last = arguments.count - 1
            if last > 0 { partition.announce(arguments[1], second: arguments[min(2, last)], last: arguments[last]) }
        }
        // Commands that come together are mostly alike, so that the first speaks for all.
        let first = find(queue.arguments(of: queue[queue.indices.lowerBound], in: base)[0])
        partition.prefetchAnnounced(forRemoval: first.map { table.rows[$0].removes } ?? false)
    }
}
