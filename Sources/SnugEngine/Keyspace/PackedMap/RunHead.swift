internal import SnugMemory

/// A run where it lies in its pack: what its keys have in common. Valid until the map changes.
///
///     contents  ┌──────────────────────────┬──────────┬───────┬──────┐
///               │ form, 16·template      1 │ template │ parts │ body │
///               └──────────────────────────┴──────────┴───────┴──────┘
///
/// What the head says of the template, and what follows:
///
///     0         the template itself: its byte count (1 byte) and its bytes
///     1 … 13    template number 0 … 12 of the vocabulary
///     14        template number, 2 bytes
///     15        the bits of a block (8 bytes) that holds template and parts, because they are long:
///               the template's byte count and that of both (8 each), and the bytes; no parts follow
///
/// Parts have no byte count of their own: the template says what they are made of.
struct RunHead: BitwiseCopyable {
    private let block: Block
    private let runNumber: UInt32
    private let startOffset: UInt32
    private let endOffset: UInt32
    private let parts: UInt32
    private let templateNumber: Int32
    let form: UInt8

    var pack: Pack { Pack(block: block) }
    /// The run's number in the pack.
    var run: Int { Int(runNumber) }
    var start: Int { Int(startOffset) }
    var end: Int { Int(endOffset) }
    /// The template's number, or nil when it stands in the run or in a block.
    var template: Int? { templateNumber < 0 ? nil : Int(templateNumber) }
    /// Where the template's byte count, its number or the block's bits begin.
    private var templateOffset: Int { Int(startOffset) &+ 1 }
    /// Where the parts begin.
    var partsOffset: Int { Int(parts) }

    /// The most bytes of template and parts that stand in a run.
    static let keyByteCountMax = 512
    static let directTemplateCount = 13
    static let inlineTag: UInt8 = 0
    static let numberedTag: UInt8 = 14
    static let boxedTag: UInt8 = 15

    /// No run, which must not be asked for anything.
    static var none: RunHead {
        @inline(__always) get { RunHead() }
    }

    @inline(__always)
    private init() {
        block = .nowhere
        (runNumber, startOffset, endOffset, parts, templateNumber, form) = (0, 0, 0, 0, -1, 0)
    }

    @inline(__always)
    init(pack: Pack, run: Int) {
        let contents = pack.contents(of: run)
        block = pack.block
        runNumber = UInt32(truncatingIfNeeded: run)
        startOffset = UInt32(truncatingIfNeeded: contents.lowerBound)
        endOffset = UInt32(truncatingIfNeeded: contents.upperBound)
        let head = block.load(UInt8.self, at: contents.lowerBound)
        form = head & 15
        let tag = head &>> 4
        if tag &- 1 < Self.numberedTag &- 1 {
            templateNumber = Int32(tag) &- 1
            parts = startOffset &+ 1
        } else if tag == Self.numberedTag {
            templateNumber = Int32(block.load(UInt16.self, at: contents.lowerBound &+ 1))
            parts = startOffset &+ 3
        } else {
            templateNumber = -1
            parts =
                tag == Self.boxedTag
                ? startOffset &+ 9 : startOffset &+ 2 &+ UInt32(block.load(UInt8.self, at: contents.lowerBound &+ 1))
        }
    }

    private var tag: UInt8 { block.load(UInt8.self, at: start) &>> 4 }
    var isBoxed: Bool { tag == Self.boxedTag }

    /// The block of a long key.
    var box: Block {
        guard let box = Block(bits: block.load(UInt64.self, at: templateOffset)) else {
            preconditionFailure("a long key without a block")
        }
        return box
    }

    /// The template's bytes.
    @inline(__always) @_lifetime(borrow vocabulary)
    func template(in vocabulary: borrowing Vocabulary) -> RawSpan {
        if let template {
            return vocabulary.templates.bytes(of: template)
        }
        if isBoxed { return box.bytes(at: 16, count: Int(box.load(UInt64.self, at: 0)), of: vocabulary) }
        let count = Int(block.load(UInt8.self, at: templateOffset))
        return block.bytes(at: templateOffset + 1, count: count, of: vocabulary)
    }

    /// The number under which the vocabulary keeps the template by now, or nil.
    func templateNumber(in vocabulary: borrowing Vocabulary) -> Int? {
        vocabulary.templates.number(of: template(in: vocabulary))
    }

    /// Writes the shape of the run's keys, as it is shown, behind `text`.
    func appendShape(in vocabulary: borrowing Vocabulary, to text: inout GrowableBytes) {
        appendDisplayedTemplate(template(in: vocabulary), to: &text)
    }

    /// The parts' bytes, and where the body begins.
    @_lifetime(borrow vocabulary)
    func parts(in vocabulary: borrowing Vocabulary) -> RawSpan {
        if isBoxed {
            let templateByteCount = Int(box.load(UInt64.self, at: 0))
            let count = Int(box.load(UInt64.self, at: 8)) - templateByteCount
            return box.bytes(at: 16 + templateByteCount, count: count, of: vocabulary)
        }
        let rest = block.bytes(at: partsOffset, count: end - partsOffset, of: vocabulary)
        let count = partsByteCount(template: template(in: vocabulary), in: rest)
        return block.bytes(at: partsOffset, count: count, of: vocabulary)
    }

