internal import SnugMemory

/// Where an open set, sorted set, list or stream is put back.
struct OpenPlace: BitwiseCopyable {
    let location: PackedMap.Location
    /// The reference that the record had.
    let former: Reference?
    /// What the record was counted as when the value was opened, nil without one.
    let figuresBefore: ValueFigures?

    init(_ location: PackedMap.Location, in vocabulary: Box<Vocabulary>) {
        self.location = location
        let cell = location.isPresent ? location.cell : nil
        former = cell?.kind == .reference ? cell?.reference : nil
        figuresBefore = cell.map { ValueFigures($0, in: vocabulary) }
    }
}

/// Putting back what has been opened and stands outside of packs.
extension Partition {
    /// Bytes that are too many for a pack in a block of their own: the one that was there, if any.
    func blockReference(of bytes: RawSpan, instead former: Reference?) -> Reference {
        guard let former, former.kind == .compact else { return Reference(compact: LongString.make(of: bytes)) }
        var string = former.string
        string.resize(to: bytes.byteCount)
        string.store(bytes, at: 0)
        return Reference(compact: string)
    }

    /// Makes the record refer to `reference`. What it referred to is freed unless it is that, or a block which has been
    /// resized to be that.
    mutating func put(_ reference: Reference, at place: OpenPlace) {
        if let former = place.former, former == reference || former.kind == .compact && reference.kind == .compact {
            if former != reference { place.location.cell.storeReference(reference) }
            guard let before = place.figuresBefore else { preconditionFailure("a record that was not counted") }
            recount(reference, at: place.location, before: before)
        } else {
            countOut(place)
            place.former?.release()
            storeReference(reference, expiry: place.location.expiry, at: place.location, keepsFormer: true)
        }
    }

    /// Counts the record anew that refers to `reference` and was counted with `before`.
    mutating func recount(_ reference: Reference, at location: PackedMap.Location, before: ValueFigures) {
        let figures = ValueFigures(reference, in: vocabulary)
        map.value.map.recount(before, as: figures, template: location.head?.template)
    }

    /// Counts the record no longer that an open value came from.
    mutating func countOut(_ place: OpenPlace) {
        guard let figures = place.figuresBefore else { return }
        map.value.map.countOut(figures, template: place.location.head?.template)
    }
}
