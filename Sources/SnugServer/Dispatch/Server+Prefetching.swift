internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

extension Server {
    /// Looks at the next commands of a pipeline before the first of them runs, so that the memory that they need is
    /// fetched for all of them at once. Returns how many of the bytes, which begin with a command, need not be looked
    /// at again.
    func prefetch(forCommandsIn bytes: RawSpan, of session: Session) -> Int {
        partition.selected = session.database
        // The next command is looked at by itself: behind a long one others may follow.
        guard mayHoldSecondCommand(bytes) else { return 1 }
        guard partition.wantsAnnouncements() else { return bytes.byteCount }
        var preview = RequestPreview(bytes)
        // A single command is run as soon without.
        guard preview.next(), preview.offset < bytes.byteCount else { return bytes.byteCount }
        // A pipeline's commands are mostly alike, so that the first speaks for all.
        let forRemoval = find(preview.name).map { table.rows[$0].removes } ?? false
        partition.beginAnnouncing()
        var count = 0
        repeat {
            partition.announce(preview.key, second: preview.second, last: preview.last)
            count += 1
        } while count < Partition.announcementCountMax && preview.next()
        partition.prefetchAnnounced(forRemoval: forRemoval)
        return preview.offset
    }

    /// Whether there may be a command behind the first, unless that is long; quicker than to find its end.
    @inline(__always)
    private func mayHoldSecondCommand(_ bytes: RawSpan) -> Bool {
        bytes.firstIndex(of: UInt8(ascii: "*"), from: 1, to: min(bytes.byteCount, 512)) != nil
    }
}
