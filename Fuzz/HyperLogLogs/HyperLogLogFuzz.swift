import SnugEngine
import SnugMemory

/// Whatever string a key holds, commands on HyperLogLogs refuse it, and then it stays as it is, or read and change it so
/// that it is one afterwards: estimates of both encodings agree, and nothing that was added is forgotten.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    check(input)
    // The same as registers under a header that is true, so that the fuzzer need not guess one.
    let stale: [UInt8] = Array("HYLL".utf8) + [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80]
    check(stale + input)
    check(stale + whole(input))
    var dense = stale + input + [UInt8](repeating: 0, count: max(0, 12_288 - input.count))
    dense[4] = 0
    check(Array(dense.prefix(12_304)))
    return 0
}

/// Runs that these bytes begin, filled up to all registers.
private func whole(_ input: [UInt8]) -> [UInt8] {
    var (codes, left, index) = ([UInt8](), 16_384, 0)
    while index < input.count {
        let code = Int(input[index])
        var length = code & 3 + 1
        var byteCount = 1
        if code & 0x80 == 0 { length = code & 0x3f + 1 }
        if code & 0xc0 == 0x40 {
            guard index + 1 < input.count else { break }
            length = (code & 0x3f) << 8 + Int(input[index + 1]) + 1
            byteCount = 2
        }
        guard length <= left else { break }
        codes += input[index..<index + byteCount]
        left -= length
        index += byteCount
    }
    if left > 0 { codes += [UInt8(0x40 | (left - 1) >> 8), UInt8((left - 1) & 0xff)] }
    return codes
}

private func check(_ value: [UInt8]) {
    var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 1)
    partition.limits.hyperLogLogSparseByteCountMax = value.count % 7 == 0 ? 100 : 3_000
    let (key, other) = (Array("key".utf8), Array("other".utf8))
    partition.setString(key.rawBytes, to: value.rawBytes)
    do {
        let noted = try partition.cardinality(of: key.rawBytes)
        var merged = Partition.MergedHyperLogLogs()
        try partition.addHyperLogLog(key.rawBytes, to: &merged)
        let estimate = merged.cardinality
        // One that was noted before need not be true.
        precondition(noted == estimate || value[15] & 0x80 == 0, "two estimates of the same registers")
        try partition.storeHyperLogLog(merged, under: other.rawBytes)
        let again = try partition.cardinality(of: other.rawBytes)
        precondition(again == estimate, "merging changed registers")
        _ = try partition.makeHyperLogLogDense(other.rawBytes)
        for byte in value.suffix(8) { try add([byte], to: key, &partition) }
        for byte in value.suffix(8) { try add([byte], to: other, &partition) }
        var both = Partition.MergedHyperLogLogs()
        try partition.addHyperLogLog(key.rawBytes, to: &both)
        var dense = Partition.MergedHyperLogLogs()
        try partition.addHyperLogLog(other.rawBytes, to: &dense)
        precondition(both.cardinality == dense.cardinality, "the encodings differ")
        try partition.addHyperLogLog(other.rawBytes, to: &both)
        precondition(both.cardinality == dense.cardinality, "the encodings have different registers")
    } catch {
        let left = try? partition.withBits(key.rawBytes) { $0.makeArray() }
        precondition(left == value, "what was refused has been changed")
    }
}

private func add(_ element: [UInt8], to key: [UInt8], _ partition: inout Partition) throws(EngineError) {
    var opened = try partition.openHyperLogLog(key.rawBytes)
    let isRaised = try opened.add(element.rawBytes)
    partition.closeHyperLogLog(opened, of: key.rawBytes, changeCount: isRaised ? 1 : 0)
}
