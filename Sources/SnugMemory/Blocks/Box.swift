/// A handle to one value in a block of its own, for structures that hold others by a word. Like `Block` it owns nothing
/// by itself: whoever made it calls `destroy` exactly once.
@safe
public struct Box<Value: ~Copyable>: BitwiseCopyable {
    public let address: UnsafeMutablePointer<Value>

    /// Moves `value` into a block of its own.
    @inlinable
    public init(_ value: consuming Value) {
        // SAFETY: memory for one value, which is initialised before anybody else sees it.
        unsafe address = .allocate(capacity: 1)
        unsafe address.initialize(to: value)
    }

    /// The box whose `bits` these are; they must come from `bits` of a live box of the same type.
    @inlinable
    public init(bits: UInt64) {
        // SAFETY: stated above; `bits` are never read from outside the process.
        guard let pointer = unsafe UnsafeMutablePointer<Value>(bitPattern: UInt(bits)) else {
            preconditionFailure("a box without an address")
        }
        unsafe address = unsafe pointer
    }

    @inlinable
    public var bits: UInt64 { UInt64(UInt(bitPattern: unsafe address)) }

    /// Ends the value's life and gives its block back; the handle is spent.
    @inlinable
    public func destroy() {
        // SAFETY: the type's contract: called once, for a value that is initialised.
        unsafe address.deinitialize(count: 1)
        unsafe address.deallocate()
    }

    @inlinable
    public var value: Value {
        unsafeAddress { unsafe UnsafePointer(address) }
        nonmutating unsafeMutableAddress { unsafe address }
    }

    /// Bytes that the allocator sets aside for one box, found out by asking for one. Who needs it often keeps it.
    public static func probedByteCount() -> Int {
        let probe = Block.allocate(byteCount: MemoryLayout<Value>.stride)
        defer { probe.free() }
        return probe.allocatedByteCount
    }
}
