internal import SnugMemory

/// A table as a hash: an entry for each field, whose payload is the value.
///
/// A value that is an integer of eight or more characters is kept as a word, a shorter one as its text, so that no
/// payload is longer than the text.
extension EntryTable {
    /// Sets a field. True when it is new.
    mutating func setField(_ field: RawSpan, to value: StringValue) -> Bool {
        let hash = hash(of: field)
        let byteCount = value.byteCount
        let payload = PayloadForm(value, byteCount)
        if let entry = find(field, hash: hash) {
            let resized = resizePayload(of: entry, kind: payload.kind, byteCount: payload.byteCount)
            resized.storePayload(value, byteCount)
            return false
        }
        insert(field, hash: hash, kind: payload.kind, payloadByteCount: payload.byteCount).storePayload(
            value, byteCount)
        return true
    }

    /// Adds the fields of a listpack, none of which must be there.
    mutating func addFields(of listpack: Listpack) {
        let reader = listpack.reader(of: listpack.block)
        var text = GrowableBytes()
        var offset = reader.firstOffset
        while offset < reader.endOffset {
            let valueOffset = reader.offset(after: offset)
            switch reader.value(at: offset) {
            case .bytes(let field): _ = setField(field, to: reader.value(at: valueOffset))
            case .integer(let field):
                text.truncate(to: 0)
                text.append(decimal: field)
                _ = setField(text.bytes, to: reader.value(at: valueOffset))
            }
            offset = reader.offset(after: valueOffset)
        }
    }
}

/// How a value is kept in a table.
private struct PayloadForm {
    let kind: Entry.Kind
    let byteCount: Int

    init(_ value: borrowing StringValue, _ textByteCount: Int) {
        switch copy value {
        case .integer where textByteCount >= 8:
            kind = .integer
            byteCount = 8
        case .integer, .bytes:
            kind = .bytes
            byteCount = textByteCount
        }
    }
}

extension Entry {
    /// Fills the payload, whose place is as `PayloadForm` says.
    fileprivate func storePayload(_ value: borrowing StringValue, _ textByteCount: Int) {
        switch copy value {
        case .bytes(let bytes): block.store(bytes, at: payloadOffset)
        case .integer(let integer):
            if kind == .integer {
                word = UInt64(bitPattern: integer)
            } else {
                storeDecimal(integer, byteCount: textByteCount)
            }
        }
    }

    /// Writes the digits of an integer from the last to the first.
    private func storeDecimal(_ integer: Int64, byteCount: Int) {
        var magnitude = integer.magnitude
        var place = payloadOffset + byteCount
        repeat {
            place -= 1
            block.store(UInt8(truncatingIfNeeded: 48 + magnitude % 10), at: place)
            magnitude /= 10
        } while magnitude > 0
        if integer < 0 { block.store(45 as UInt8, at: place - 1) }
    }
}
