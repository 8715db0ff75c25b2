import SnugEngine
import SnugMemory
import SnugRDB
import Testing

/// A partition that restores payloads, and shows what came of them as text.
struct PayloadTrial: ~Copyable {
    var partition = Partition(databaseCount: 1, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
    let key = Array("k".utf8)

    init() {
        partition.now = 2_000_000_000_000
    }

    /// Restores a payload; what came of it, or the error.
    mutating func restore(_ payload: [UInt8], expiry: Int64? = nil) -> String {
        let key = key
        do throws(RestoreError) {
            try partition.restore(key.rawBytes, from: payload.rawBytes, expiry: expiry, access: nil)
        } catch { return "\(error)" }
        return content()
    }

    /// Restores a type's byte and a body, behind which a true foot is put.
    mutating func restore(_ type: RDBType, _ body: [UInt8]) -> String {
        restore(Self.payload(type.rawValue, body))
    }

    static func payload(_ type: UInt8, _ body: [UInt8], version: UInt16 = 12) -> [UInt8] {
        var bytes = [type] + body + [UInt8(version & 0xff), UInt8(version >> 8)]
        let checksum = CRC64(of: bytes.rawBytes).value
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: checksum >> UInt64(8 * index))) }
        return bytes
    }

    mutating func dump() -> [UInt8] {
        let key = key
        var bytes = GrowableBytes()
        guard partition.dump(key.rawBytes, to: &bytes) else { return [] }
        return bytes.bytes.makeArray()
    }

    /// The key's type, encoding and elements: those of a hashtable in order of their text.
    mutating func content() -> String {
        let key = key
        guard let description = partition.describe(key.rawBytes, .peek) else { return "nothing" }
        var parts: [String] = []
        switch description.type {
        case .string:
            if let value = try? partition.string(key.rawBytes, .peek) { parts = [value.readable] }
        case .hash:
            if let hash = try? partition.hash(key.rawBytes, .peek) {
                hash.forEachWithExpiry { field, value, expiry in
                    parts.append("\(field.readable)=\(value.readable)\(expiry.map { "@\($0)" } ?? "")")
                }
            }
        case .set: if let set = try? partition.set(key.rawBytes, .peek) { set.forEach { parts.append($0.readable) } }
        case .sortedSet:
            if let set = try? partition.sortedSet(key.rawBytes, .peek) {
                set.forEach(ranks: 0..<set.count) { parts.append("\($0.makeString())=\($1)") }
            }
        case .list, .stream: break
        }
        if description.encoding == .hashTable { parts.sort() }
        return "\(description.encoding.name) " + parts.joined(separator: " ")
    }
}

extension StringValue {
    fileprivate var readable: String { withBytes { $0.makeString() } }
}

/// The bytes that hexadecimal digits stand for.
func hexadecimal(_ text: String) -> [UInt8] {
    let digits = text.utf8.filter { $0 > 32 }.map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
