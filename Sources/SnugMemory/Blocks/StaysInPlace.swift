/// A field of no bytes that keeps the compiler from copying the value that has it: it is passed by its address.
///
/// Values that cannot be copied are borrowed, but as long as all of their fields would fit into registers the compiler
/// may load them all, and puts what does not fit onto the stack: hundreds of bytes for a call that looks at eight.
@_rawLayout(size: 0, alignment: 1)
public struct StaysInPlace: ~Copyable {
    @inlinable
    public init() {}
}
