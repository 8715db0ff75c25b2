import SnugMemory
import Testing

@testable import SnugEngine

/// A partition's lists beside arrays, with what Redis's rules say of their encoding.
struct ListModel: ~Copyable {
    struct Content: Equatable {
        var words: [[UInt8]] = []
        var encoding = Encoding.listpack
    }

    var partition: Partition
    var lists: [[UInt8]: Content] = [:]

    init(seed: UInt64, size: Int = -2) {
        partition = Partition(
            databaseCount: 1, hasher: KeyedHash(key0: seed, key1: 7), seed: seed, packByteCountMean: 96)
        partition.limits.listListpackSize = size
    }

    private var size: Int { partition.limits.listListpackSize }
    private var countMax: Int { size < 0 ? .max : max(1, size) }
    private var byteCountMax: Int { size < 0 ? [4096, 8192, 16384, 32768, 65536][min(5, -size) - 1] : 8192 }

    // MARK: The rules

    /// What adding words makes of the encoding, which is asked before they are there.
    private func prepare(_ list: inout Content, _ count: Int, _ byteCount: Int) {
        guard list.encoding == .listpack else { return }
        let bytes = Listpack.bytes(of: list.words).count + byteCount
        if list.words.count + count > countMax || bytes > byteCountMax { list.encoding = .quickList }
    }

    /// What removing words makes of the encoding.
    private func shrink(_ list: inout Content) {
        let bytes = Listpack.bytes(of: list.words).count
        guard list.encoding == .quickList, partition.limits.encodingsRevert, bytes <= byteCountMax / 2,
            list.words.count <= countMax / 2
        else { return }
        list.encoding = .listpack
    }

    private mutating func keep(_ list: Content, under key: [UInt8]) { lists[key] = list.words.isEmpty ? nil : list }

    // MARK: Operations on both

    mutating func push(_ key: [UInt8], _ words: [[UInt8]], _ end: ListEnd) throws {
        var content = lists[key] ?? Content()
        let byteCount = words.reduce(0) { $0 + $1.count }
        prepare(&content, words.count, byteCount)
        var list = try partition.openList(key.rawBytes)
        list.prepare(forAdding: words.count, byteCount: byteCount)
        for word in words {
            list.push(word.rawBytes, at: end)
            content.words.insert(word, at: end == .left ? 0 : content.words.count)
        }
        partition.closeList(key.rawBytes, &list, changeCount: words.count)
        lists[key] = content
    }

    mutating func insert(_ key: [UInt8], _ word: [UInt8], beside pivot: [UInt8], after: Bool) throws {
        guard var list = try partition.openListIfPresent(key.rawBytes), var content = lists[key] else {
            #expect(lists[key] == nil)
            return
        }
        prepare(&content, 1, word.count)
        list.prepare(forAdding: 1, byteCount: word.count)
        let index = list.firstIndex(of: pivot.rawBytes)
        #expect(index == content.words.firstIndex(of: pivot))
        if let index {
            list.insert(word.rawBytes, at: after ? index + 1 : index)
            content.words.insert(word, at: after ? index + 1 : index)
        }
        partition.closeList(key.rawBytes, &list, changeCount: index == nil ? 0 : 1)
        lists[key] = content
    }

    mutating func replace(_ key: [UInt8], at index: Int, with word: [UInt8]) throws {
        guard var list = try partition.openListIfPresent(key.rawBytes), var content = lists[key] else { return }
        prepare(&content, 1, word.count)
        list.prepare(forAdding: 1, byteCount: word.count)
        list.replace(at: index, with: word.rawBytes)
        content.words[index] = word
        shrink(&content)
        partition.closeList(key.rawBytes, &list, changeCount: 1)
        lists[key] = content
    }

    mutating func pop(_ key: [UInt8], _ end: ListEnd) throws {
        guard var list = try partition.openListIfPresent(key.rawBytes), var content = lists[key] else {
            #expect(lists[key] == nil)
            return
        }
        var popped: [UInt8]?
        list.pop(at: end) { popped = $0.text }
        #expect(popped == content.words.remove(at: end == .left ? 0 : content.words.count - 1))
        shrink(&content)
        partition.closeList(key.rawBytes, &list, changeCount: 1)
        keep(content, under: key)
    }

