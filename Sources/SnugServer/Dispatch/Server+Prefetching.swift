internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

extension Server {
    /// Looks at the next commands of a pipeline before the first of them runs, so that the memory that they need is
    /// fetched for all of them at once. Returns how many of the bytes, which begin with a command, need not be looked
    /// at again.
    func prefetch(forCommandsIn bytes: RawSpan, of session: Session) -> Int {
        partition.selected = session.database
        guard partition.wantsAnnouncements() else { return bytes.byteCount }
        var preview = RequestPreview(bytes)
        // A single command is run as soon without.
        guard preview.next(), preview.offset < bytes.byteCount else { return bytes.byteCount }
        partition.beginAnnouncing()
        var count = 0
        repeat {
            partition.announce(preview.key, second: preview.second, last: preview.last)
            count += 1
        } while count < Partition.announcementCountMax && preview.next()
        partition.prefetchAnnounced()
        return preview.offset
    }
}
