internal import SnugMemory

/// Hashes of keys that a map will soon be asked for, as many as a processor can wait for side by side.
struct PrefetchQueue {
    static let countMax = 16

    private var hashes = InlineArray<16, UInt64>(repeating: 0)
    private(set) var count = 0

    @inline(__always)
    subscript(_ index: Int) -> UInt64 { hashes[index] }

    var isFull: Bool { count == Self.countMax }

    /// Adds a hash unless the queue is full.
    @inline(__always)
    mutating func append(_ hash: UInt64) {
        if isFull { return }
        hashes[count] = hash
        count &+= 1
    }
}

/// What a lookup in a large map waits for is the memory: a word of the directory, the front of a pack, a run, each of
/// which says where the next one lies. For several keys together the three waits are hardly longer than for one.
extension PackedMap {
    /// Brings what lookups of the queue's hashes will read into the processor's caches, and what removals will move if
    /// they are `forRemoval`. Changes nothing.
    func prefetch(_ queue: borrowing PrefetchQueue, forRemoval: Bool) {
        for index in 0..<queue.count { directory.prefetch(bucket(of: queue[index])) }
        for index in 0..<queue.count { pack(of: queue[index])?.prefetchFront() }
        for index in 0..<queue.count {
            let hash = queue[index]
            guard let pack = pack(of: hash) else { continue }
            let run = pack.firstRun(withFingerprint: Self.fingerprint(of: hash), from: 0)
            if run >= 0 { pack.prefetch(run: run, andBehind: forRemoval) } else { pack.prefetchEnd() }
        }
    }

    /// From so many bytes on a lookup waits for the memory; what is smaller is in the processor's caches.
    static let cachedByteCountMax = 1 << 20

    /// Brings most packs as a whole into the processor's caches, a third longer than they are on average. One key alone
    /// waits once then; else it would wait for the front, which says where the run lies, and then for the run.
    @inline(__always)
    func prefetchAll(of pack: Pack) { pack.prefetch(from: 0, to: vocabulary.value.packByteCountMean &* 4 / 3) }

    @inline(__always)
    private func pack(of hash: UInt64) -> Pack? { Pack(bits: directory.bits(of: bucket(of: hash))) }
}
