package import SnugMemory

package struct DatabaseMemory: Sendable, Equatable {
    package var entries = 0
    package var directory = 0
    package var nested = 0
    package var watches = 0
}

package struct ExpirySlice: Sendable, Equatable {
    package var examined = 0
    package var reclaimed = 0
    package var isComplete = true
}

extension Partition {
    package func memory(ofDatabase index: Int) -> DatabaseMemory {
        DatabaseMemory(
            entries: databases[index].value.entries.entryByteCount,
            directory: databases[index].value.entries.directoryByteCount)
    }
    package mutating func memoryUsage(of key: RawSpan) -> Int? {
        lookup(key, .peek).map { $0.block.allocatedByteCount + $0.payloadAllocatedByteCount }
    }
    package mutating func reclaimExpired(inDatabase index: Int, atMost entryCount: Int) -> ExpirySlice { ExpirySlice() }
    package mutating func flush(database index: Int) -> Int { emptyDatabase(index) }
    package mutating func flushAll() -> Int {
        (0..<databaseCount).reduce(0) { $0 + emptyDatabase($1) }
    }
    package mutating func swapDatabases(_ first: Int, _ second: Int) throws(EngineError) {
        guard databases.indices.contains(first), databases.indices.contains(second) else { throw .noSuchDatabase }
        databases.swapAt(first, second)
    }
}

extension RawSpan {
    package func matches(_ pattern: RawSpan) -> Bool { true }
}
