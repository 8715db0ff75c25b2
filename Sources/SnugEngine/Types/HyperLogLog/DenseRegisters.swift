internal import SnugMemory

/// The registers of a dense HyperLogLog, six bits each. Offsets are those of the first byte of the HyperLogLog.
enum DenseRegisters {
    /// One register.
    static func value(_ register: Int, in block: Block, at start: Int) -> Int {
        let (place, shift) = place(of: register, start)
        let low = Int(block.load(UInt8.self, at: place)) >> shift
        if shift <= 2 { return low & 63 }
        return (low | Int(block.load(UInt8.self, at: place + 1)) << (8 - shift)) & 63
    }

    static func set(_ register: Int, to value: Int, in block: Block, at start: Int) {
        let (place, shift) = place(of: register, start)
        let (bits, mask) = (UInt16(value) << UInt16(shift), UInt16(63) << UInt16(shift))
        let low = block.load(UInt8.self, at: place)
        block.store(low & ~UInt8(truncatingIfNeeded: mask) | UInt8(truncatingIfNeeded: bits), at: place)
        guard shift > 2 else { return }
        let high = block.load(UInt8.self, at: place + 1)
        block.store(high & ~UInt8(mask >> 8) | UInt8(bits >> 8), at: place + 1)
    }

    private static func place(of register: Int, _ start: Int) -> (place: Int, shift: Int) {
        let bit = register * 6
        return (start + HyperLogLogLayout.headerByteCount + bit >> 3, bit & 7)
    }

    /// Calls `body` with each register and what it is, in their order. `bytes` are those of the whole HyperLogLog.
    @inline(__always)
    static func forEach(_ bytes: RawSpan, _ body: (_ register: Int, _ value: Int) -> Void) {
        var register = 0
        var offset = HyperLogLogLayout.headerByteCount
        // Three bytes are four registers.
        while register < HyperLogLogLayout.registerCount {
            let low = Int(UInt16(littleEndian: bytes.load(UInt16.self, at: offset)))
            let word = low | Int(bytes[offset &+ 2]) &<< 16
            body(register, word & 63)
            body(register &+ 1, word &>> 6 & 63)
            body(register &+ 2, word &>> 12 & 63)
            body(register &+ 3, word &>> 18)
            register &+= 4
            offset &+= 3
        }
    }
}
