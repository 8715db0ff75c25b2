import SnugEngine
import SnugMemory
import SnugRDB

/// What RESTORE takes can be read, changed, copied and deleted, its accounts agree with what is there, and DUMP gives
/// it back. The first byte chooses limits, the second what is done with the key, the others are the type and the body
/// of a payload, whose checksum is always true.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    guard input.count > 2 else { return 0 }
    var trial = Trial(limits: input[0], seed: input[1])
    trial.run(Array(input[2...]))
    return 0
}

/// One partition with the key that is restored, `k`, and others beside it.
private struct Trial: ~Copyable {
    var partition: Partition
    let key = Array("user:17:k".utf8)
    let twin = Array("user:18:k".utf8)
    let other = Array("other".utf8)
    var random: RandomSource

    init(limits: UInt8, seed: UInt8) {
        partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: UInt64(seed))
        partition.now = 2_000_000_000_000
        random = RandomSource(seed: UInt64(seed))
        // A string of 512 MB that is a repetition says nothing that a shorter one does not.
        partition.limits.stringByteCountMax = 1 << 20
        if limits & 1 != 0 {
            partition.limits.hashListpackEntriesMax = 4
            partition.limits.setIntegerSetEntriesMax = 4
            partition.limits.setListpackEntriesMax = 3
            partition.limits.sortedSetListpackEntriesMax = 4
        }
        if limits & 2 != 0 {
            partition.limits.hashListpackValueMax = 6
            partition.limits.setListpackValueMax = 6
            partition.limits.sortedSetListpackValueMax = 6
        }
        if limits & 4 != 0 { partition.limits.encodingsRevert = false }
        let (name, kept) = (other, Array("kept".utf8))
        partition.setString(name.rawBytes, to: kept.rawBytes)
    }

    mutating func run(_ value: [UInt8]) {
        let (key, twin) = (key, twin)
        var payload = GrowableBytes()
        payload.append(value.rawBytes)
        payload.append(bytesOf: RDBVersion.latest.littleEndian)
        payload.append(bytesOf: CRC64(of: payload.bytes).value.littleEndian)
        do throws(RestoreError) {
            try partition.restore(key.rawBytes, from: payload.bytes, expiry: nil, access: nil)
        } catch {
            precondition(error == .corrupt, "a checksum that is true is refused")
            precondition(partition.keyCount(inDatabase: 0) == 1, "a refused payload has left something")
        }
        checkAccounts()
        guard partition.exists(key.rawBytes) else { return checkEmpty() }
        checkDump(of: key)
        for _ in 0..<12 {
            change()
            checkAccounts()
        }
        if partition.exists(key.rawBytes) { checkDump(of: key) }
        let isCopied =
            (try? partition.copy(key.rawBytes, to: twin.rawBytes, inDatabase: 0, replacing: true)) ?? false
        if isCopied {
            precondition(
                partition.digest(ofValueUnder: key.rawBytes) == partition.digest(ofValueUnder: twin.rawBytes),
                "a copy is another value")
            checkAccounts()
        }
        _ = partition.delete(key.rawBytes)
        checkAccounts()
        checkEmpty()
    }

    /// Deletes all that is left; then nothing may be counted any more.
    private mutating func checkEmpty() {
        let (twin, other) = (twin, other)
        _ = partition.delete(twin.rawBytes)
        _ = partition.delete(other.rawBytes)
        let memory = partition.memory(ofDatabase: 0)
        precondition(partition.keyCount(inDatabase: 0) == 0, "a key is left")
        precondition(memory.packs == 0 && memory.outside == 0, "memory is left")
        precondition(partition.expiringHashCount(inDatabase: 0) == 0, "a hash that expires is left")
        precondition(partition.encodings(atMost: .max).totals.allSatisfy { $0.keys == 0 }, "a count is left")
    }

    /// The shares of all keys are the database's packs and what is outside, and as many elements are counted as there
    /// are.
    private mutating func checkAccounts() {
        let (key, twin, other) = (key, twin, other)
        let memory = partition.memory(ofDatabase: 0)
        var (sum, keys) = (0, 0)
        for name in [key, twin, other] {
            sum += partition.memoryUsage(of: name.rawBytes) ?? 0
            keys += partition.exists(name.rawBytes, .peek) ? 1 : 0
        }
        precondition(sum == memory.packs + memory.outside, "shares do not add up")
        precondition(keys == partition.keyCount(inDatabase: 0), "keys are counted otherwise")
        let totals = partition.encodings(atMost: .max).totals
        precondition(totals.reduce(0) { $0 + $1.keys } == keys, "encodings count other keys")
        let elements = elementCount(key) + elementCount(twin) + elementCount(other)
        precondition(totals.reduce(0) { $0 + $1.elements } == elements, "elements are counted otherwise")
    }

    /// How many elements a key's value has, all of which are read.
    private mutating func elementCount(_ name: [UInt8]) -> Int {
        var count = 0
        switch partition.type(of: name.rawBytes, .peek) {
        case .string: count = 1
        case .hash:
            if let hash = try? partition.hash(name.rawBytes, .peek) { hash.forEach { _, _ in count += 1 } }
        case .set: if let set = try? partition.set(name.rawBytes, .peek) { set.forEach { _ in count += 1 } }
        case .sortedSet:
            if let set = try? partition.sortedSet(name.rawBytes, .peek) {
                var former = -Double.infinity
                set.forEach(ranks: 0..<set.count) { _, score in
                    precondition(former <= score, "scores do not rise")
                    former = score
                    count += 1
                }
            }
        case .list:
            if let list = try? partition.list(name.rawBytes, .peek) {
                list.forEach(0..<list.count) { _ in count += 1 }
            }
        case .stream: if let stream = try? partition.stream(name.rawBytes, .peek) { count = entryCount(stream) }
        case nil: break
        }
        return count
    }

    /// How many entries a stream has, both ways, and that its groups can be read.
    private func entryCount(_ stream: Box<EntryStream>) -> Int {
        var (count, backwards) = (0, 0)
        var former = StreamID.zero
        stream.value.forEach(from: .zero, through: .max) { entry in
            precondition(former < entry.id, "ids do not rise")
            former = entry.id
            entry.forEachPair { _, _ in }
            count += 1
            return true
        }
        stream.value.forEach(from: .zero, through: .max, reversed: true) { _ in
            backwards += 1
            return true
        }
        precondition(count == backwards && count == stream.value.count, "entries are counted otherwise")
        for index in 0..<stream.value.groupCount {
            var pending = 0
            stream.value.group(at: index).value.pending.forEach(from: .zero) { _ in
                pending += 1
                return true
            }
            precondition(pending == stream.value.group(at: index).value.pending.count, "pending entries are lost")
        }
        return count
    }

    /// What DUMP gives is restored to an equal value.
    private mutating func checkDump(of name: [UInt8]) {
        let twin = twin
        var payload = GrowableBytes()
        precondition(partition.dump(name.rawBytes, to: &payload), "a value cannot be dumped")
        do throws(RestoreError) {
            try partition.restore(twin.rawBytes, from: payload.bytes, expiry: nil, access: nil)
        } catch { preconditionFailure("what was dumped is refused") }
        precondition(
            partition.digest(ofValueUnder: name.rawBytes) == partition.digest(ofValueUnder: twin.rawBytes),
            "what was dumped is another value")
    }

    // MARK: Traffic

    private mutating func change() {
        let key = key
        let word = Array(["a", "17", "-1", "", "member:5", String(repeating: "x", count: 80)][draw(6)].utf8)
        switch partition.type(of: key.rawBytes, .peek) {
        case .string: changeString(word)
        case .hash: changeHash(word)
        case .set: changeSet(word)
        case .sortedSet: changeSortedSet(word)
        case .list: changeList(word)
        case .stream: changeStream()
        case nil: break
        }
    }

    private mutating func draw(_ limit: UInt64) -> Int { Int(random.next(below: limit)) }

    private mutating func changeString(_ word: [UInt8]) {
        let key = key
        switch draw(3) {
        case 0: _ = try? partition.appendString(key.rawBytes, word.rawBytes)
        case 1: _ = try? partition.setStringRange(key.rawBytes, at: draw(300), to: word.rawBytes)
        default: _ = try? partition.increment(key.rawBytes, by: 1)
        }
    }

    private mutating func changeHash(_ word: [UInt8]) {
        let key = key
        let field = draw(2) == 0 ? word : randomField() ?? word
        switch draw(4) {
        case 0: _ = try? partition.setHashValue(key.rawBytes, field.rawBytes, to: word.rawBytes)
        case 1:
            guard var hash = try? partition.openHash(key.rawBytes) else { return }
            let isRemoved = partition.removeField(field.rawBytes, from: &hash)
            partition.closeHash(key.rawBytes, hash, changeCount: isRemoved ? 1 : 0)
        case 2:
            guard var hash = try? partition.openHash(key.rawBytes) else { return }
            let time = partition.now + Int64(draw(3)) * 1000
            let change = partition.setExpiry(of: field.rawBytes, to: time, in: &hash)
            partition.closeHash(key.rawBytes, hash, changeCount: change == .noField ? 0 : 1)
        default: _ = try? partition.hashValue(key.rawBytes, field.rawBytes) == nil
        }
    }

    private mutating func randomField() -> [UInt8]? {
        let key = key
        var field: [UInt8]?
        var generator = random
        if let hash = try? partition.hash(key.rawBytes, .peek) {
            hash.forEachRandom(1, using: &generator) { name, _ in field = name.withBytes { $0.makeArray() } }
        }
        random = generator
        return field
    }

    private mutating func changeSet(_ word: [UInt8]) {
        let key = key
        switch draw(4) {
        case 0, 1:
            guard var set = try? partition.openSet(key.rawBytes, forMember: word.rawBytes, of: 1) else { return }
            let isNew = set.add(word.rawBytes)
            partition.closeSet(key.rawBytes, &set, changeCount: isNew ? 1 : 0)
        case 2:
            guard var set = try? partition.openSet(key.rawBytes) else { return }
            var generator = random
            let isPopped = set.pop(using: &generator) { _ in }
            random = generator
            partition.closeSet(key.rawBytes, &set, changeCount: isPopped ? 1 : 0)
        default:
            guard var set = try? partition.openSet(key.rawBytes) else { return }
            let isRemoved = set.remove(word.rawBytes)
            partition.closeSet(key.rawBytes, &set, changeCount: isRemoved ? 1 : 0)
        }
    }

    private mutating func changeList(_ word: [UInt8]) {
        let key = key
        guard var list = try? partition.openList(key.rawBytes) else { return }
        let place = draw(UInt64(list.count))
        switch draw(5) {
        case 0:
            list.prepare(forAdding: 1, byteCount: word.count)
            list.push(word.rawBytes, at: draw(2) == 0 ? .left : .right)
        case 1:
            list.prepare(forAdding: 1, byteCount: word.count)
            list.insert(word.rawBytes, at: place)
        case 2: list.replace(at: place, with: word.rawBytes)
        case 3: list.remove(place..<min(list.count, place + 3))
        default: list.pop(at: draw(2) == 0 ? .left : .right) { _ in }
        }
        partition.closeList(key.rawBytes, &list, changeCount: 1)
    }

    private mutating func changeStream() {
        let key = key
        guard let open = try? partition.openStream(key.rawBytes, makes: false) else { return }
        var ids: [StreamID] = []
        open.stream.value.forEach(from: .zero, through: .max) { entry in
            ids.append(entry.id)
            return true
        }
        var changes = 0
        if draw(4) == 0 {
            changes = open.stream.value.trim(to: .count(Int64(draw(8))), wholeNodes: draw(2) == 0, limit: 0)
        } else if !ids.isEmpty {
            let id = ids[draw(UInt64(ids.count))]
            if open.stream.value.groupCount > 0 {
                _ = open.stream.value.acknowledge(id, of: open.stream.value.group(at: 0))
            }
            changes = open.stream.value.remove(id) ? 1 : 0
        }
        partition.closeStream(key.rawBytes, open, changeCount: changes)
    }

    private mutating func changeSortedSet(_ word: [UInt8]) {
        let key = key
        let score = [0, 1.5, -7, Double.infinity, 1e300][draw(5)]
        guard var set = try? partition.openSortedSet(key.rawBytes) else { return }
        var changes = 0
        switch draw(3) {
        case 0: changes = set.update(word.rawBytes) { _ in score }.now == nil ? 0 : 1
        case 1: changes = set.remove(word.rawBytes) ? 1 : 0
        default:
            if set.count > 0 {
                let rank = draw(UInt64(set.count))
                set.remove(ranks: rank..<rank + 1)
                changes = 1
            }
        }
        partition.closeSortedSet(key.rawBytes, &set, changeCount: changes)
    }
}
