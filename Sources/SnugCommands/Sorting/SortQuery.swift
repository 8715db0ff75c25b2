internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What SORT and SORT_RO ask for.
struct SortQuery {
    private let mayStore: Bool
    private var weight: SortPattern?
    private var patterns: [SortPattern] = []
    private var isDescending = false
    private var isAlphabetic = false
    private var offset: Int64 = 0
    /// Most elements that are returned, any number when negative.
    private var limit: Int64 = -1
    /// Where the word stands that names the key to store under.
    private var destination: Int?
    /// Which of the elements in order are asked for.
    private var range = 0..<0

    init(mayStore: Bool) { self.mayStore = mayStore }

    consuming func answer(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var query = self
        var index = 2
        while index < arguments.count { index = try query.readOption(arguments, at: index) }
        let source: SortSource?
        do { source = try partition.sortSource(arguments[1]) } catch { throw CommandError(error) }
        guard let elements = try query.ordered(source, arguments, &partition) else {
            return reply.error("ERR One or more scores can't be converted into double")
        }
        if let destination = query.destination {
            query.store(elements, under: arguments[destination], arguments, &partition, &reply)
        } else {
            query.write(elements, arguments, &partition, &reply)
        }
    }

    /// Reads the option at `index` and returns where the next begins.
    private mutating func readOption(
        _ arguments: borrowing Arguments, at index: Int
    ) throws(CommandError) -> Int {
        let word = arguments[index]
        let left = arguments.count - index - 1
        if word.isWord("ASC") {
            isDescending = false
        } else if word.isWord("DESC") {
            isDescending = true
        } else if word.isWord("ALPHA") {
            isAlphabetic = true
        } else if left >= 2 && word.isWord("LIMIT") {
            offset = try arguments[index + 1].integer()
            limit = try arguments[index + 2].integer()
            return index + 3
        } else if left >= 1 && mayStore && word.isWord("STORE") {
            destination = index + 1
            return index + 2
        } else if left >= 1 && word.isWord("BY") {
            weight = SortPattern(arguments[index + 1], at: index + 1)
            return index + 2
        } else if left >= 1 && word.isWord("GET") {
            patterns.append(SortPattern(arguments[index + 1], at: index + 1))
            return index + 2
        } else {
            throw .syntax
        }
        return index + 1
    }

    // MARK: Order

    /// The elements in order, of which `range` are asked for; nil when something to sort by is no number.
    private mutating func ordered(
        _ source: consuming SortSource?, _ arguments: borrowing Arguments, _ partition: inout Partition
    ) throws(CommandError) -> SortElements? {
        guard let source else { return SortElements() }
        let count = source.count
        range = limited(count)
        // A weight that is the same for all asks for the elements in their own order. A set has none, and what is
        // stored must not depend on chance.
        var keepsOrder = weight.map { $0.star == nil } ?? false
        if keepsOrder && source.isSet && destination != nil { (keepsOrder, isAlphabetic, weight) = (false, true, nil) }
        if keepsOrder {
            let elements = source.elements(range, reversed: isDescending)
            range = 0..<range.count
            return elements
        }
        var elements = source.elements(0..<count)
        if isAlphabetic {
            if weight != nil { weighText(&elements, arguments, &partition) }
            elements.sort(by: weight == nil ? .text : .weight, descending: isDescending)
        } else {
            guard weighNumber(&elements, arguments, &partition) else { return nil }
            elements.sort(by: .number, descending: isDescending)
        }
        return elements
    }

    private func limited(_ count: Int) -> Range<Int> {
        let start = Int(max(0, min(offset, Int64(count))))
        let left = count - start
        return start..<start + (limit < 0 ? left : Int(min(limit, Int64(left))))
    }

    /// Looks up the text that each element is sorted by.
    private func weighText(
        _ elements: inout SortElements, _ arguments: borrowing Arguments, _ partition: inout Partition
    ) {
        guard let weight else { return }
        var key = GrowableBytes()
        var text = GrowableBytes()
        for index in 0..<elements.count {
            text.truncate(to: 0)
            let isFound = weight.withValue(of: elements[index], arguments, &partition, &key) { value in
                guard let value else { return false }
                value.withBytes { text.append($0) }
                return true
            }
            if isFound { elements.setWeight(text.bytes, of: index) }
        }
    }

    /// Looks up the number that each element is sorted by, or reads the element as one; what is not there is 0. False
    /// when one is no number.
    private func weighNumber(
        _ elements: inout SortElements, _ arguments: borrowing Arguments, _ partition: inout Partition
    ) -> Bool {
        var key = GrowableBytes()
        var areNumbers = true
        for index in 0..<elements.count {
            guard let weight else {
                guard let number = elements[index].sortNumber else {
                    areNumbers = false
                    continue
                }
                elements.setNumber(number, of: index)
                continue
            }
            var number: Double? = 0
            weight.withValue(of: elements[index], arguments, &partition, &key) { value in
                if let value { number = value.withBytes { $0.sortNumber } }
            }
            if let number { elements.setNumber(number, of: index) } else { areNumbers = false }
        }
        return areNumbers
    }

    // MARK: Results

    private func write(
        _ elements: borrowing SortElements, _ arguments: borrowing Arguments, _ partition: inout Partition,
        _ reply: inout ReplyWriter
    ) {
        reply.array(range.count * max(patterns.count, 1))
        var key = GrowableBytes()
        for index in range {
            if patterns.isEmpty { reply.bulk(elements[index]) }
            for pattern in patterns {
                pattern.withValue(of: elements[index], arguments, &partition, &key) { value in
                    if let value { reply.string(value) } else { reply.null() }
                }
            }
        }
    }

    /// What is not there is stored as an empty string.
    private func store(
        _ elements: borrowing SortElements, under destination: RawSpan, _ arguments: borrowing Arguments,
        _ partition: inout Partition, _ reply: inout ReplyWriter
    ) {
        guard !patterns.isEmpty else {
            partition.storeList(elements, range, under: destination)
            return reply.integer(range.count)
        }
        var found = SortElements()
        var key = GrowableBytes()
        for index in range {
            for pattern in patterns {
                pattern.withValue(of: elements[index], arguments, &partition, &key) { value in
                    if let value { value.withBytes { found.append($0) } } else { found.append(RawSpan()) }
                }
            }
        }
        partition.storeList(found, 0..<found.count, under: destination)
        reply.integer(found.count)
    }
}
