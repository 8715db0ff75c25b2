internal import SnugMemory

/// Sets: drawing members and removing them.
extension Partition {
    /// Removes a member of the set under `key`, drawn with nearly equal chances, and calls `body` with it before. False
    /// when there is no such set. Throws `wrongType`. Expected constant time, and a walk of a listpack.
    package mutating func popMember(_ key: RawSpan, _ body: (StringValue) -> Void) throws(EngineError) -> Bool {
        guard var set = try openSet(key) else { return false }
        _ = set.pop(using: &random, body)
        closeSet(key, &set, changeCount: 1)
        return true
    }

    /// Removes `drawn` members of the set under `key`, or all when it has no more; every choice is nearly equally
    /// likely. Calls `body` with each. Throws `wrongType`.
    ///
    /// As in Redis, so many members of a hashtable that few are left make a new set of those: as small as it can be.
    package mutating func popMembers(
        _ key: RawSpan, _ drawn: Int, _ body: (StringValue) -> Void
    ) throws(EngineError) {
        guard var set = try openSet(key) else { return }
        let count = set.count
        let popped = min(drawn, count)
        if popped == count {
            set.forEach(body)
            closeSet(key, &set, changeCount: 0)
            if popped > 0, let location = lookup(key, .removal) { map.value.map.remove(at: location) }
            return noteChange(of: key, count: popped)
        }
        if case .table(let table) = set.form {
            if (count - popped) * Self.keptFactor > popped {
                for _ in 0..<popped { _ = table.value.pop(using: &random, body) }
            } else {
                var kept = newSet(table.value.isIntegerSet ? .integers : .members)
                for _ in 0..<count - popped {
                    _ = table.value.pop(using: &random) { member in _ = member.withBytes { kept.add($0) } }
                }
                set.forEach(body)
                kept.place = set.place
                set = kept
            }
        } else {
            set.popFromOnePiece(popped, using: &random, body)
        }
        closeSet(key, &set, changeCount: popped)
    }

    /// Members are drawn one by one unless so many times those that stay are no more than they.
    private static let keptFactor = 5
}
