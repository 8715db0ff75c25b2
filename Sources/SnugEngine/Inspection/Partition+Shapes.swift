package import SnugMemory

/// What the keys of one shape cost, in all databases together.
package struct ShapeFigures: Sendable, Equatable {
    /// The template's number; nil for all keys together whose template is not kept.
    package let template: Int?
    package let keys: Int
    /// Bytes of the keys' runs, and what the allocator set aside for them outside of packs. What packs have in reserve
    /// belongs to no shape.
    package let bytes: Int
    /// How many of the keys have an expiry.
    package let expiring: Int

    init(template: Int?, _ count: ShapeCounts.Count) {
        self.template = template
        keys = count.keys
        bytes = count.bytes
        expiring = count.expiring
    }

    package var bytesPerKey: Double { keys == 0 ? 0 : Double(bytes) / Double(keys) }
}

/// What shapes of key there are. Counted as data change, so that asking costs a step for each template and not for each
/// key.
extension Partition {
    package enum ShapeOrder: Sendable { case keys, bytes }

    /// The shapes that have most keys or bytes, the largest first, at most `limit`; behind them, beyond the limit, the
    /// keys whose template is not kept, when there are any. Shapes that are equal in that come by number.
    package func largestShapes(by order: ShapeOrder, atMost limit: Int) -> [ShapeFigures] {
        let counts = vocabulary.value.shapes
        var found: [ShapeFigures] = []
        for (template, count) in counts.numbered.enumerated() where count.keys > 0 {
            found.append(ShapeFigures(template: template, count))
        }
        found.sort { first, second in
            let (left, right) = order == .keys ? (first.keys, second.keys) : (first.bytes, second.bytes)
            return left != right ? left > right : (first.template ?? 0) < (second.template ?? 0)
        }
        if found.count > limit { found.removeSubrange(max(limit, 0)...) }
        if counts.others.keys > 0 { found.append(ShapeFigures(template: nil, counts.others)) }
        return found
    }

    /// Writes a shape as people write it behind `text`. Every template has a token, and so one of `#`, `*`, `<uuid>`
    /// and `<hex…>` in its name; the name of those that are not kept has none.
    package func appendName(of shape: ShapeFigures, to text: inout GrowableBytes) {
        appendName(ofTemplate: shape.template, to: &text)
    }

    func appendName(ofTemplate template: Int?, to text: inout GrowableBytes) {
        guard let template else {
            text.append("<other>")
            return
        }
        appendDisplayedTemplate(vocabulary.value.templates.bytes(of: template), to: &text)
    }
}
