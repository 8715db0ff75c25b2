internal import SnugMemory

/// Finding a run of one map in another, so that the members of two sets are compared 64 at a time.
extension PackedMap {
    /// Which keys of a run of another map with the same vocabulary are in this one, a bit for each index. `parts` and
    /// `hash` are those of the run. Expected constant time.
    func presence(ofRun run: RunHead, parts: RawSpan, hash: UInt64) -> UInt64 {
        guard let pack = Pack(bits: directory.bits(of: bucket(of: hash))) else { return 0 }
        let fingerprint = Self.fingerprint(of: hash)
        var number = pack.firstRun(withFingerprint: fingerprint, from: 0)
        while number >= 0 {
            let head = RunHead(pack: pack, run: number)
            if let body = head.body(like: run, parts: parts, in: vocabulary.value) { return body.presence }
            number = pack.firstRun(withFingerprint: fingerprint, from: number &+ 1)
        }
        return 0
    }
}

extension RunHead {
    /// The parts of a run whose body has been read. Constant time.
    @_lifetime(borrow vocabulary)
    func parts(before body: RunBody, in vocabulary: borrowing Vocabulary) -> RawSpan {
        if isBoxed { return parts(in: vocabulary) }
        return pack.block.bytes(at: partsOffset, count: body.start &- partsOffset, of: vocabulary)
    }

    /// The body when the keys of two runs have the same template and parts, nil otherwise. What the parts are made of
    /// follows from the template and themselves, so that they are the same when they begin alike.
    func body(like other: RunHead, parts: RawSpan, in vocabulary: borrowing Vocabulary) -> RunBody? {
        // A template may stand in one run and be named by its number in the other.
        if template == nil || template != other.template {
            guard template(in: vocabulary).isEqual(to: other.template(in: vocabulary)) else { return nil }
        }
        if isBoxed { return self.parts(in: vocabulary).isEqual(to: parts) ? body(in: vocabulary) : nil }
        let block = pack.block
        let start = partsOffset &+ parts.byteCount
        guard start <= end, block.bytes(at: partsOffset, count: parts.byteCount, of: block).isEqual(to: parts)
        else { return nil }
        return RunBody(block, start..<end, form: form, expiryWindow: vocabulary.expiryWindow)
    }
}
