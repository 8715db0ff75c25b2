import SnugMemory
import Testing

@testable import SnugEngine

/// Streams as values of keys: what they are counted as, copied, moved, and removed.
@Suite struct StreamKeyTests {
    private func add(_ key: [UInt8], count: Int, to partition: inout Partition) throws {
        guard let open = try partition.openStream(key.rawBytes, makes: true) else { return }
        for _ in 0..<count {
            var entry = open.stream.value.beginEntry(pairCount: 1)
            let (field, value) = (bytes("field"), bytes("\(open.stream.value.count)"))
            open.stream.value.measure(field.rawBytes, value.rawBytes, for: &entry)
            open.stream.value.decide(&entry, partition.limits)
            open.stream.value.write(field.rawBytes, value.rawBytes, for: &entry)
            open.stream.value.append(entry, id: open.stream.value.lastID.next ?? .max)
        }
        partition.closeStream(key.rawBytes, open, changeCount: count)
    }

    @Test func countedCopiedMovedAndRemoved() throws {
        var partition = Partition(databaseCount: 2, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        partition.now = 1_700_000_000_000
        let (first, second, third) = (bytes("st:1"), bytes("st:2"), bytes("other"))
        for round in 0..<300 {
            try add(first, count: round % 7, to: &partition)
            try add(second, count: 3, to: &partition)
        }
        partition.audit()
        let (type, encoding) = (partition.type(of: first.rawBytes), partition.describe(first.rawBytes)?.encoding)
        #expect(type == .stream && encoding == .stream)
        let isCopied = try partition.copy(first.rawBytes, to: third.rawBytes, inDatabase: 1, replacing: false)
        #expect(isCopied)
        let digest = partition.digest(ofValueUnder: first.rawBytes)
        partition.audit()
        let isRenamed = try partition.rename(first.rawBytes, to: second.rawBytes, onlyIfNew: false)
        let isMoved = try partition.move(second.rawBytes, toDatabase: 1)
        #expect(isRenamed && isMoved)
        partition.audit()
        partition.selected = 1
        let digests = [
            partition.digest(ofValueUnder: second.rawBytes), partition.digest(ofValueUnder: third.rawBytes),
        ]
        #expect(digests == [digest, digest])
        guard let stream = try partition.stream(third.rawBytes), let first = stream.value.firstEntryID else {
            Issue.record("the copy has gone")
            return
        }
        let figures = KeyLayout.StreamFigures(
            entries: stream.value.count, nodes: stream.value.nodeCount, groups: 0)
        let payload = partition.layout(of: third.rawBytes)?.payload
        #expect(payload == .stream(figures))
        guard let open = try partition.openStream(third.rawBytes, makes: false) else { return }
        let isRemoved = open.stream.value.remove(first)
        partition.closeStream(third.rawBytes, open, changeCount: 1)
        let changed = partition.digest(ofValueUnder: third.rawBytes)
        #expect(isRemoved && changed != digest)
        partition.audit()
        let areDeleted = (partition.delete(second.rawBytes), partition.delete(third.rawBytes))
        #expect(areDeleted == (true, true))
        #expect(partition.memory(ofDatabase: 0).outside == 0 && partition.memory(ofDatabase: 1).outside == 0)
        partition.audit()
    }

    @Test func changesOfGroupsAreAccounted() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        let key = bytes("st")
        try add(key, count: 500, to: &partition)
        guard let open = try partition.openStream(key.rawBytes, makes: false),
            let group = open.stream.value.addGroup(bytes("g").rawBytes, lastID: .zero, readCount: nil)
        else {
            Issue.record("no group")
            return
        }
        let consumer = open.stream.value.consumer(bytes("c").rawBytes, of: group, now: 5).consumer
        let count = open.stream.value.deliver(to: consumer, of: group, atMost: 400, acknowledged: true, now: 6) { _ in }
        partition.closeStream(key.rawBytes, open, changeCount: 1, isSeen: false)
        #expect(count == 400 && consumer.pendingCount == 400 && consumer.activeTime == 6)
        let lag = open.stream.value.lag(of: group)
        #expect(lag == 100)
        partition.audit()
        guard let again = try partition.openStream(key.rawBytes, makes: false) else { return }
        let removed = again.stream.value.removeConsumer(bytes("c").rawBytes, of: group)
        #expect(removed == 400)
        partition.closeStream(key.rawBytes, again, changeCount: 1, isSeen: false)
        partition.audit()
    }

    @Test func otherTypesAreRefused() throws {
        var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
        let key = bytes("k")
        var set = try partition.openSet(key.rawBytes, forMember: key.rawBytes, of: 1)
        let isNew = set.add(key.rawBytes)
        partition.closeSet(key.rawBytes, &set, changeCount: isNew ? 1 : 0)
        #expect(throws: EngineError.wrongType) { _ = try partition.stream(key.rawBytes) }
        #expect(throws: EngineError.wrongType) { _ = try partition.openStream(key.rawBytes, makes: true) }
    }
}
