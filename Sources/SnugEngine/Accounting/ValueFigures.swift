internal import SnugMemory

/// A type and an encoding: what TYPE and OBJECT ENCODING say of a value.
struct ValueForm: BitwiseCopyable, Hashable {
    let rawValue: UInt8

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    @inline(__always)
    init(_ type: ValueType, _ encoding: Encoding) {
        rawValue = type.rawValue << 4 | encoding.rawValue
    }

    var type: ValueType {
        guard let type = ValueType(rawValue: rawValue >> 4) else { preconditionFailure("a value of no type") }
        return type
    }

    var encoding: Encoding {
        guard let encoding = Encoding(rawValue: rawValue & 15) else { preconditionFailure("a value of no encoding") }
        return encoding
    }

    var hasElements: Bool { rawValue >> 4 != ValueType.string.rawValue }
}

/// What one record adds to the counts by shape, type and encoding (`EncodingCounts`). The same record always has the
/// same figures, so what was counted in can be counted out.
///
/// A type that gets a form of its own is counted as soon as `CellKind` or `Reference.Kind` knows it: the switches below
/// and those of `encoding` and `valueType` are all that there is to extend.
struct ValueFigures: BitwiseCopyable, Equatable {
    let form: ValueForm
    /// Fields of a hash, members of a set, elements of a list, entries of a stream; 1 for a string.
    let elementCount: Int
    /// The step of the longest field, value or member (`HistogramStep`). In a table it is the longest that was put in
    /// since the table was made or put in order, whether or not it is still there; elsewhere the longest that is there.
    let longestStep: UInt8
    /// Bytes of the payload where it stands alone.
    let payloadByteCount: Int
    /// What the allocator set aside outside of packs.
    let outsideByteCount: Int

    /// The figures of a record's payload. Constant time for strings and tables, a walk for other hashes.
    @inline(__always)
    init(_ cell: Cell, in vocabulary: Box<Vocabulary>) {
        if cell.kind == .integer {
            self.init(integerOf: cell.byteCount)
        } else {
            self.init(cell.kind, cell.bytes(of: cell.block), in: vocabulary)
        }
    }

    /// The figures of a payload that is about to be stored.
    @inline(__always)
    init(_ payload: borrowing Payload, in vocabulary: Box<Vocabulary>) {
        if payload.kind == .integer {
            self.init(integerOf: payload.byteCount)
        } else {
            self.init(payload.kind, payload.bytes, in: vocabulary)
        }
    }

    /// The figures of a record that refers to a value outside.
    init(_ reference: Reference, in vocabulary: Box<Vocabulary>) {
        self.init(
            ValueForm(reference.valueType, reference.encoding), reference.elementFigures(in: vocabulary),
            payloadByteCount: Reference.byteCount, outsideByteCount: reference.allocatedByteCount)
    }

    /// The figures of a record that refers to a list which is no listpack.
    @inline(__always)
    init(quickList table: Box<ListTable>) {
        assert(!table.value.isListpack)
        self.init(
            ValueForm(.list, .quickList),
            ElementFigures(count: table.value.count, longestStep: Int(table.value.longestStep)),
            payloadByteCount: Reference.byteCount, outsideByteCount: table.value.allocatedByteCount)
    }

    @inline(__always)
    private init(_ kind: CellKind, _ bytes: RawSpan, in vocabulary: Box<Vocabulary>) {
        switch kind {
        case .integer, .bytes, .rawBytes, .packed, .packedShort:
            self.init(ValueForm(.string, kind.encoding(of: bytes)), .string, payloadByteCount: bytes.byteCount)
        case .reference:
            self.init(Reference(bytes), in: vocabulary)
        case .compact:
            self.init(
                ValueForm(CompactType(bytes).valueType, kind.encoding(of: bytes)),
                ElementFigures(ofCompact: bytes, in: vocabulary), payloadByteCount: bytes.byteCount)
        }
    }

