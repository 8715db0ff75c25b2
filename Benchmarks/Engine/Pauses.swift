import Glibc
import SnugEngine
import SnugMemory

/// Processor time of this thread: what the machine does for others meanwhile is not in it.
func processorNanoseconds() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

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

/// Calls `body` with the number of each insertion and its nanoseconds.
private func insert(_ shape: String, _ count: Int, _ body: (Int, Int) -> Void) {
    var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
    let value = DecimalDigits(1)
    var done = 0
    while done < count {
        var keys = Keys()
        for number in done..<min(count, done + operationCountMax) { keys.append(key(shape, number)) }
        _ = time(keys) {
            let start = processorNanoseconds()
            partition.setString($0, to: value.bytes)
            body(done, processorNanoseconds() - start)
            done += 1
        }
    }
}

func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
