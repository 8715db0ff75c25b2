internal import SnugMemory

/// How much a node of a list takes: what the directive `list-max-listpack-size` says.
package struct ListNodeLimit: Sendable, Equatable {
    /// Most bytes of a node's listpack.
    var byteCountMax: Int
    /// Most elements of a node.
    var countMax: Int

    init(byteCountMax: Int, countMax: Int = .max) {
        self.byteCountMax = byteCountMax
        self.countMax = countMax
    }

    /// From -1 to -5: nodes of at most 4, 8, 16, 32 or 64 KB; what is below counts as -5. From 0 on: that many
    /// elements, at least one and at most 32,768, in at most 8 KB, as in Redis 7.0.
    package init(listMaxListpackSize value: Int) {
        if value < 0 {
            self.init(byteCountMax: 2048 << min(5, value == .min ? 5 : -value))
        } else {
            self.init(byteCountMax: 8192, countMax: max(1, min(value, 32_768)))
        }
    }

    /// Whether elements are limited, and not only bytes.
    var countsElements: Bool { countMax != .max }

    /// Whether a listpack of `count` elements in `byteCount` bytes, header and end included, is within the limit.
    @inline(__always)
    func allows(count: Int, byteCount: Int) -> Bool { byteCount <= byteCountMax && count <= countMax }

    /// Whether an element is too large for any listpack, and has a node of its own.
    func isPlain(_ elements: borrowing ListpackElements) -> Bool {
        elements.byteCount > byteCountMax - ListpackLayout.emptyByteCount
    }
}
