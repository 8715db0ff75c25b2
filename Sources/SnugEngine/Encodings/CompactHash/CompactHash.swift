internal import SnugMemory

/// Changes the bytes of compact hashes (see `CompactHashLayout`) and keeps the uses of their names in step: whoever
/// takes bytes into use otherwise, or throws them away, calls `retainNames` or `releaseNames`.
enum CompactHash {
    /// Sets a field; returns the byte count of the value that it had, nil for a new one. New fields go to the end. One
    /// that expires does so no more, and goes to the end too, unless `keepsExpiry`. `value` must be an integer if its
    /// text is one's.
    ///
    /// Only a new field counts towards being interned, so that a field which is set over and over does not look like
    /// one that recurs. One that has been interned since it was added becomes a name when it is set again.
    static func set(
        _ field: RawSpan, to value: StringValue, keepsExpiry: Bool = false, in bytes: inout GrowableBytes,
        names: inout InternTable
    ) -> Int? {
        let sought = CompactHashField(field, names: names)
        guard var pair = CompactHashReader(bytes.bytes).find(sought) else {
            append(sought, value, to: &bytes, names: &names)
            return nil
        }
        let former = CompactHashReader(bytes.bytes).value(at: pair.offset).byteCount
        if pair.expires && !keepsExpiry { pair = moveToEnd(pair, in: &bytes) }
        CompactHashItem(value: value).replace(pair.valueRange, in: &bytes)
        if let name = sought.name, CompactHashReader(bytes.bytes).name(at: pair.offset) == nil {
            replaceText(pair.fieldRange, with: name, in: &bytes, names: &names)
        }
        return former
    }

    /// Removes a field and its value; returns the value's byte count, nil when the field is not there.
    static func remove(_ field: RawSpan, from bytes: inout GrowableBytes, names: inout InternTable) -> Int? {
        let sought = CompactHashField(field, names: names)
        guard let pair = CompactHashReader(bytes.bytes).find(sought) else { return nil }
        let former = CompactHashReader(bytes.bytes).value(at: pair.offset).byteCount
        if let name = CompactHashReader(bytes.bytes).name(at: pair.offset) { names.release(name) }
        cut(pair, from: &bytes)
        return former
    }

    /// Adds a pair whose field the hash does not have.
    static func append(
        _ field: borrowing CompactHashField, _ value: StringValue, to bytes: inout GrowableBytes,
        names: inout InternTable
    ) {
        if let name = useName(of: field, in: &names) {
            CompactHashItem(name: name).append(to: &bytes)
        } else {
            field.item.append(to: &bytes)
        }
        CompactHashItem(value: value).append(to: &bytes)
    }

    /// Notes a new use of a field. Its number if it is a name from now on; that use is then counted.
    private static func useName(of field: borrowing CompactHashField, in names: inout InternTable) -> Int? {
        if let name = field.name {
            names.retain(name)
            return name
        }
        guard field.mayBeName, let name = names.use(field.item.text) else { return nil }
        if name < CompactHashLayout.nameLimit { return name }
        names.release(name)
        return nil
    }

    /// Makes a name, used once more, of the field that lies in `range` as a text.
    static func replaceText(
        _ range: Range<Int>, with name: Int, in bytes: inout GrowableBytes, names: inout InternTable
    ) {
        names.retain(name)
        CompactHashItem(name: name).replace(range, in: &bytes)
    }
}
