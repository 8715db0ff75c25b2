package import SnugMemory

/// One record of an `EntryTable`: a key and what is stored under it, in one block.
///
///     offset  0       8       12         16           20     21      24
///             ┌───────┬───────┬──────────┬────────────┬──────┬───────┬────────────┬─────┬─────────┐
///             │ next  │ hash  │ key      │ payload    │ tag  │ access│ expiry     │ key │ payload │
///             │ 8     │ 4     │ count 4  │ count 4    │ 1    │ 3     │ 8, or none │     │         │
///             └───────┴───────┴──────────┴────────────┴──────┴───────┴────────────┴─────┴─────────┘
///
/// `next` is the following entry of the same bucket, 0 at the end. `hash` is the low half of the keyed hash, enough to
/// split and merge buckets without reading keys. `tag` holds the payload's kind in its low bits and whether an expiry
/// is there in the highest. `access` is the LRU clock or the LFU counter (`AccessClock`).
///
/// Invariants:
/// - I1: the expiry's eight bytes exist exactly when the tag's highest bit is set.
/// - I2: a payload of kind `integer`, `listpack` or `hashTable` has eight bytes: the integer, or the bits of a `Block`
///   or `Box` that this entry alone refers to.
package struct Entry: BitwiseCopyable {
    package let block: Block

    package init(block: Block) {
        self.block = block
    }

    static let headerByteCount = 24

    package enum Kind: UInt8 {
        /// Bytes as SET stored them.
        case bytes = 0
        /// Bytes that a command changed in place; `OBJECT ENCODING` says `raw` whatever their length.
        case rawBytes = 1
        /// An `Int64`.
        case integer = 2
        /// A hash in one block of listpack bytes.
        case listpack = 3
        /// A hash in an `EntryTable` of its own.
        case hashTable = 4
    }

    static let expiryBit: UInt8 = 0x80

    var next: UInt64 {
        get { block.load(UInt64.self, at: 0) }
        nonmutating set { block.store(newValue, at: 0) }
    }

    var hash: UInt32 { block.load(UInt32.self, at: 8) }

    package var keyByteCount: Int { Int(block.load(UInt32.self, at: 12)) }

    package internal(set) var payloadByteCount: Int {
        get { Int(block.load(UInt32.self, at: 16)) }
        nonmutating set { block.store(UInt32(newValue), at: 16) }
    }

    private var tag: UInt8 {
        get { block.load(UInt8.self, at: 20) }
        nonmutating set { block.store(newValue, at: 20) }
    }

    package internal(set) var kind: Kind {
        get {
            guard let kind = Kind(rawValue: tag & ~Self.expiryBit) else { preconditionFailure("entry of no kind") }
            return kind
        }
        nonmutating set { tag = tag & Self.expiryBit | newValue.rawValue }
    }

    /// The 24 bits of access data.
    package internal(set) var access: UInt32 {
        get { block.load(UInt32.self, at: 20) >> 8 }
        nonmutating set { block.store(newValue << 8 | UInt32(tag), at: 20) }
    }

    package var hasExpiry: Bool { tag & Self.expiryBit != 0 }

    /// When the entry expires, in milliseconds since 1970, or nil.
    package var expiry: Int64? {
        hasExpiry ? block.load(Int64.self, at: Self.headerByteCount) : nil
    }

    var keyOffset: Int { hasExpiry ? Self.headerByteCount + 8 : Self.headerByteCount }
    var payloadOffset: Int { keyOffset + keyByteCount }
    var byteCount: Int { payloadOffset + payloadByteCount }

    /// The eight payload bytes of an integer, a block or a box.
    var word: UInt64 {
        get { block.load(UInt64.self, at: payloadOffset) }
        nonmutating set { block.store(newValue, at: payloadOffset) }
    }

    @_lifetime(borrow owner)
    package func key<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: keyOffset, count: keyByteCount, of: owner)
    }

    @_lifetime(borrow owner)
    func payload<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> RawSpan {
        block.bytes(at: payloadOffset, count: payloadByteCount, of: owner)
    }

    /// A string's value. The entry's kind must be one of the first three.
    @_lifetime(borrow owner)
    package func string<Owner: ~Copyable & ~Escapable>(of owner: borrowing Owner) -> StringValue {
        kind == .integer ? .integer(Int64(bitPattern: word)) : .bytes(payload(of: owner))
    }

    /// Whether the key's bytes are `bytes`.
    func hasKey(_ bytes: RawSpan) -> Bool {
        bytes.byteCount == keyByteCount && key(of: block).isEqual(to: bytes)
    }

    /// Writes the header of a new entry. The expiry's place, if any, and the key follow.
    static func initialize(_ block: Block, hash: UInt32, key: RawSpan, kind: Kind, payloadByteCount: Int) -> Entry {
        let entry = Entry(block: block)
        block.store(UInt64(0), at: 0)
        block.store(hash, at: 8)
        block.store(UInt32(key.byteCount), at: 12)
        block.store(UInt32(payloadByteCount), at: 16)
        block.store(UInt32(kind.rawValue), at: 20)
        block.store(key, at: headerByteCount)
        return entry
    }

    /// Adds or takes away the expiry's place in a block that is large enough for both.
    func setExpiryPlace(present: Bool) {
        guard present != hasExpiry else { return }
        let count = keyByteCount + payloadByteCount
        let bare = Self.headerByteCount
        if present {
            block.move(from: bare, to: bare + 8, byteCount: count)
            tag |= Self.expiryBit
        } else {
            block.move(from: bare + 8, to: bare, byteCount: count)
            tag &= ~Self.expiryBit
        }
    }

    func storeExpiry(_ milliseconds: Int64) {
        block.store(milliseconds, at: Self.headerByteCount)
    }
}
