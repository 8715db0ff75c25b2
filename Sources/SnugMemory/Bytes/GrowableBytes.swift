public import Glibc

/// A byte buffer with one owner that grows as bytes are appended: replies, unfinished requests, listpacks being built.
///
/// Invariants:
/// - I1: `0 <= used <= room`; the first `used` bytes are initialised.
/// - I2: `base` is nil exactly when `room` is 0, and then nothing is allocated.
///
/// Growth doubles, so appending costs amortised constant time. A request beyond the address space stops the process:
/// callers bound every length that comes from outside before they append.
@safe
public struct GrowableBytes: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer?
    @usableFromInline var used: Int
    @usableFromInline var room: Int

    /// How many bytes are in use.
    @inlinable
    public var count: Int { used }
    /// How many bytes fit before the next allocation.
    @inlinable
    public var capacity: Int { room }

    /// An empty buffer. Allocates only when `capacity` is above 0.
    public init(capacity: Int = 0) {
        // SAFETY: I2.
        unsafe base = nil
        used = 0
        room = 0
        if capacity > 0 { grow(to: capacity) }
    }

    deinit {
        // SAFETY: this value is the sole owner of `base`.
        unsafe free(base)
    }

    /// The bytes in use, borrowed.
    @inlinable
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: I1; nothing can change or free the buffer while it is borrowed.
            let span = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(base ?? emptyBase), byteCount: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// Makes room for `additional` bytes more. Afterwards that many appends allocate nothing.
    @inlinable
    public mutating func reserve(_ additional: Int) {
        if capacity - count < additional { growForAppending(additional) }
    }

    @inlinable
    public mutating func append(_ byte: UInt8) {
        reserve(1)
        // SAFETY: `reserve` made I1 leave room for one byte.
        unsafe base.unsafelyUnwrapped.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        used &+= 1
    }

    @inlinable
    public mutating func append(_ span: RawSpan) {
        let added = span.byteCount
        if added == 0 { return }
        reserve(added)
        unsafe span.withUnsafeBytes { source in
            // SAFETY: `reserve` left room for `added` bytes; the span cannot lie inside our free space.
            _ = unsafe memcpy(base.unsafelyUnwrapped + count, source.baseAddress.unsafelyUnwrapped, added)
        }
        used &+= added
    }

    @inlinable
    public mutating func append(_ text: StaticString) {
        let added = text.utf8CodeUnitCount
        reserve(added)
        if added == 0 { return }
        // SAFETY: as in `append(_: RawSpan)`; the literal has `added` bytes.
        _ = unsafe memcpy(base.unsafelyUnwrapped + count, text.utf8Start, added)
        used &+= added
    }

    /// Appends the UTF-8 bytes of `text`. Disfavoured, so that a literal is a `StaticString`, which is only copied.
    @_disfavoredOverload
    public mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(unsafe $0.span.bytes) }
    }

    /// Appends an integer or other trivial value in the machine's byte order.
    @inlinable
    public mutating func append<Value: BitwiseCopyable & FixedWidthInteger>(bytesOf value: Value) {
        reserve(MemoryLayout<Value>.size)
        // SAFETY: `reserve` left room for the value.
        unsafe base.unsafelyUnwrapped.storeBytes(of: value, toByteOffset: count, as: Value.self)
        used &+= MemoryLayout<Value>.size
    }

    /// Appends `value` in decimal. At most 20 bytes.
    @inlinable
    public mutating func append(decimal value: Int64) {
        if value >= 0 && value <= 9 { return append(UInt8(truncatingIfNeeded: 48 &+ value)) }
        reserve(20)
        var magnitude = value.magnitude
        let added = decimalByteCount(value)
        let start = unsafe base.unsafelyUnwrapped + count
        var place = added
        // SAFETY: `reserve` left room for the longest integer, and `added` bytes are written from their end on.
        while magnitude >= 100 {
            let (quotient, pair) = magnitude.quotientAndRemainder(dividingBy: 100)
            place &-= 2
            unsafe start.storeBytes(of: digitPair(pair), toByteOffset: place, as: UInt16.self)
            magnitude = quotient
        }
        if magnitude >= 10 {
            place &-= 2
            unsafe start.storeBytes(of: digitPair(magnitude), toByteOffset: place, as: UInt16.self)
        } else {
            place &-= 1
            unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: 48 &+ magnitude), toByteOffset: place, as: UInt8.self)
        }
        if value < 0 { unsafe start.storeBytes(of: 45, toByteOffset: 0, as: UInt8.self) }
        used &+= added
    }

    /// Appends `count` bytes of value `byte`.
    public mutating func append(repeating byte: UInt8, count added: Int) {
        if added <= 0 { return }
        reserve(added)
        // SAFETY: `reserve` left room for `added` bytes.
        _ = unsafe memset(base.unsafelyUnwrapped + count, Int32(byte), added)
        used &+= added
    }

    /// Replaces the bytes `offset ..< offset + removed` by `inserted`, moving what follows. The only primitive that
    /// changes bytes in the middle; costs a move of the bytes behind the place.
    public mutating func replace(at offset: Int, removing removed: Int, with inserted: RawSpan) {
        precondition(offset >= 0 && removed >= 0 && offset <= count - removed, "replacement outside the buffer")
        let added = inserted.byteCount
        if added > removed { reserve(added - removed) }
        let tail = count - offset - removed
        guard let base = unsafe base else { return }
        // SAFETY: the precondition and `reserve` keep both places inside the capacity.
        if added != removed { _ = unsafe memmove(base + offset + added, base + offset + removed, tail) }
        if added > 0 {
            unsafe inserted.withUnsafeBytes {
                _ = unsafe memcpy(base + offset, $0.baseAddress.unsafelyUnwrapped, added)
            }
        }
        used += added - removed
    }

    /// Overwrites the byte at `offset`, which must be in use.
    @inlinable
    public mutating func set(_ byte: UInt8, at offset: Int) {
        precondition(offset >= 0 && offset < count, "byte offset outside the buffer")
        // SAFETY: the precondition.
        unsafe base.unsafelyUnwrapped.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
    }

    /// Forgets everything behind the first `newCount` bytes. The capacity stays.
    @inlinable
    public mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "truncation outside the buffer")
        used = newCount
    }

    /// Forgets the first `removed` bytes and moves the others to the front.
    public mutating func removeFirst(_ removed: Int) {
        precondition(removed >= 0 && removed <= count, "removal outside the buffer")
        guard removed > 0, let base = unsafe base else { return }
        // SAFETY: both places lie inside the bytes in use.
        _ = unsafe memmove(base, base + removed, count - removed)
        used -= removed
    }

    /// Forgets all bytes; gives the memory back when more than `limit` bytes are held.
    public mutating func removeAll(keepingAtMost limit: Int) {
        used = 0
        guard capacity > limit else { return }
        // SAFETY: sole owner; I2 is restored in the next lines.
        unsafe free(base)
        unsafe base = nil
        room = 0
    }

    @inline(never)
    public mutating func growForAppending(_ additional: Int) {
        let (needed, overflow) = count.addingReportingOverflow(additional)
        precondition(!overflow, "a buffer beyond the address space")
        grow(to: max(needed, capacity + capacity, 64))
    }

    private mutating func grow(to newCapacity: Int) {
        // SAFETY: `base` is nil or came from this function; on failure the process stops before anything is lost.
        guard let grown = unsafe realloc(base, newCapacity) else { fatalError("out of memory: \(newCapacity) bytes") }
        unsafe base = grown
        room = newCapacity
    }
}

/// A valid address for spans of no bytes.
nonisolated(unsafe) public let emptyBase: UnsafeMutableRawPointer =
    .allocate(byteCount: 8, alignment: 8)
