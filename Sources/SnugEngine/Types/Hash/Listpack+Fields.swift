internal import SnugMemory

/// A listpack as a hash: fields and values in turn, no field twice.
extension Listpack {
    /// Sets a field. True when it is new; new fields go to the end.
    mutating func setField(_ field: RawSpan, to value: StringValue) -> Bool {
        guard let place = valueRange(of: field) else {
            append(ListpackElements(StringValue(reading: field), value))
            return true
        }
        replace(place, removing: 1, with: ListpackElements(value))
        return false
    }

    /// Removes a field and its value. False when it is not there.
    mutating func removeField(_ field: RawSpan) -> Bool {
        let reader = reader(of: block)
        guard let offset = reader.find(field, from: reader.firstOffset, skipping: 1) else { return false }
        delete(offset..<reader.offset(after: reader.offset(after: offset)), count: 2)
        return true
    }

    /// Where the value of `field` lies.
    private func valueRange(of field: RawSpan) -> Range<Int>? {
        let reader = reader(of: block)
        guard let offset = reader.find(field, from: reader.firstOffset, skipping: 1) else { return nil }
        let valueOffset = reader.offset(after: offset)
        return valueOffset..<reader.offset(after: valueOffset)
    }
}
