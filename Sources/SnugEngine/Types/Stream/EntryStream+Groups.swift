package import SnugMemory

/// Consumer groups.
extension EntryStream {
    package var groupCount: Int { groups.count }

    /// The group of an index in the order of names. Valid until the group is removed.
    package func group(at index: Int) -> Box<ConsumerGroup> { Box(bits: groups[index]) }

    private func find(_ name: RawSpan) -> (index: Int, isThere: Bool) {
        groups.find {
            let group = Box<ConsumerGroup>(bits: $0)
            return group.value.name.order(comparedTo: name)
        }
    }

    /// The group of a name, or nil. Logarithmic time.
    package func group(named name: RawSpan) -> Box<ConsumerGroup>? {
        let place = find(name)
        return place.isThere ? group(at: place.index) : nil
    }

    /// Adds a group that has read up to `lastID`. Nil when the name is taken.
    package mutating func addGroup(_ name: RawSpan, lastID: StreamID, readCount: Int64?) -> Box<ConsumerGroup>? {
        let place = find(name)
        if place.isThere { return nil }
        let group = Box(ConsumerGroup(name: name, lastID: lastID, readCount: readCount))
        groups.insert(group.bits, at: place.index)
        groupByteCount += group.value.allocatedByteCount
        return group
    }

    /// Removes a group with all that it has given out. False when there is none of the name.
    package mutating func removeGroup(_ name: RawSpan) -> Bool {
        let place = find(name)
        guard place.isThere else { return false }
        let group = group(at: place.index)
        groupByteCount -= group.value.allocatedByteCount
        groups.remove(at: place.index)
        group.destroy()
        return true
    }

    func copyGroups(to other: inout EntryStream) {
        for index in 0..<groups.count {
            let copy = Box(group(at: index).value.copied())
            other.groups.insert(copy.bits, at: index)
            other.groupByteCount += copy.value.allocatedByteCount
        }
    }

    /// Runs `body`, which changes `group`, and keeps the account.
    private mutating func change<Result>(
        _ group: Box<ConsumerGroup>, _ body: (inout ConsumerGroup) -> Result
    ) -> Result {
        groupByteCount -= group.value.allocatedByteCount
        defer { groupByteCount += group.value.allocatedByteCount }
        return body(&group.value)
    }

    /// Says up to where a group has read.
    package func set(_ group: Box<ConsumerGroup>, lastID: StreamID, readCount: Int64?) {
        group.value.lastID = lastID
        group.value.readCount = readCount
    }

    /// Moves a group on to `id` if that is behind where it is.
    package func advance(_ group: Box<ConsumerGroup>, to id: StreamID) {
        if id > group.value.lastID { group.value.lastID = id }
    }

    // MARK: Consumers

    /// The consumer of a name, made if there is none, and whether it was.
    package mutating func consumer(
        _ name: RawSpan, of group: Box<ConsumerGroup>, now: Int64
    ) -> (consumer: Consumer, isNew: Bool) {
        if let consumer = group.value.consumers.consumer(named: name) { return (consumer, false) }
        return (change(group) { $0.consumers.add(name, now: now) }, true)
    }

    /// Removes a consumer with what it has been given. Returns how many entries that were, nil without such a consumer.
    /// A walk over the entries of all consumers.
    package mutating func removeConsumer(_ name: RawSpan, of group: Box<ConsumerGroup>) -> Int? {
        guard let consumer = group.value.consumers.consumer(named: name) else { return nil }
        let count = consumer.pendingCount
        change(group) {
            $0.pending.removeAll(of: consumer.number, count: count)
            $0.consumers.remove(name)
        }
        return count
    }

    // MARK: What has been given out

    /// Calls `body` with the entries that the group has not read yet, at most `limit`, and gives them to `consumer`
    /// unless nobody is to acknowledge them. Returns how many they were.
    package mutating func deliver(
        to consumer: Consumer, of group: Box<ConsumerGroup>, atMost limit: Int, acknowledged: Bool, now: Int64,
        _ body: (StreamEntry) -> Void
    ) -> Int {
        guard let start = group.value.lastID.next else { return 0 }
        var count = 0
        groupByteCount -= group.value.allocatedByteCount
        forEach(from: start, through: .max) { entry in
            noteRead(entry.id, by: group)
            body(entry)
            if acknowledged {
                // XGROUP SETID may have led the group back to what somebody has.
                let former = group.value.pending.entry(entry.id)?.consumer
                let pending = PendingEntry(
                    id: entry.id, consumer: consumer.number, deliveryTime: now, deliveryCount: 1)
                group.value.give(pending, to: consumer, from: former)
                consumer.activeTime = now
            }
            count += 1
            return count < limit
        }
        groupByteCount += group.value.allocatedByteCount
        return count
    }

    /// Gives an entry, pending or not, to a consumer, with a new time and count.
    package mutating func claim(
        _ entry: PendingEntry, for consumer: Consumer, of group: Box<ConsumerGroup>, from former: Int?
    ) {
        change(group) { $0.give(entry, to: consumer, from: former) }
    }

    /// Notes that an entry was given out again to whom it belongs.
    package mutating func renew(_ entry: PendingEntry, of group: Box<ConsumerGroup>) {
        change(group) { $0.pending.put(entry) }
    }

    /// Takes an entry from whom it was given. False when it was not pending.
    package mutating func acknowledge(_ id: StreamID, of group: Box<ConsumerGroup>) -> Bool {
        change(group) { $0.take(id) }
    }

    // MARK: How far a group has read

    /// Notes that the group has read an entry behind its last.
    private func noteRead(_ id: StreamID, by group: Box<ConsumerGroup>) {
        if let count = group.value.readCount, !hasDeletions(from: id) {
            group.value.readCount = count &+ 1
        } else if addedCount != 0 {
            group.value.readCount = entriesAdded(upTo: id)
        }
        group.value.lastID = id
    }

    /// Whether an entry may have been removed from among those from `id` on.
    private func hasDeletions(from id: StreamID) -> Bool {
        guard let first = firstEntryID, deletedIDMax != .zero, deletedIDMax >= first else { return false }
        return id <= deletedIDMax
    }

    /// How many entries were added up to the one with this id, nil when that cannot be told because some between were
    /// removed.
    package func entriesAdded(upTo id: StreamID) -> Int64? {
        if addedCount == 0 { return 0 }
        if count == 0 && id <= lastID { return addedCount }
        if id == lastID { return addedCount }
        if id > lastID { return nil }
        guard let first = firstEntryID, deletedIDMax == .zero || deletedIDMax < first else { return nil }
        if id < first { return addedCount &- Int64(count) }
        return id == first ? addedCount &- Int64(count) &+ 1 : nil
    }

    /// How many entries the group has yet to read, nil when that cannot be told.
    package func lag(of group: Box<ConsumerGroup>) -> Int64? {
        if addedCount == 0 { return 0 }
        let lastID = group.value.lastID
        if let count = group.value.readCount, !hasDeletions(from: lastID) { return addedCount &- count }
        return entriesAdded(upTo: lastID).map { addedCount &- $0 }
    }
}
