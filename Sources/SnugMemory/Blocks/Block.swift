public import CSnug
public import Glibc

/// A handle to one allocated block. It owns nothing by itself: the structure that allocated it frees it exactly once,
/// and a handle that is kept across calls is kept by that structure alone.
///
/// Offsets are trusted in release builds, because the structures that use blocks compute them from fields which they
/// wrote themselves; debug builds check each access against the allocation.
@safe
public struct Block: BitwiseCopyable {
    public let address: UnsafeMutableRawPointer

    @inlinable
    public init(address: UnsafeMutableRawPointer) {
        // SAFETY: only stored; the type's contract binds whoever uses it.
        unsafe self.address = unsafe address
    }

    /// The block whose `bits` these are, or nil for 0. The caller must have got them from `bits` of a live block.
    @inlinable
    public init?(bits: UInt64) {
        // SAFETY: stated above; `bits` are never read from outside the process.
        guard let pointer = unsafe UnsafeMutableRawPointer(bitPattern: UInt(bits)) else { return nil }
        unsafe self.init(address: pointer)
    }

    /// A handle to no block, where one is wanted that is never used.
    @inlinable
    public static var nowhere: Block {
        // SAFETY: the address is not null, and nobody reads or frees what it says.
        unsafe Block(address: UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped)
    }

    /// A new block of at least `byteCount` bytes, not initialised.
    @inlinable
    public static func allocate(byteCount: Int) -> Block {
        guard let address = unsafe malloc(byteCount) else { outOfMemory(byteCount) }
        return unsafe Block(address: address)
    }

    /// A new block of at least `byteCount` bytes, the first `byteCount` of them zero. Of a large one the system makes a
    /// page of memory only when it is first written.
    @inlinable
    public static func allocateZeroed(byteCount: Int) -> Block {
        // SAFETY: as in `allocate`, the memory belongs to the handle.
        guard let address = unsafe calloc(byteCount, 1) else { outOfMemory(byteCount) }
        return unsafe Block(address: address)
    }

    /// The same bytes in a block of at least `byteCount` bytes; this handle is spent.
    @inlinable
    public func resized(to byteCount: Int) -> Block {
        // SAFETY: the address came from `malloc` or `realloc`, by the type's contract, and is not used again.
        guard let moved = unsafe realloc(address, byteCount) else { outOfMemory(byteCount) }
        return unsafe Block(address: moved)
    }

    /// Gives the memory back; the handle is spent.
    @inlinable
    public func free() {
        // SAFETY: as in `resized`.
        unsafe Glibc.free(address)
    }

    /// A number that stands for the block, never 0.
    // SAFETY: the pointer's number is taken, its memory is not touched.
    @inlinable
    public var bits: UInt64 { UInt64(UInt(bitPattern: unsafe address)) }

    /// What the allocator really set aside.
    // SAFETY: the address came from `malloc` or `realloc`, by the type's contract.
    @inlinable
    public var allocatedByteCount: Int { unsafe malloc_usable_size(address) }

    @inlinable
    public func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        assert(offset >= 0 && offset + MemoryLayout<Value>.size <= allocatedByteCount)
        // SAFETY: the type's contract.
        return unsafe address.loadUnaligned(fromByteOffset: offset, as: Value.self)
    }

    @inlinable
    public func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int) {
        assert(offset >= 0 && offset + MemoryLayout<Value>.size <= allocatedByteCount)
        // SAFETY: the type's contract.
        unsafe address.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }

    /// Brings the bytes around `offset`, which may lie behind the block, into the processor's caches.
    @inlinable @inline(__always)
    public func prefetch(at offset: Int) {
        // SAFETY: a hint, which reads nothing that the program could see and cannot fault.
        unsafe snug_prefetch(UnsafeRawPointer(address) + offset)
    }

    /// Copies `bytes`, which may overlap the place, to `offset`.
    @inlinable
    public func store(_ bytes: RawSpan, at offset: Int) {
        assert(offset >= 0 && offset + bytes.byteCount <= allocatedByteCount)
        if bytes.byteCount == 0 { return }
        unsafe bytes.withUnsafeBytes { source in
            // SAFETY: the type's contract.
            _ = unsafe memmove(address + offset, source.baseAddress.unsafelyUnwrapped, source.count)
        }
    }

    /// Moves `byteCount` bytes inside the block.
    @inlinable
    public func move(from source: Int, to destination: Int, byteCount: Int) {
        assert(max(source, destination) + byteCount <= allocatedByteCount)
        // SAFETY: the type's contract.
        _ = unsafe memmove(address + destination, address + source, byteCount)
    }

    /// Sets `byteCount` bytes to `byte`.
    @inlinable
    public func fill(_ byte: UInt8, at offset: Int, byteCount: Int) {
        assert(offset + byteCount <= allocatedByteCount)
        // SAFETY: the type's contract.
        _ = unsafe memset(address + offset, Int32(byte), byteCount)
    }

    /// The place of the first byte equal to `byte` among the `count` bytes from `offset` on, looking from `start`; -1
    /// when there is none. The block must have 15 bytes more. Sixteen bytes a step.
    @inlinable @inline(__always)
    public func firstIndex(of byte: UInt8, at offset: Int, from start: Int, count: Int) -> Int {
        assert(offset >= 0 && offset + count + 15 <= allocatedByteCount)
        // SAFETY: the assertion holds by the caller's promise; the call reads no further.
        return unsafe snug_find_byte(
            UnsafePointer(address.assumingMemoryBound(to: UInt8.self) + offset), start, count, byte)
    }

    /// The sum of `count` bytes from `offset` on; -1 when one of them is 255. The block must have 15 bytes more.
    /// Sixteen bytes a step.
    @inlinable @inline(__always)
    public func sumOfBytes(at offset: Int, count: Int) -> Int {
        assert(offset >= 0 && offset + count + 15 <= allocatedByteCount)
        // SAFETY: as above.
        return unsafe snug_sum_bytes(UnsafePointer(address.assumingMemoryBound(to: UInt8.self) + offset), count)
    }

    /// `byteCount` bytes of the block, borrowed from the structure that owns it.
    @inlinable @_lifetime(borrow owner)
    public func bytes<Owner: ~Copyable & ~Escapable>(
        at offset: Int, count byteCount: Int, of owner: borrowing Owner
    ) -> RawSpan {
        assert(offset >= 0 && offset + byteCount <= allocatedByteCount)
        // SAFETY: the owner keeps the block alive and unchanged while it is borrowed.
        let span = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(address + offset), byteCount: byteCount)
        return unsafe _overrideLifetime(span, borrowing: owner)
    }
}

@inline(never)
public func outOfMemory(_ byteCount: Int) -> Never {
    fatalError("out of memory: \(byteCount) bytes")
}