    /// The run's body.
    @inline(__always)
    func body(in vocabulary: borrowing Vocabulary) -> RunBody {
        let parts = isBoxed ? 0 : parts(in: vocabulary).byteCount
        return RunBody(block, partsOffset + parts..<end, form: form, expiryWindow: vocabulary.expiryWindow)
    }

    /// The body when the run holds `key`'s run, nil when it is another's.
    @inline(__always)
    func body(of key: borrowing KeyReader, in vocabulary: borrowing Vocabulary) -> RunBody? {
        let bytes = key.bytes
        let partsByteCount = bytes.byteCount &- key.templateByteCount
        guard templateNumber >= 0 else { return bodyOfUnnumbered(key, in: vocabulary) }
        guard vocabulary.templates.bytes(of: Int(templateNumber)).isEqual(to: key.template),
            partsOffset &+ partsByteCount <= end,
            block.bytes(at: partsOffset, count: partsByteCount, of: block).isEqual(to: key.parts)
        else { return nil }
        return RunBody(block, partsOffset &+ partsByteCount..<end, form: form, expiryWindow: vocabulary.expiryWindow)
    }

    private func bodyOfUnnumbered(_ key: borrowing KeyReader, in vocabulary: borrowing Vocabulary) -> RunBody? {
        let bytes = key.bytes
        if isBoxed {
            let box = box
            guard Int(box.load(UInt64.self, at: 0)) == key.templateByteCount,
                Int(box.load(UInt64.self, at: 8)) == bytes.byteCount,
                box.bytes(at: 16, count: bytes.byteCount, of: block).isEqual(to: bytes)
            else { return nil }
            return RunBody(block, partsOffset..<end, form: form, expiryWindow: vocabulary.expiryWindow)
        }
        // Template and parts stand next to each other here as they do there.
        guard Int(block.load(UInt8.self, at: templateOffset)) == key.templateByteCount,
            templateOffset &+ 1 &+ bytes.byteCount <= end,
            block.bytes(at: templateOffset &+ 1, count: bytes.byteCount, of: block).isEqual(to: bytes)
        else { return nil }
        let start = templateOffset &+ 1 &+ bytes.byteCount
        return RunBody(block, start..<end, form: form, expiryWindow: vocabulary.expiryWindow)
    }

    /// The keyed hash by which the run is found.
    func hash(in vocabulary: borrowing Vocabulary) -> UInt64 {
        hashOfRun(template: template(in: vocabulary), parts: parts(in: vocabulary), hasher: vocabulary.hasher)
    }

    /// Writes the key of an index behind `text`.
    func appendKey(index: Int, in vocabulary: borrowing Vocabulary, to text: inout GrowableBytes) {
        SnugEngine.appendKey(
            template: template(in: vocabulary), parts: parts(in: vocabulary), index: index, to: &text)
    }
}

extension Block {
    /// Changes the form in the first byte of a run's contents.
    func storeForm(_ form: UInt8, at contentsStart: Int) {
        store(load(UInt8.self, at: contentsStart) & 0xf0 | form, at: contentsStart)
    }
}

/// What a new run has before its body.
struct RunPrefix: BitwiseCopyable {
    /// The template's number; it is in use once more by this run.
    let template: Int?
    /// Whether template and parts go into a block of their own.
    let isBoxed: Bool
    let byteCount: Int

    init(_ key: borrowing KeyReader, vocabulary: Box<Vocabulary>) {
        let keyByteCount = key.bytes.byteCount
        isBoxed = keyByteCount > RunHead.keyByteCountMax || key.templateByteCount > Int(UInt8.max)
        template = isBoxed ? nil : vocabulary.value.templates.use(key.template)
        if let template {
            byteCount = (template < RunHead.directTemplateCount ? 1 : 3) + keyByteCount - key.templateByteCount
        } else {
            byteCount = isBoxed ? 9 : 2 + keyByteCount
        }
    }

    /// Writes the prefix; returns what the allocator set aside for a block of its own, 0 without one.
    func write(_ form: UInt8, _ key: borrowing KeyReader, to block: Block, at offset: Int) -> Int {
        if let template {
            if template < RunHead.directTemplateCount {
                block.store(form | UInt8(template + 1) << 4, at: offset)
                block.store(key.parts, at: offset + 1)
            } else {
                block.store(form | RunHead.numberedTag << 4, at: offset)
                block.store(UInt16(template), at: offset + 1)
                block.store(key.parts, at: offset + 3)
            }
            return 0
        }
        guard isBoxed else {
            block.store(form | RunHead.inlineTag << 4, at: offset)
            block.store(UInt8(key.templateByteCount), at: offset + 1)
            block.store(key.bytes, at: offset + 2)
            return 0
        }
        let keyByteCount = key.bytes.byteCount
        let box = Block.allocate(byteCount: 16 + keyByteCount)
        box.store(UInt64(key.templateByteCount), at: 0)
        box.store(UInt64(keyByteCount), at: 8)
        box.store(key.bytes, at: 16)
        block.store(form | RunHead.boxedTag << 4, at: offset)
        block.store(box.bits, at: offset + 1)
        return box.allocatedByteCount
    }
}
