internal import SnugMemory

/// Finding a run of one map in another, so that the members of two sets are compared 64 at a time.
extension PackedMap {
    /// Which keys of a run of another map with the same vocabulary are in this one, a bit for each index. `hash` is
    /// that of the run. Expected constant time.
    func presence(ofRun run: RunHead, hash: UInt64) -> UInt64 {
        guard let pack = Pack(bits: directory.bits(of: bucket(of: hash))) else { return 0 }
        let fingerprint = Self.fingerprint(of: hash)
        var number = pack.firstRun(withFingerprint: fingerprint, from: 0)
        while number >= 0 {
            let head = RunHead(pack: pack, run: number)
            if head.hasKeys(like: run, in: vocabulary.value) { return head.body(in: vocabulary.value).presence }
            number = pack.firstRun(withFingerprint: fingerprint, from: number &+ 1)
        }
        return 0
    }
}

extension RunHead {
    /// Whether the keys of two runs have the same template and parts.
    func hasKeys(like other: RunHead, in vocabulary: borrowing Vocabulary) -> Bool {
        // A template may stand in one run and be named by its number in the other.
        let isTemplateSame =
            template != nil && template == other.template
            || template(in: vocabulary).isEqual(to: other.template(in: vocabulary))
        return isTemplateSame && parts(in: vocabulary).isEqual(to: other.parts(in: vocabulary))
    }
}
