internal import SnugMemory

/// An integer among the bits of a string, as BITFIELD names one: `u8` at bit 3. Its first bit is its highest.
package struct BitField: Sendable {
    package let isSigned: Bool
    /// 1 to 64, at most 63 without a sign.
    package let bitCount: Int
    /// Where it begins, at least 0.
    package let offset: Int

    package init(isSigned: Bool, bitCount: Int, offset: Int) {
        precondition((1...(isSigned ? 64 : 63)).contains(bitCount) && offset >= 0, "no such field")
        self.isSigned = isSigned
        self.bitCount = bitCount
        self.offset = offset
    }

    /// The bit that it ends with.
    package var last: Int { offset + bitCount - 1 }

    /// What is done when a number does not fit.
    package enum Overflow: Sendable {
        /// Its low bits are taken.
        case wrap
        /// The nearest number that fits.
        case saturate
        /// Nothing.
        case fail
    }

    private var largest: Int64 { Int64.max >> Int64(64 - bitCount - (isSigned ? 0 : 1)) }
    private var smallest: Int64 { isSigned ? -largest - 1 : 0 }

    /// The number whose low bits these are.
    package func number(_ bits: UInt64) -> Int64 {
        guard isSigned else { return Int64(bitPattern: bits & ~(.max << UInt64(bitCount))) }
        let distance = Int64(64 - bitCount)
        return Int64(bitPattern: bits << UInt64(distance)) >> distance
    }

    /// What is stored for `value`, or nil when it does not fit and must. Without a sign a negative number counts as one
    /// above 2⁶³; with one the very lowest, from which the largest is farther than 2⁶³, count as too large: as Redis
    /// has it.
    func fitted(_ value: Int64, _ overflow: Overflow) -> Int64? {
        if value >= smallest && value <= largest { return value }
        switch overflow {
        case .wrap: return number(UInt64(bitPattern: value))
        case .saturate: return value > largest || !isSigned || largest &- value < 0 ? largest : smallest
        case .fail: return nil
        }
    }

    /// What is stored for `value`, which the field has, and `amount` more; nil when that does not fit and must.
    func sum(_ value: Int64, _ amount: Int64, _ overflow: Overflow) -> Int64? {
        let (sum, isCarried) = value.addingReportingOverflow(amount)
        let isAbove = isCarried ? amount > 0 : sum > largest
        let isBelow = isCarried ? amount < 0 : sum < smallest
        guard isAbove || isBelow else { return sum }
        switch overflow {
        case .wrap: return number(UInt64(bitPattern: sum))
        case .saturate: return isAbove ? largest : smallest
        case .fail: return nil
        }
    }
}

/// A string that a command changes bit by bit: found or made by `openBits`, put back by `closeBits`. Between the two no
/// other key may be looked up.
package struct OpenBits: ~Copyable {
    /// The bytes of a string that lies in a pack.
    fileprivate var text: GrowableBytes
    /// A string outside of packs, which is changed where it is.
    fileprivate let string: LongString?
    fileprivate let location: PackedMap.Location
    /// Whether the string has become longer.
    fileprivate let isGrown: Bool
    /// How many fields were written.
    fileprivate var changeCount = 0

    /// The number in a field; zeros behind the end.
    package func value(_ field: BitField) -> Int64 {
        field.number(
            string?.bytes(of: self).bits(at: field.offset, count: field.bitCount)
                ?? text.bytes.bits(at: field.offset, count: field.bitCount))
    }

    /// Stores a number and returns the former one; nil, with nothing changed, when it does not fit and must.
    package mutating func set(_ field: BitField, to value: Int64, _ overflow: BitField.Overflow) -> Int64? {
        guard let fitted = field.fitted(value, overflow) else { return nil }
        let former = self.value(field)
        store(fitted, in: field, former: former)
        return former
    }

    /// Adds to a number and returns the sum; nil, with nothing changed, when it does not fit and must.
    package mutating func increment(
        _ field: BitField, by amount: Int64, _ overflow: BitField.Overflow
    ) -> Int64? {
        let former = value(field)
        guard let sum = field.sum(former, amount, overflow) else { return nil }
        store(sum, in: field, former: former)
        return sum
    }

    private mutating func store(_ value: Int64, in field: BitField, former: Int64) {
        if isGrown || value != former { changeCount += 1 }
        for piece in BitPieces(field.offset, field.bitCount) {
            let bits = UInt8(truncatingIfNeeded: value >> Int64(piece.behind)) & piece.mask
            let others = ~(piece.mask << piece.shift)
            if let string {
                let place = LongString.headerByteCount + piece.index
                let byte = string.block.load(UInt8.self, at: place) & others
                string.block.store(byte | bits << piece.shift, at: place)
            } else {
                text.set(text.bytes[piece.index] & others | bits << piece.shift, at: piece.index)
            }
        }
    }
}

extension Partition {
    /// Finds or makes the string under `key` and fills it up with zeros through the bit `last`, which must lie below
    /// eight times the limit of a string's byte count and 64 more. Throws `wrongType`.
    package mutating func openBits(_ key: RawSpan, through last: Int) throws(EngineError) -> OpenBits {
        var location = try stringPlace(key)
        let former = location.isPresent ? location.cell.stringByteCount : 0
        let total = max(former, last >> 3 + 1)
        if total <= StringForm.packedByteCountMax && !(location.isPresent && location.cell.kind == .reference) {
            var text = GrowableBytes(capacity: total)
            if location.isPresent {
                location.cell.string(in: vocabulary, of: self).withBytes { text.append($0) }
            }
            text.append(repeating: 0, count: total - former)
            return OpenBits(text: text, string: nil, location: location, isGrown: total > former)
        }
        if total > former || location.cell.reference.kind != .rawBytes {
            writeString(RawSpan(), at: total, total: total, location)
            location = locate(key, .peek)
        }
        return OpenBits(
            text: GrowableBytes(), string: location.cell.reference.string, location: location,
            isGrown: total > former)
    }

    /// Puts a string back that was opened under `key`.
    package mutating func closeBits(_ bits: consuming OpenBits, of key: RawSpan) {
        if bits.string == nil {
            storeRawString(bits.text.bytes, expiry: bits.location.expiry, at: bits.location)
        }
        if bits.changeCount > 0 { noteChange(of: key, count: bits.changeCount) }
    }
}
