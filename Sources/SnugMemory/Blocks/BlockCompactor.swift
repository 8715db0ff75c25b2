internal import CSnug

/// Moves blocks to where the allocator's pages are fuller, so that emptier ones become empty and go back to the system.
/// The allocator fills pages of one size in an order of its own; places that are no better than a block's own are kept
/// back until the compactor goes, so that others get their turn.
public struct BlockCompactor: ~Copyable {
    private var held = InlineArray<128, UInt64>(repeating: 0)
    private var heldCount = 0
    /// Blocks that have been looked at, and moved.
    public private(set) var examined = 0
    public private(set) var moved = 0

    public init() {}

    deinit {
        for index in 0..<heldCount { free(held[index]) }
    }

    /// The first `used` bytes of a block in fuller pages, or nil when it stays where it is. After a move the handle
    /// passed in is spent.
    public mutating func move(_ block: Block, used: Int) -> Block? {
        examined += 1
        // SAFETY: as in `Block.allocate`; the two kinds of allocation differ in the caches they pass alone.
        guard let address = unsafe snug_allocate_densely(block.allocatedByteCount) else { return nil }
        let other = unsafe Block(address: address)
        // SAFETY: both addresses are those of live blocks; only the allocator's records are read.
        if unsafe snug_lies_denser(other.address, block.address) {
            other.store(block.bytes(at: 0, count: used, of: block), at: 0)
            free(block.bits)
            moved += 1
            return other
        }
        if heldCount < 128 {
            held[heldCount] = other.bits
            heldCount += 1
        } else {
            free(other.bits)
        }
        return nil
    }

    private func free(_ bits: UInt64) {
        // SAFETY: the bits of a block that this type has allocated or that its owner has given up.
        unsafe snug_free_densely(UnsafeMutableRawPointer(bitPattern: UInt(bits)))
    }
}
