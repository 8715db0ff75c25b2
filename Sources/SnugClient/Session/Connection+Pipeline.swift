extension Connection {
    /// Sends `count` commands, each written by `build` from its number, and steps over the replies. Two batches are
    /// under way at a time, so that the server works while the next batch is written. `progress` hears how many are
    /// done.
    ///
    /// The first error reply is thrown when no reply is outstanding any more, so that the connection stays usable.
    package func pipeline(
        count: Int, batchCount: Int = 256, progress: (Int) -> Void = { _ in },
        _ build: (Int, inout CommandBuffer) -> Void
    ) throws(ClientError) {
        var output = CommandBuffer()
        var sent = 0
        var answered = 0
        var failure: String?
        while answered < count {
            if sent < count, failure == nil {
                let end = min(sent + batchCount, count)
                output.removeAll()
                for index in sent..<end { build(index, &output) }
                try send(output.bytes)
                sent = end
            }
            let isLast = sent == count || failure != nil
            let target = isLast ? sent : max(sent - batchCount, 0)
            while answered < target {
                if let text = try skipReply(), failure == nil { failure = text }
                answered += 1
            }
            if Interruption.isRequested { throw .interrupted }
            if failure != nil && answered == sent { break }
            progress(answered)
        }
        if let failure { throw .refused(failure) }
    }
}
