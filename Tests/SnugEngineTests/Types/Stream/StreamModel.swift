import SnugMemory
import Testing

@testable import SnugEngine

/// A stream beside what plain collections make of it.
struct StreamModel: ~Copyable {
    struct Entry: Equatable {
        var id: StreamID
        var pairs: [[[UInt8]]]
    }

    struct Group: Equatable {
        var lastID: StreamID
        var pending: [StreamID: PendingEntry] = [:]
        /// Names by number of what the stream calls consumers.
        var consumers: Set<[UInt8]> = []
    }

    var stream: EntryStream
    let scratch: Box<StreamScratch>
    var limits = EncodingLimits()
    var entries: [Entry] = []
    var lastID = StreamID.zero
    var deletedIDMax = StreamID.zero
    var addedCount: Int64 = 0
    var groups: [[UInt8]: Group] = [:]

    init(branchMax: Int) {
        scratch = Box(StreamScratch())
        stream = EntryStream(scratch: scratch, branchMax: branchMax)
    }

    deinit { scratch.destroy() }

    mutating func add(_ id: StreamID, _ pairs: [[[UInt8]]]) {
        var entry = stream.beginEntry(pairCount: pairs.count)
        for pair in pairs {
            let (field, value) = (pair[0], pair[1])
            stream.measure(field.rawBytes, value.rawBytes, for: &entry)
        }
        #expect(entry.byteCount == pairs.reduce(0) { $0 + $1[0].count + $1[1].count })
        stream.decide(&entry, limits)
        for pair in pairs {
            let (field, value) = (pair[0], pair[1])
            stream.write(field.rawBytes, value.rawBytes, for: &entry)
        }
        stream.append(entry, id: id)
        entries.append(Entry(id: id, pairs: pairs))
        lastID = id
        addedCount += 1
    }

    mutating func remove(_ id: StreamID) {
        let index = entries.firstIndex { $0.id == id }
        let wasThere = stream.remove(id)
        #expect(wasThere == (index != nil))
        guard let index else { return }
        entries.remove(at: index)
        deletedIDMax = max(deletedIDMax, id)
    }

    /// Trims to the very entry; what whole nodes leave is asked of the stream.
    mutating func trim(to bound: StreamBound, wholeNodes: Bool = false, limit: Int64 = 0) {
        let removed = stream.trim(to: bound, wholeNodes: wholeNodes, limit: limit)
        let expected =
            switch bound {
            case .count(let count): max(0, entries.count - Int(count))
            case .id(let id): entries.firstIndex { $0.id >= id } ?? entries.count
            }
        #expect(wholeNodes || limit > 0 ? removed <= expected : removed == expected)
        entries.removeFirst(removed)
        #expect(limit == 0 || !wholeNodes || removed <= limit)
    }

    // MARK: Groups

    mutating func addGroup(_ name: [UInt8], _ id: StreamID) {
        let group = stream.addGroup(name.rawBytes, lastID: id, readCount: nil)
        #expect((group == nil) == (groups[name] != nil))
        if groups[name] == nil { groups[name] = Group(lastID: id) }
    }

    mutating func removeGroup(_ name: [UInt8]) {
        let wasThere = stream.removeGroup(name.rawBytes)
        #expect(wasThere == (groups.removeValue(forKey: name) != nil))
    }

    mutating func removeConsumer(_ name: [UInt8], of groupName: [UInt8]) {
        guard let group = stream.group(named: groupName.rawBytes), var model = groups[groupName] else { return }
        guard let consumer = group.value.consumers.consumer(named: name.rawBytes) else {
            let count = stream.removeConsumer(name.rawBytes, of: group)
            #expect(count == nil && !model.consumers.contains(name))
            return
        }
        let number = consumer.number
        let count = model.pending.count { $0.value.consumer == number }
        let removed = stream.removeConsumer(name.rawBytes, of: group)
        #expect(removed == count)
        model.pending = model.pending.filter { $0.value.consumer != number }
        model.consumers.remove(name)
        groups[groupName] = model
    }

