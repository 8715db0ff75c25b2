package import SnugMemory

/// What the keys of one type and encoding cost: those of one shape, or of all.
package struct EncodingFigures: Sendable, Equatable {
    /// The template's number; nil for all keys together whose template is not kept, and in sums over shapes.
    package let template: Int?
    package let type: ValueType
    package let encoding: Encoding
    package private(set) var keys: Int
    /// Fields of hashes; a string is one element. Fields and keys past their time count until they are reclaimed.
    package private(set) var elements: Int
    /// What the allocator set aside for the keys outside of packs, and their part of the runs that they are in: see
    /// `Partition.encodings(atMost:)`.
    package private(set) var bytes: Int
    /// How many keys have so many elements, by step (`stepBounds(of:)`); empty for strings.
    package private(set) var keysByElements: [Int]
    /// How many keys have a longest field or value of so many bytes, by step; empty for strings. What is in a table has
    /// the longest that was put in since the table was made, be it gone or not.
    package private(set) var keysByLongest: [Int]

    fileprivate init(template: Int?, _ count: EncodingCounts.Count, runBytes: Int) {
        self.template = template
        type = count.form.type
        encoding = count.form.encoding
        keys = count.keys
        elements = count.elements
        bytes = count.outside + runBytes
        keysByElements = count.keysByElements
        keysByLongest = count.keysByLongest
    }

    fileprivate init(type: ValueType, encoding: Encoding) {
        template = nil
        (self.type, self.encoding) = (type, encoding)
        (keys, elements, bytes) = (0, 0, 0)
        (keysByElements, keysByLongest) = ([], [])
    }

    fileprivate mutating func add(_ other: EncodingFigures) {
        keys += other.keys
        elements += other.elements
        bytes += other.bytes
        Self.add(other.keysByElements, to: &keysByElements)
        Self.add(other.keysByLongest, to: &keysByLongest)
    }

    private static func add(_ other: [Int], to sums: inout [Int]) {
        if sums.isEmpty {
            sums = other
            return
        }
        for step in other.indices { sums[step] += other[step] }
    }

    /// Between which counts a step of the histograms is, both included; the last step has no end. `step` is an index of
    /// one of the histograms.
    package static func stepBounds(of step: Int) -> (least: Int, most: Int?) {
        ((step == 0 ? 0 : HistogramStep.largest(of: step - 1) ?? 0) + 1, HistogramStep.largest(of: step))
    }
}

/// What there is of each type and encoding.
package struct EncodingReport: Sendable, Equatable {
    /// Sums over all shapes, by type and encoding.
    package let totals: [EncodingFigures]
    /// By shape, type and encoding, those with most bytes first; behind them the keys whose template is not kept.
    package let shapes: [EncodingFigures]
}

extension Partition {
    /// What there is of each type and encoding in all databases, and of each shape, at most `limit` of them and the
    /// keys whose template is not kept. Counted as data change: costs a step for each shape, not for each key.
    ///
    /// Keys, elements, and bytes outside of packs are counted one by one. The bytes of runs are counted by shape,
    /// because keys of several encodings may share a run. They are divided by the bytes of the payloads where each
    /// stands alone, and what is beyond these goes to all keys alike; when columns save more than that, by the payloads
    /// alone. A shape whose keys are all of one encoding, as most are, has its bytes exactly, and so has any shape in
    /// sum.
    package func encodings(atMost limit: Int) -> EncodingReport {
        let shapes = vocabulary.value.shapes
        var kept: [EncodingFigures] = []
        for (template, count) in shapes.numbered.enumerated() where count.keys > 0 {
            kept.append(contentsOf: encodings(ofTemplate: template, byteCount: count.bytes))
        }
        let others = encodings(ofTemplate: nil, byteCount: shapes.others.bytes)
        var totals: [EncodingFigures] = []
        for figures in kept + others {
            let place = totals.firstIndex { $0.type == figures.type && $0.encoding == figures.encoding }
            if place == nil { totals.append(EncodingFigures(type: figures.type, encoding: figures.encoding)) }
            totals[place ?? totals.count - 1].add(figures)
        }
        totals.sort { ($0.type.rawValue, $0.encoding.rawValue) < ($1.type.rawValue, $1.encoding.rawValue) }
        kept.sort { first, second in
            if first.bytes != second.bytes { return first.bytes > second.bytes }
            return (first.template ?? 0, first.encoding.rawValue) < (second.template ?? 0, second.encoding.rawValue)
        }
        if kept.count > limit { kept.removeSubrange(max(limit, 0)...) }
        return EncodingReport(totals: totals, shapes: kept + others)
    }

    /// `byteCount` is all that the template's keys take.
    private func encodings(ofTemplate template: Int?, byteCount: Int) -> [EncodingFigures] {
        let counts = vocabulary.value.encodings.counts(ofTemplate: template)
        let payload = counts.reduce(0) { $0 + $1.payload }
        let keys = counts.reduce(0) { $0 + $1.keys }
        let runs = byteCount - counts.reduce(0) { $0 + $1.outside }
        let savesBytes = runs < payload
        var (before, sum) = (0, 0)
        return counts.map { count in
            // Shares are differences of rounded sums, so that they add up.
            before += savesBytes ? count.payload : count.keys
            let (all, parts) = savesBytes ? (runs, payload) : (runs - payload, keys)
            let share = all.multipliedFullWidth(by: before)
            let end = parts == 0 ? 0 : parts.dividingFullWidth(share).quotient
            defer { sum = end }
            return EncodingFigures(
                template: template, count, runBytes: end - sum + (savesBytes ? 0 : count.payload))
        }
    }

    /// Writes the name of the shape behind `text`, as `appendName(of:to:)` for `ShapeFigures`.
    package func appendName(of figures: EncodingFigures, to text: inout GrowableBytes) {
        appendName(ofTemplate: figures.template, to: &text)
    }
}
