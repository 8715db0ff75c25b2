internal import SnugMemory

extension Partition {
    /// The mean time to live of the database's keys with an expiry, in milliseconds, estimated from about a hundred
    /// keys at a random place; 0 when none was met.
    package mutating func averageTTL(inDatabase index: Int) -> Int64 {
        guard databases[index].value.map.expiringCount > 0 else { return 0 }
        var cursor = random.next() >> 10
        var sum = 0.0
        var count = 0
        for _ in 0..<8 where count < 16 {
            cursor = databases[index].value.map.scan(from: cursor, minimumCount: 16) { record in
                guard let expiry = record.expiry else { return }
                sum += Double(max(expiry - now, 0))
                count += 1
            }
        }
        return count == 0 ? 0 : Int64(sum / Double(count))
    }
}