    mutating func deliver(_ name: [UInt8], _ groupName: [UInt8], atMost limit: Int, acknowledged: Bool, now: Int64) {
        guard let group = stream.group(named: groupName.rawBytes), var model = groups[groupName] else { return }
        let (consumer, isNew) = stream.consumer(name.rawBytes, of: group, now: now)
        #expect(isNew == model.consumers.insert(name).inserted)
        var found: [StreamID] = []
        let count = stream.deliver(to: consumer, of: group, atMost: limit, acknowledged: acknowledged, now: now) {
            found.append($0.id)
        }
        let expected = entries.map(\.id).filter { $0 > model.lastID }.prefix(limit)
        #expect(found == Array(expected) && count == expected.count)
        model.lastID = expected.last ?? model.lastID
        if acknowledged {
            for id in expected {
                model.pending[id] = PendingEntry(
                    id: id, consumer: consumer.number, deliveryTime: now, deliveryCount: 1)
            }
        }
        groups[groupName] = model
    }

    mutating func acknowledge(_ id: StreamID, _ groupName: [UInt8]) {
        guard let group = stream.group(named: groupName.rawBytes) else { return }
        let wasThere = stream.acknowledge(id, of: group)
        #expect(wasThere == (groups[groupName]?.pending.removeValue(forKey: id) != nil))
    }

    mutating func claim(_ id: StreamID, _ name: [UInt8], _ groupName: [UInt8], now: Int64, count: UInt64) {
        guard let group = stream.group(named: groupName.rawBytes), var model = groups[groupName] else { return }
        let consumer = stream.consumer(name.rawBytes, of: group, now: now).consumer
        model.consumers.insert(name)
        let former = group.value.pending.entry(id)
        #expect(former == model.pending[id])
        let entry = PendingEntry(id: id, consumer: consumer.number, deliveryTime: now, deliveryCount: count)
        stream.claim(entry, for: consumer, of: group, from: former?.consumer)
        model.pending[id] = entry
        groups[groupName] = model
    }

    // MARK: Checking

    func check(_ place: SourceLocation = #_sourceLocation) {
        Self.check(stream, self, place)
        let copy = stream.copied()
        Self.check(copy, self, place)
    }

    private static func check(
        _ stream: borrowing EntryStream, _ model: borrowing StreamModel, _ place: SourceLocation
    ) {
        stream.audit(place)
        #expect(stream.count == model.entries.count, sourceLocation: place)
        #expect(stream.lastID == model.lastID && stream.deletedIDMax == model.deletedIDMax, sourceLocation: place)
        #expect(stream.addedCount == model.addedCount, sourceLocation: place)
        #expect(stream.firstEntryID == model.entries.first?.id, sourceLocation: place)
        let found = read(stream, .zero, .max, reversed: false)
        #expect(found == model.entries, sourceLocation: place)
        #expect(stream.groupCount == model.groups.count, sourceLocation: place)
        for (name, expected) in model.groups {
            guard let group = stream.group(named: name.rawBytes) else {
                Issue.record("a group has gone", sourceLocation: place)
                continue
            }
            var found: [StreamID: PendingEntry] = [:]
            group.value.pending.forEach(from: .zero) { entry in
                found[entry.id] = entry
                return true
            }
            #expect(found == expected.pending && group.value.lastID == expected.lastID, sourceLocation: place)
            var names: Set<[UInt8]> = []
            for index in 0..<group.value.consumers.count {
                names.insert(group.value.consumers[index].name(of: group).makeArray())
            }
            #expect(names == expected.consumers, sourceLocation: place)
        }
    }

    /// Compares a range in both orders, cut off after some entries.
    func checkRange(_ start: StreamID, _ end: StreamID, limit: Int, _ place: SourceLocation = #_sourceLocation) {
        let expected = entries.filter { start <= $0.id && $0.id <= end }
        let forwards = Self.read(stream, start, end, reversed: false)
        #expect(forwards == expected, sourceLocation: place)
        let backwards = Self.read(stream, start, end, reversed: true, limit: limit)
        #expect(backwards == Array(expected.reversed().prefix(limit)), sourceLocation: place)
        let isThere = stream.contains(start)
        #expect(isThere == entries.contains { $0.id == start }, sourceLocation: place)
    }

    private static func read(
        _ stream: borrowing EntryStream, _ start: StreamID, _ end: StreamID, reversed: Bool, limit: Int = .max
    ) -> [Entry] {
        var found: [Entry] = []
        stream.forEach(from: start, through: end, reversed: reversed) { entry in
            var pairs: [[[UInt8]]] = []
            entry.forEachPair { pairs.append([$0.text, $1.text]) }
            found.append(Entry(id: entry.id, pairs: pairs))
            return found.count < limit
        }
        return found
    }
}
