package import SnugEngine
package import SnugMemory

/// What DUMP gives and RESTORE takes: one value as in an RDB file, and behind it what tells whether it can be read.
///
///     ┌──────┬──────┬─────────┬──────────────────────────────┐
///     │ type │ body │ version │ CRC-64 of all bytes before it │      numbers little-endian
///     │    1 │      │       2 │                             8 │
///     └──────┴──────┴─────────┴──────────────────────────────┘
package enum DumpPayload {
    static let footByteCount = 10

    /// The type's byte and the body of a payload, or nil when its version is not known or its checksum is not that of
    /// its bytes.
    @_lifetime(copy payload)
    static func value(of payload: RawSpan) -> RawSpan? {
        let valueByteCount = payload.byteCount - footByteCount
        guard valueByteCount >= 0,
            UInt16(littleEndian: payload.load(UInt16.self, at: valueByteCount)) <= RDBVersion.latest
        else { return nil }
        let checksum = UInt64(littleEndian: payload.load(UInt64.self, at: valueByteCount + 2))
        guard CRC64(of: payload.extracting(first: valueByteCount + 2)).value == checksum else { return nil }
        return payload.extracting(first: valueByteCount)
    }

    /// Appends what stands behind a value that has been appended from `start` on.
    static func appendFoot(_ version: UInt16, behindValueAt start: Int, to bytes: inout GrowableBytes) {
        bytes.append(bytesOf: version.littleEndian)
        let checksum = CRC64(of: bytes.bytes.extracting(droppingFirst: start)).value
        bytes.append(bytesOf: checksum.littleEndian)
    }
}

/// Why a payload could not be restored.
package enum RestoreError: UInt8, Error {
    /// The version is not known, or the checksum is not that of the bytes.
    case wrongVersionOrChecksum
    /// The bytes are not those of a value.
    case corrupt
}

extension Partition {
    /// Appends the payload of the key's value. False, and nothing appended, when there is no such key. The version is
    /// the least that knows the type, so that an older server can take what it could hold. Costs what the value holds.
    package mutating func dump(_ key: RawSpan, to bytes: inout GrowableBytes) -> Bool {
        guard let type = type(of: key, .read) else { return false }
        let start = bytes.count
        guard let written = try? write(type, under: key, to: &bytes) else { return false }
        DumpPayload.appendFoot(written.sinceVersion, behindValueAt: start, to: &bytes)
        return true
    }

    /// Writes the value of a key, which has been looked up; nil when it is of a type that is not written.
    private mutating func write(
        _ type: ValueType, under key: RawSpan, to bytes: inout GrowableBytes
    ) throws(EngineError) -> RDBType? {
        switch type {
        case .string:
            guard let value = try string(key, .peek) else { return nil }
            return RDBWriter().write(value, to: &bytes)
        case .hash:
            guard let value = try hash(key, .peek) else { return nil }
            return RDBWriter().write(value, to: &bytes)
        case .set:
            guard let value = try set(key, .peek) else { return nil }
            return RDBWriter().write(value, to: &bytes)
        case .sortedSet:
            guard let value = try sortedSet(key, .peek) else { return nil }
            return RDBWriter().write(value, to: &bytes)
        case .list:
            guard let value = try list(key, .peek) else { return nil }
            return RDBWriter().write(value, to: &bytes)
        case .stream:
            guard let value = try stream(key, .peek) else { return nil }
            return RDBWriter().write(value.value, to: &bytes)
        }
    }

    /// Puts the value of a payload under `key`. Nothing changes on an error. A value whose time is past is not stored;
    /// the key is then not there. Throws `wrongVersionOrChecksum` and `corrupt`; whether the key is there already is
    /// for the caller to ask. Costs what adding the value's elements would.
    package mutating func restore(
        _ key: RawSpan, from payload: RawSpan, expiry: Int64?, access: UInt32?
    ) throws(RestoreError) {
        guard let value = DumpPayload.value(of: payload) else { throw .wrongVersionOrChecksum }
        let journal = encodings
        do throws(RDBReadError) {
            var reader = RDBReader(value, stringByteCountMax: limits.stringByteCountMax)
            guard let type = RDBType(rawValue: try reader.byte()) else { throw .corrupt }
            let restored = try read(type, from: &reader, for: key)
            guard reader.isAtEnd else {
                discard(restored)
                throw .corrupt
            }
            if let expiry, expiry <= now {
                discard(restored)
                encodings = journal
                _ = delete(key)
            } else {
                store(restored, under: key, expiry: expiry, access: access)
            }
        } catch {
            encodings = journal
            throw .corrupt
        }
    }
}
