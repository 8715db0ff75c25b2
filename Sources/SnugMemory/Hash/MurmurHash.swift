/// MurmurHash64A by Austin Appleby, who has put it into the public domain. HyperLogLogs use it: their registers depend
/// on it, so it is what Redis uses, little-endian words on every machine.
extension RawSpan {
    /// The hash with a seed. Eight bytes a step.
    public func murmurHash(seed: UInt64) -> UInt64 {
        let factor: UInt64 = 0xc6a4_a793_5bd1_e995
        var hash = seed ^ UInt64(byteCount) &* factor
        var offset = 0
        while offset &+ 8 <= byteCount {
            var word = UInt64(littleEndian: load(UInt64.self, at: offset)) &* factor
            word = (word ^ word &>> 47) &* factor
            hash = (hash ^ word) &* factor
            offset &+= 8
        }
        if offset < byteCount { hash = (hash ^ UInt64(littleEndian: lastWord(from: offset))) &* factor }
        hash = (hash ^ hash &>> 47) &* factor
        return hash ^ hash &>> 47
    }
}