    mutating func remove(_ key: [UInt8], _ range: Range<Int>) throws {
        guard var list = try partition.openListIfPresent(key.rawBytes), var content = lists[key] else { return }
        list.remove(range)
        content.words.removeSubrange(range)
        if !range.isEmpty { shrink(&content) }
        partition.closeList(key.rawBytes, &list, changeCount: range.count)
        keep(content, under: key)
    }

    mutating func remove(_ key: [UInt8], _ word: [UInt8], atMost most: Int, reversed: Bool) throws {
        guard var list = try partition.openListIfPresent(key.rawBytes), var content = lists[key] else { return }
        let places = content.words.indices.filter { content.words[$0] == word }
        let chosen = reversed ? places.suffix(most) : places.prefix(most)
        let removed = list.remove(equalTo: word.rawBytes, atMost: most, reversed: reversed)
        #expect(removed == chosen.count)
        for place in chosen.reversed() { content.words.remove(at: place) }
        if removed > 0 { shrink(&content) }
        partition.closeList(key.rawBytes, &list, changeCount: removed)
        keep(content, under: key)
    }

    mutating func move(_ source: [UInt8], _ end: ListEnd, _ destination: [UInt8], _ other: ListEnd) throws {
        var moved: [UInt8]?
        let isMoved = try partition.moveElement(from: source.rawBytes, end, to: destination.rawBytes, other) {
            moved = $0.text
        }
        #expect(isMoved == (lists[source] != nil))
        guard var content = lists[source] else { return }
        let wasQuickList = content.encoding == .quickList
        let word = content.words.remove(at: end == .left ? 0 : content.words.count - 1)
        #expect(moved == word)
        if source != destination {
            shrink(&content)
            keep(content, under: source)
            content = lists[destination] ?? Content()
        }
        let isCounted = !wasQuickList || SetModel.integer(word) == nil
        prepare(&content, 1, isCounted ? word.count : 0)
        content.words.insert(word, at: other == .left ? 0 : content.words.count)
        if source == destination { shrink(&content) }
        lists[destination] = content
    }

    mutating func copy(_ source: [UInt8], to destination: [UInt8]) throws {
        guard source != destination else { return }
        let isCopied = try partition.copy(
            source.rawBytes, to: destination.rawBytes, inDatabase: 0, replacing: true)
        #expect(isCopied == (lists[source] != nil))
        if isCopied { lists[destination] = lists[source] }
    }

    // MARK: Comparing

    mutating func check(_ key: [UInt8], _ random: inout RandomSource) throws {
        let expected = lists[key]
        #expect(partition.describe(key.rawBytes, .peek)?.encoding == expected?.encoding)
        #expect(partition.type(of: key.rawBytes) == (expected == nil ? nil : .list))
        guard let list = try partition.list(key.rawBytes), let words = expected?.words else {
            #expect(expected == nil)
            return
        }
        #expect(list.count == words.count)
        let bounds = [0, 1].map { _ in Int(random.next(below: UInt64(words.count + 1))) }.sorted()
        for range in [0..<words.count, bounds[0]..<bounds[1]] {
            var found: [[UInt8]] = []
            list.forEach(range) { found.append($0.text) }
            #expect(found == Array(words[range]))
            found = []
            list.forEach(range, reversed: true) { found.append($0.text) }
            #expect(found == words[range].reversed())
            guard let word = words[range].randomElement() else { continue }
            var places: [Int] = []
            list.forEachPlace(of: word.rawBytes, in: range) {
                places.append($0)
                return places.count < 3
            }
            #expect(places == Array(range.filter { words[$0] == word }.prefix(3)))
            places = []
            list.forEachPlace(of: word.rawBytes, in: range, reversed: true) {
                places.append($0)
                return true
            }
            #expect(places == range.filter { words[$0] == word }.reversed())
        }
        let index = Int(random.next(below: UInt64(words.count)))
        #expect(list.element(at: index).text == words[index])
    }

    mutating func checkAll(_ random: inout RandomSource) throws {
        for key in lists.keys { try check(key, &random) }
        #expect(partition.keyCount(inDatabase: 0) == lists.count)
        partition.audit()
    }
}
