internal import SnugMemory

/// A change of encoding that a limit brings, in either direction, or would bring.
struct EncodingChange {
    let from: Encoding
    let to: Encoding
    let reached: LimitReached
}

/// Noting that limits change encodings. `encodings` holds what has been noted; the caller takes it after a command when
/// `encodings.hasEvents`.
extension Partition {
    /// Notes that the value of the key that was looked up last gets another encoding because of a limit, in either
    /// direction. Costs a copy of the key.
    @inline(never)
    mutating func noteEncodingChange(of type: ValueType, _ change: EncodingChange) {
        encodings.note(event(.changed, of: type, change))
    }

    /// Notes that the value of the key that was looked up last has come near to a limit beyond which it would change
    /// so. Called once when it comes near, and again when it has been away from there.
    @inline(never)
    mutating func noteNearLimit(of type: ValueType, _ change: EncodingChange) {
        encodings.note(event(.near, of: type, change))
    }

    private func event(_ kind: EncodingEvent.Kind, of type: ValueType, _ change: EncodingChange) -> EncodingEvent {
        let vocabulary = vocabulary
        var key = GrowableBytes()
        vocabulary.value.key.appendKey(to: &key)
        var shape = GrowableBytes()
        vocabulary.value.key.appendShape(to: &shape)
        return EncodingEvent(
            kind, database: selected, key: key.bytes.makeArray(), shape: shape.bytes.makeArray(), type: type,
            from: change.from, to: change.to, change.reached)
    }
}
