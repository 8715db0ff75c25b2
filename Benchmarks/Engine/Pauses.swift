import Glibc
import SnugEngine
import SnugMemory

/// Inserts `count` keys one by one, `runCount` times into an empty partition, and prints the longest that single
/// insertions took, the longest first. An insertion does the same in each run, so that its shortest time counts: what
/// lengthens one of them is the machine's.
func runPauses(_ shape: String, _ count: Int) {
    let runCount = 3
    var shortest = [UInt32](repeating: .max, count: count)
    for _ in 0..<runCount { insert(shape, count) { shortest[$0] = min(shortest[$0], UInt32(clamping: $1)) } }
    let columns = shortest.sorted(by: >).prefix(3).map { padded(String($0 / 1000), to: 9) }
    print(shape + padded(String(count), to: 17 - shape.count) + columns.joined())
}

/// Calls `body` with the number of each insertion and its nanoseconds of processor time, in which what the machine does
/// for others is not.
private func insert(_ shape: String, _ count: Int, _ body: (Int, Int) -> Void) {
    var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
    let value = DecimalDigits(1)
    var done = 0
    forEachBatch(shape, count) { keys in
        _ = time(keys) {
            let start = nanoseconds(of: CLOCK_THREAD_CPUTIME_ID)
            partition.setString($0, to: value.bytes)
            body(done, nanoseconds(of: CLOCK_THREAD_CPUTIME_ID) - start)
            done += 1
        }
    }
}
