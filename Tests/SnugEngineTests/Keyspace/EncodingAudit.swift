import SnugMemory
import Testing

@testable import SnugEngine

/// What a walk over all records finds, to be compared with `EncodingCounts`. It asks each record for what commands are
/// told of it, and not for the figures by which it was counted.
private struct EncodingWalk {
    struct Place: Hashable {
        let template: Int?
        let form: ValueForm
    }

    private(set) var counts: [Place: EncodingCounts.Count] = [:]

    mutating func add(
        _ location: PackedMap.Location, _ vocabulary: Box<Vocabulary>, _ partition: borrowing Partition,
        _ place: SourceLocation
    ) {
        let cell = location.cell
        let form = ValueForm(cell.valueType, cell.encoding)
        let key = Place(template: location.head?.template, form: form)
        var count = counts[key] ?? EncodingCounts.Count(form: form)
        count.keys += 1
        count.payload += cell.byteCount
        if cell.kind == .reference { count.outside += cell.reference.allocatedByteCount }
        if cell.valueType == .string {
            count.elements += 1
        } else {
            var longest = 0
            var elements = 0
            if cell.valueType == .set {
                SetSource(cell).forEach { member in
                    longest = max(longest, member.text.count)
                    elements += 1
                }
            } else if cell.valueType == .list {
                let list = ListSource(cell)
                list.forEach(0..<list.count) { element in
                    longest = max(longest, element.text.count)
                    elements += 1
                }
            } else if cell.valueType == .sortedSet {
                let set = OpenSortedSet(cell, vocabulary, partition.limits)
                set.forEach(ranks: 0..<set.count) { member, _ in
                    longest = max(longest, member.byteCount)
                    elements += 1
                }
            } else if cell.valueType == .stream {
                cell.reference.stream.value.forEach(from: .zero, through: .max) { entry in
                    entry.forEachPair { longest = max(longest, $0.text.count, $1.text.count) }
                    elements += 1
                    return true
                }
            } else {
                HashView(cell, in: vocabulary, of: partition).forEach { field, value in
                    longest = max(longest, field.text.count, value.text.count)
                    elements += 1
                }
            }
            count.elements += elements
            if count.keysByElements.isEmpty {
                count.keysByElements = Array(repeating: 0, count: HistogramStep.count)
                count.keysByLongest = count.keysByElements
            }
            count.keysByElements[stepByLookingThrough(elements)] += 1
            var step = stepByLookingThrough(longest)
            if let remembered = cell.rememberedStep {
                #expect(remembered >= step, sourceLocation: place)
                step = remembered
            }
            count.keysByLongest[step] += 1
        }
        counts[key] = count
    }
}

extension Cell {
    /// What a table remembers of its longest element, which may have gone.
    fileprivate var rememberedStep: Int? {
        guard kind == .reference else { return nil }
        switch reference.kind {
        case .table: return Int(reference.table.value.longestStep)
        case .memberTable: return Int(reference.memberTable.value.longestStep)
        case .listTable: return Int(reference.listTable.value.longestStep)
        case .sortedSetTable: return Int(reference.sortedSetTable.value.longestStep)
        case .stream: return Int(reference.stream.value.longestStep)
        default: return nil
        }
    }
}

/// The first step whose end is not below a count.
func stepByLookingThrough(_ count: Int) -> Int {
    (0..<HistogramStep.count).first { HistogramStep.largest(of: $0).map { count <= $0 } ?? true } ?? 0
}

extension Partition {
    /// Compares the counts by type, encoding and shape with a walk over everything, and what is reported of them with
    /// the sums of all maps.
    func auditEncodings(_ place: SourceLocation = #_sourceLocation) {
        var walk = EncodingWalk()
        var (keys, bytes) = (0, 0)
        for database in databases {
            database.value.map.forEach { walk.add($0, vocabulary, self, place) }
            keys += database.value.map.count
            bytes += database.value.map.usedByteCount + database.value.map.outsideByteCount
        }
        var found = 0
        for template in [nil] + (0..<vocabulary.value.templates.numberLimit).map({ Optional($0) }) {
            for count in vocabulary.value.encodings.counts(ofTemplate: template) {
                let expected = walk.counts[EncodingWalk.Place(template: template, form: count.form)]
                #expect(count == expected, sourceLocation: place)
                found += 1
            }
        }
        #expect(found == walk.counts.count, sourceLocation: place)
        let report = encodings(atMost: .max)
        for figures in [report.totals, report.shapes] {
            #expect(figures.reduce(0) { $0 + $1.keys } == keys, sourceLocation: place)
            #expect(figures.reduce(0) { $0 + $1.bytes } == bytes, sourceLocation: place)
            for one in figures { #expect(one.bytes >= 0, sourceLocation: place) }
        }
        let parts = Dictionary(grouping: report.shapes) { $0.template }
        let shapes = largestShapes(by: .keys, atMost: .max)
        #expect(shapes.count == parts.count, sourceLocation: place)
        for shape in shapes {
            let part = parts[shape.template] ?? []
            #expect(part.reduce(0) { $0 + $1.keys } == shape.keys, sourceLocation: place)
            #expect(part.reduce(0) { $0 + $1.bytes } == shape.bytes, sourceLocation: place)
        }
    }
}
