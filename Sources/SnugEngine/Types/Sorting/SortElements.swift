internal import SnugMemory

/// Elements that SORT puts in order, with what each is ordered by: its own text, a number, or another text. All bytes
/// lie in one buffer.
package struct SortElements: ~Copyable {
    private struct Element {
        let text: Range<Int>
        var number = 0.0
        /// Nil when there is none; such an element stands first.
        var weight: Range<Int>?
    }

    /// What elements are ordered by.
    package enum Key: Sendable {
        /// Their numbers; equal ones by their bytes.
        case number
        /// Their bytes.
        case text
        /// The bytes of their weights.
        case weight
    }

    private var bytes = GrowableBytes()
    private var elements: [Element] = []

    package init() {}

    package var count: Int { elements.count }

    package mutating func append(_ element: RawSpan) { elements.append(Element(text: add(element))) }

    /// The bytes of element number `index`.
    package subscript(_ index: Int) -> RawSpan {
        @_lifetime(borrow self)
        get { span(elements[index].text) }
    }

    package mutating func setNumber(_ number: Double, of index: Int) { elements[index].number = number }

    package mutating func setWeight(_ weight: RawSpan, of index: Int) { elements[index].weight = add(weight) }

    private mutating func add(_ text: RawSpan) -> Range<Int> {
        let start = bytes.count
        bytes.append(text)
        return start..<bytes.count
    }

    @_lifetime(borrow self)
    private func span(_ range: Range<Int>) -> RawSpan { bytes.bytes.slice(from: range.lowerBound, count: range.count) }

    // MARK: Order

    /// Puts the elements in order.
    package mutating func sort(by key: Key, descending: Bool) {
        var sorted = elements
        elements = []
        sorted.sort { left, right in
            let order = order(left, right, by: key)
            return descending ? order > 0 : order < 0
        }
        elements = sorted
    }

    /// Below, at or above 0 when `left` stands before, at or behind `right`.
    private func order(_ left: Element, _ right: Element, by key: Key) -> Int {
        switch key {
        case .number where left.number != right.number: left.number < right.number ? -1 : 1
        case .number, .text: span(left.text).order(comparedTo: span(right.text))
        case .weight: weightOrder(left.weight, right.weight)
        }
    }

    private func weightOrder(_ left: Range<Int>?, _ right: Range<Int>?) -> Int {
        guard let left else { return right == nil ? 0 : -1 }
        guard let right else { return 1 }
        return span(left).order(comparedTo: span(right))
    }
}
