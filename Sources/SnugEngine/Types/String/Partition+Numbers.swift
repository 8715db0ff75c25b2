package import SnugMemory

/// Strings as numbers that a command computes with itself.
extension Partition {
    /// The integer that the string under `key` holds, nil when it is not there. Throws `wrongType`, `notInteger`.
    package mutating func integer(_ key: RawSpan) throws(EngineError) -> Int64? {
        guard let value = try string(key, .write) else { return nil }
        switch value {
        case .integer(let integer): return integer
        case .bytes(let bytes):
            guard let integer = bytes.canonicalInteger else { throw .notInteger }
            return integer
        }
    }

    /// The number that the string under `key` holds, nil when it is not there. Throws `wrongType`, `notFloat`.
    package mutating func number(_ key: RawSpan) throws(EngineError) -> LongDouble? {
        guard let value = try string(key, .write) else { return nil }
        guard let number = value.withBytes({ LongDouble($0) }) else { throw .notFloat }
        return number
    }

    /// Stores an integer. An expiry that is past removes the key.
    package mutating func setInteger(_ key: RawSpan, to integer: Int64, expiry: ExpiryChange) {
        guard !removes(key, expiry) else { return }
        let location = locate(key, .write)
        store(Payload(integer: integer), expiry: expiry.applied(to: location.expiry), at: location)
        noteChange(of: key)
    }

    /// Stores the text of a number, which is no integer even where it looks like one. An expiry that is past removes
    /// the key.
    package mutating func setNumber(_ key: RawSpan, to number: LongDouble, expiry: ExpiryChange) {
        guard !removes(key, expiry) else { return }
        var text = GrowableBytes()
        text.append(number)
        let location = locate(key, .write)
        if text.count > StringForm.packedByteCountMax {
            storeString(text.bytes, expiry: expiry.applied(to: location.expiry), at: location)
        } else {
            store(Payload(.bytes, text.bytes), expiry: expiry.applied(to: location.expiry), at: location)
        }
        noteChange(of: key)
    }

    /// Removes the key when the expiry that it is to get is past.
    private mutating func removes(_ key: RawSpan, _ expiry: ExpiryChange) -> Bool {
        guard case .set(let time) = expiry, time <= now else { return false }
        _ = delete(key)
        return true
    }
}