    /// The figures of compact bytes whose elements are counted already.
    init(compact bytes: RawSpan, _ elements: ElementFigures) {
        self.init(
            ValueForm(CompactType(bytes).valueType, CellKind.compact.encoding(of: bytes)), elements,
            payloadByteCount: bytes.byteCount)
    }

    /// The figures of a record that refers to a value whose elements are counted already.
    init(_ reference: Reference, _ elements: ElementFigures) {
        self.init(
            ValueForm(reference.valueType, reference.encoding), elements,
            payloadByteCount: Reference.byteCount, outsideByteCount: reference.allocatedByteCount)
    }

    @inline(__always)
    private init(integerOf byteCount: Int) {
        self.init(ValueForm(.string, .integer), .string, payloadByteCount: byteCount)
    }

    @inline(__always)
    private init(
        _ form: ValueForm, _ elements: ElementFigures, payloadByteCount: Int, outsideByteCount: Int = 0
    ) {
        self.form = form
        elementCount = elements.count
        longestStep = UInt8(truncatingIfNeeded: elements.longestStep)
        self.payloadByteCount = payloadByteCount
        self.outsideByteCount = outsideByteCount
    }
}

/// How many elements a value has, and the step of the longest.
struct ElementFigures: BitwiseCopyable {
    let count: Int
    let longestStep: Int

    /// Of a value without elements.
    static var none: ElementFigures { ElementFigures(count: 0, longestStep: 0) }

    static var string: ElementFigures {
        @inline(__always) get { ElementFigures(count: 1, longestStep: 0) }
    }

    init(count: Int, longestStep: Int) {
        self.count = count
        self.longestStep = longestStep
    }

    /// The figures of compact bytes. A walk, but for sets of integers.
    init(ofCompact bytes: RawSpan, in vocabulary: Box<Vocabulary>) {
        switch CompactType(bytes) {
        case .hash:
            self = ElementTally(CompactHashReader(bytes), names: vocabulary.value.names).figures ?? .none
        case .set, .list: self = MemberList(bytes).elementFigures
        case .integerSet:
            let set = IntegerSet(bytes)
            let longest = max(decimalByteCount(set.base), decimalByteCount(set.greatest))
            self.init(count: set.count, longestStep: HistogramStep.step(of: longest))
        case .sortedSet:
            let leaf = OrderedLeaf(copying: bytes.extracting(droppingFirst: 1))
            defer { leaf.block.free() }
            self.init(count: leaf.count, longestStep: HistogramStep.step(of: leaf.longestMemberByteCount))
        }
    }
}

extension MemberList {
    /// A walk.
    var elementFigures: ElementFigures {
        var (count, longest) = (0, 0)
        var offset = Self.firstOffset
        while offset < endOffset {
            longest = max(longest, member(at: offset).byteCount)
            count += 1
            offset = self.offset(after: offset)
        }
        return ElementFigures(count: count, longestStep: HistogramStep.step(of: longest))
    }
}

extension Reference {
    /// Constant time for strings and tables, a walk over compact bytes.
    fileprivate func elementFigures(in vocabulary: Box<Vocabulary>) -> ElementFigures {
        switch kind {
        case .bytes, .rawBytes: return .string
        case .compact: return ElementFigures(ofCompact: string.bytes(of: block), in: vocabulary)
        case .table:
            return ElementFigures(count: table.value.count, longestStep: Int(table.value.longestStep))
        case .memberTable:
            return ElementFigures(count: memberTable.value.count, longestStep: Int(memberTable.value.longestStep))
        case .listTable:
            return ElementFigures(count: listTable.value.count, longestStep: Int(listTable.value.longestStep))
        case .sortedSetTable:
            return ElementFigures(
                count: sortedSetTable.value.count, longestStep: Int(sortedSetTable.value.longestStep))
        case .stream:
            return ElementFigures(count: stream.value.count, longestStep: Int(stream.value.longestStep))
        }
    }
}
