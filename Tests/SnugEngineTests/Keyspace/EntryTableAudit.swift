import SnugMemory
import Testing

@testable import SnugEngine

extension EntryTable {
    /// Checks the invariants of the table's head and that what it counts is what is there.
    func audit(_ place: SourceLocation = #_sourceLocation) {
        #expect(split >= 0 && split < 1 << level, "I1", sourceLocation: place)
        if bucketCount > Self.bucketCountMin {
            #expect(count >= bucketCount / 4, "I3: \(count) entries, \(bucketCount) buckets", sourceLocation: place)
        }
        #expect(count <= bucketCount, "I3", sourceLocation: place)
        var found = (count: 0, expiring: 0, bytes: 0, misplaced: 0)
        for index in 0..<bucketsInUse {
            var next = head(index)
            while let block = Block(bits: next) {
                let entry = Entry(block: block)
                next = entry.next
                found.misplaced += bucket(of: entry.hash) == index ? 0 : 1
                found.count += 1
                found.expiring += entry.hasExpiry ? 1 : 0
                found.bytes += block.allocatedByteCount + entry.payloadAllocatedByteCount
            }
        }
        #expect(found.misplaced == 0, "I2", sourceLocation: place)
        #expect(found.count == count, sourceLocation: place)
        #expect(found.expiring == expiringCount, sourceLocation: place)
        #expect(found.bytes == entryByteCount, sourceLocation: place)
        var directoryBytes = directory?.allocatedByteCount ?? 0
        for index in 0..<segmentCount { directoryBytes += segment(index).allocatedByteCount }
        #expect(directoryBytes == directoryByteCount, sourceLocation: place)
        #expect(segmentCount == (bucketsInUse + 511) / 512, sourceLocation: place)
    }

    /// Bytes of the tables that entries refer to.
    var nestedByteCountByWalking: Int {
        var total = 0
        forEach { total += $0.nestedByteCount }
        return total
    }
}

extension Partition {
    /// Checks every database's tables and accounts.
    func audit(_ place: SourceLocation = #_sourceLocation) {
        for index in databases.indices {
            databases[index].value.entries.audit(place)
            let nested = databases[index].value.entries.nestedByteCountByWalking
            #expect(nested == databases[index].value.nestedByteCount, sourceLocation: place)
            let memory = memory(ofDatabase: index)
            #expect(memory.nested == nested, sourceLocation: place)
            #expect(
                memory.total == memory.entries + memory.directory + memory.nested + memory.watches,
                sourceLocation: place)
        }
    }
}
