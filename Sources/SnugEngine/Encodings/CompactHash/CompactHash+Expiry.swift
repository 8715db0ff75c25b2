internal import SnugMemory

/// Pairs that expire (see `CompactHashLayout`). They stand in front, the one that is due first before all, as Redis
/// orders them; so what is due is known from the first byte, and what is past is a prefix.
extension CompactHash {
    /// Makes the field's pair expire at `expiry`, milliseconds since 1970, or never if nil. A pair that stays goes to
    /// the end. False when there is no such field. `base` is what times are counted from.
    static func setExpiry(
        _ expiry: Int64?, of field: RawSpan, in bytes: inout GrowableBytes, names: borrowing InternTable, base: Int64
    ) -> Bool {
        let sought = CompactHashField(field, names: names)
        guard let pair = CompactHashReader(bytes.bytes).find(sought) else { return false }
        let moved = moveToEnd(pair, in: &bytes)
        guard let expiry else { return true }
        let body = bytes.bytes.slice(from: moved.offset, count: moved.end - moved.offset).makeArray()
        bytes.truncate(to: moved.offset)
        let (place, isSame) = place(of: expiry, in: bytes.bytes, base: base)
        bytes.replace(at: place, removing: 0, with: body.rawBytes)
        if isSame {
            CompactHashItem(sameExpiry: ()).insert(at: place, in: &bytes)
        } else {
            CompactHashItem(expiry: expiry, base: base).insert(at: place, in: &bytes)
        }
        return true
    }

    /// When the field's pair expires.
    static func expiry(
        of field: RawSpan, in bytes: RawSpan, names: borrowing InternTable, base: Int64
    ) -> FieldExpiry {
        let reader = CompactHashReader(bytes)
        guard let pair = reader.find(CompactHashField(field, names: names)) else { return .noField }
        return reader.expiry(of: pair, base: base).map { .at($0) } ?? .never
    }

    /// Removes the pairs whose time is not after `now`; returns how many they were.
    static func removeExpired(
        from bytes: inout GrowableBytes, at now: Int64, names: inout InternTable, base: Int64
    ) -> Int {
        let expired = CompactHashReader(bytes.bytes).expired(at: now, base: base)
        releaseNames(of: bytes.bytes.extracting(first: expired.end), names: &names)
        bytes.removeFirst(expired.end)
        return expired.count
    }

    /// Where a pair with that time belongs, behind those that expire no later, and whether the one before it expires
    /// with it.
    private static func place(of expiry: Int64, in bytes: RawSpan, base: Int64) -> (offset: Int, isSame: Bool) {
        let reader = CompactHashReader(bytes)
        let place = reader.expired(at: expiry, base: base).end
        return (place, expiry > .min && place > reader.expired(at: expiry - 1, base: base).end)
    }

    /// Takes a pair out. One behind it that expires with it inherits its time.
    static func cut(_ pair: CompactHashPair, from bytes: inout GrowableBytes) {
        let time = bytes.bytes.slice(from: pair.offset, count: pair.fieldOffset - pair.offset).makeArray()
        let isInherited =
            time.count > 1 && pair.end < bytes.count && bytes.bytes[pair.end] == CompactHashLayout.sameExpiryHead
        let removed = pair.end - pair.offset + (isInherited ? 1 : 0)
        bytes.replace(at: pair.offset, removing: removed, with: isInherited ? time.rawBytes : RawSpan())
    }

    /// Takes a pair's time away and puts the pair behind the others; returns where it is then.
    static func moveToEnd(_ pair: CompactHashPair, in bytes: inout GrowableBytes) -> CompactHashPair {
        let body = bytes.bytes.slice(from: pair.fieldOffset, count: pair.end - pair.fieldOffset).makeArray()
        cut(pair, from: &bytes)
        let start = bytes.count
        bytes.append(body.rawBytes)
        return CompactHashPair(
            offset: start, fieldOffset: start, valueOffset: start + pair.valueOffset - pair.fieldOffset,
            end: bytes.count)
    }

}
