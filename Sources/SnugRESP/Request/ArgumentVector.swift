/// Where one argument lies in the bytes of its request.
public struct ArgumentSlot: BitwiseCopyable, Sendable {
    public var offset: Int
    public var byteCount: Int

    @inlinable
    public init(offset: Int, byteCount: Int) {
        self.offset = offset
        self.byteCount = byteCount
    }
}

/// The arguments of one command, the command's name first: views into bytes that somebody else holds. Two words and a
/// word; made without allocating. Public, so that commands read them without a call (docs/decisions/0003).
public struct Arguments: ~Escapable {
    @usableFromInline let base: RawSpan
    @usableFromInline let slots: Span<ArgumentSlot>

    @inlinable @_lifetime(copy base, copy slots)
    public init(base: RawSpan, slots: Span<ArgumentSlot>) {
        self.base = base
        self.slots = slots
    }

    /// How many arguments there are, the command's name included.
    @inlinable
    public var count: Int { slots.count }

    /// The argument at `index`, which must be in `0..<count`.
    @inlinable
    public subscript(_ index: Int) -> RawSpan {
        @_lifetime(copy self)
        get {
            let slot = slots[index]
            return base.extracting(slot.offset..<slot.offset &+ slot.byteCount)
        }
    }

    /// The arguments from `first` on.
    @_lifetime(copy self)
    package func dropping(first count: Int) -> Arguments {
        Arguments(base: base, slots: slots.extracting(droppingFirst: count))
    }

    /// Bytes of all arguments together.
    package var byteCount: Int {
        var total = 0
        for index in 0..<count { total += slots[index].byteCount }
        return total
    }
}
