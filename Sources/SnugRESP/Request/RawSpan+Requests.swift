internal import SnugMemory

/// The parts of a command as clients write nearly all of them, where they are there as a whole. Nil for anything else,
/// which is not to say that it is wrong.
extension RawSpan {
    /// How many words the array that begins at `offset` has, at least one, and where the first of them begins.
    @inline(__always)
    func commonArrayHeader(at offset: Int) -> (count: Int, end: Int)? {
        guard offset < byteCount, self[offset] == UInt8(ascii: "*"), let line = shortDecimalLine(at: offset &+ 1),
            line.value > 0
        else { return nil }
        return (line.value, line.end)
    }

    /// Where the bytes of the bulk string that begins at `offset` lie; two more end it.
    @inline(__always)
    func commonArgument(at offset: Int) -> ArgumentSlot? {
        guard offset < byteCount, self[offset] == UInt8(ascii: "$"), let line = shortDecimalLine(at: offset &+ 1),
            line.value &+ 2 <= byteCount &- line.end
        else { return nil }
        return ArgumentSlot(offset: line.end, byteCount: line.value)
    }
}
