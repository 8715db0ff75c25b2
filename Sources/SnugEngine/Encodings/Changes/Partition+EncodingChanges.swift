internal import SnugMemory

/// Noting that limits change encodings. `encodings` holds what has been noted; the caller takes it after a command when
/// `encodings.hasEvents`.
extension Partition {
    /// Notes that the value of the key that was looked up last gets another encoding because of a limit, in either
    /// direction. Costs a copy of the key.
    @inline(never)
    mutating func noteEncodingChange(
        of type: ValueType, from: Encoding, to: Encoding, because reached: LimitReached
    ) {
        encodings.note(event(.changed, of: type, from: from, to: to, reached))
    }

    /// Notes that the value of the key that was looked up last has come near to a limit beyond which it would get the
    /// encoding `to`. Called once when it comes near, and again when it has been away from there.
    @inline(never)
    mutating func noteNearLimit(of type: ValueType, from: Encoding, to: Encoding, _ reached: LimitReached) {
        encodings.note(event(.near, of: type, from: from, to: to, reached))
    }

    private func event(
        _ kind: EncodingEvent.Kind, of type: ValueType, from: Encoding, to: Encoding, _ reached: LimitReached
    ) -> EncodingEvent {
        let vocabulary = vocabulary
        var key = GrowableBytes()
        appendKey(
            template: vocabulary.value.key.template, parts: vocabulary.value.key.parts,
            index: vocabulary.value.key.index, to: &key)
        var shape = GrowableBytes()
        appendDisplayedTemplate(vocabulary.value.key.template, to: &shape)
        return EncodingEvent(
            kind, database: selected, key: key.bytes.makeArray(), shape: shape.bytes.makeArray(), type: type,
            from: from, to: to, reached)
    }
}
