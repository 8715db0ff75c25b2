internal import SnugMemory

/// Operations on several bitmaps.
extension Partition {
    /// Adds the string under `key` to the sources, an empty one when it is not there. Throws `wrongType`.
    package mutating func addSource(_ key: RawSpan, to sources: inout BitSources) throws(EngineError) {
        guard let cell = try stringLocation(key, .read)?.cell else { return sources.add(RawSpan()) }
        if cell.kind == .reference {
            sources.add(cell.reference.string)
        } else {
            cell.string(in: vocabulary, of: self).withBytes { sources.add($0) }
        }
    }

    /// Stores what the operation makes of the sources under `key`, whatever was there; an empty result removes the key.
    /// Returns the byte count of the result, which is that of the longest source.
    package mutating func storeBits(
        _ operation: BitOperation, of sources: consuming BitSources, under key: RawSpan
    ) -> Int {
        let total = sources.byteCountMax
        guard total > 0 else {
            _ = delete(key)
            return 0
        }
        let location = locate(key, .write)
        if let string = reusable(location, total, sources) {
            BitCombiner(operation, into: string).run(sources)
            if location.expiry != nil { map.value.map.setExpiry(nil, at: location) }
        } else {
            let string = LongString.make(byteCount: total)
            BitCombiner(operation, into: string).run(sources)
            if total > StringForm.packedByteCountMax {
                storeReference(Reference(string, isRaw: true), expiry: nil, at: location)
            } else {
                storeRawString(string.bytes(of: string.block), expiry: nil, at: location)
                string.block.free()
            }
        }
        noteChange(of: key)
        return total
    }

    /// The string at the destination if it has the result's byte count and is no source: then its memory, which the
    /// system has handed out already, takes the result.
    private func reusable(
        _ location: PackedMap.Location, _ total: Int, _ sources: borrowing BitSources
    ) -> LongString? {
        guard location.isPresent, location.cell.kind == .reference else { return nil }
        let reference = location.cell.reference
        guard reference.kind == .rawBytes, reference.string.byteCount == total,
            !sources.contains(reference.string)
        else { return nil }
        return reference.string
    }
}
