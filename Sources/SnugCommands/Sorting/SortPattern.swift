internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// A word behind BY or GET: the name of a key in which an asterisk stands for an element, `weight_*`, or of a field of
/// a hash, `object_*->field`. Knows places in the word, not the word.
struct SortPattern: BitwiseCopyable {
    /// Which of the request's words it is.
    let index: Int
    /// Whether it is `#`, the element itself.
    let isElement: Bool
    /// Where the asterisk is; nil for the same key whatever the element is.
    let star: Int?
    /// Where the name of the field begins, behind the arrow.
    private let field: Int?

    init(_ word: RawSpan, at index: Int) {
        self.index = index
        isElement = word.byteCount == 1 && word[0] == UInt8(ascii: "#")
        // Redis reads the word as a C string.
        let end = (0..<word.byteCount).first { word[$0] == 0 } ?? word.byteCount
        let star = (0..<end).first { word[$0] == UInt8(ascii: "*") }
        self.star = star
        guard let star, star + 3 < end else {
            field = nil
            return
        }
        let arrow = (star + 1..<end - 1).first {
            word[$0] == UInt8(ascii: "-") && word[$0 + 1] == UInt8(ascii: ">")
        }
        field = arrow.flatMap { $0 + 2 < end ? $0 + 2 : nil }
    }

    /// Calls `body` with what the pattern leads to for an element, or nil when there is no such string or field. `key`
    /// is room for a key. The value is good until `body` returns.
    func withValue<Result>(
        of element: RawSpan, _ arguments: borrowing Arguments, _ partition: inout Partition,
        _ key: inout GrowableBytes, _ body: (StringValue?) -> Result
    ) -> Result {
        if isElement { return body(.bytes(element)) }
        guard let star else { return body(nil) }
        let word = arguments[index]
        let end = field.map { $0 - 2 } ?? word.byteCount
        key.truncate(to: 0)
        key.append(word.slice(from: 0, count: star))
        key.append(element)
        key.append(word.slice(from: star + 1, count: end - star - 1))
        do {
            guard let field else { return body(try partition.string(key.bytes)) }
            return body(try partition.hashValue(key.bytes, word.extracting(droppingFirst: field)))
        } catch { return body(nil) }
    }
}
