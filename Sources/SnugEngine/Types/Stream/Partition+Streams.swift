package import SnugMemory

/// A stream that has been looked up to be changed and is put back by `closeStream`.
package struct OpenStream: BitwiseCopyable {
    package let stream: Box<EntryStream>
    let place: OpenPlace

    /// Whether there was none under the key.
    package var isNew: Bool { place.former == nil }
}

/// Streams: looking up, opening and putting back. Unlike other collections a stream without entries stays.
extension Partition {
    /// The stream under `key` to be read, or nil. Throws `wrongType`.
    package mutating func stream(
        _ key: RawSpan, _ access: Access = .read
    ) throws(EngineError) -> Box<EntryStream>? {
        guard let cell = lookup(key, access)?.cell else { return nil }
        guard cell.valueType == .stream else { throw .wrongType }
        return cell.reference.stream
    }

    /// The stream under `key` to be changed; without one nil, or a new one when it may be made. Throws `wrongType`.
    /// Until it is put back no other key of the partition may be touched.
    package mutating func openStream(
        _ key: RawSpan, _ access: Access = .write, makes: Bool
    ) throws(EngineError) -> OpenStream? {
        let location = locate(key, access)
        if location.isPresent {
            guard location.cell.valueType == .stream else { throw .wrongType }
            return OpenStream(stream: location.cell.reference.stream, place: OpenPlace(location, in: vocabulary))
        }
        guard makes else { return nil }
        let stream = Box(EntryStream(scratch: vocabulary.value.streams))
        return OpenStream(stream: stream, place: OpenPlace(location, in: vocabulary))
    }

    /// Puts a stream back in which a command has made `changeCount` changes. `isSeen` says whether those who watch the
    /// key learn of it: they do of changes of entries, not of what groups do.
    package mutating func closeStream(
        _ key: RawSpan, _ open: OpenStream, changeCount: Int, isSeen: Bool = true
    ) {
        put(Reference(open.stream), at: open.place)
        if isSeen && changeCount > 0 {
            noteChange(of: key, count: changeCount)
        } else {
            self.changeCount &+= UInt64(changeCount)
        }
    }

    /// Forgets a stream that was opened and not changed.
    package func discard(_ open: OpenStream) {
        if open.isNew { open.stream.destroy() }
    }
}
