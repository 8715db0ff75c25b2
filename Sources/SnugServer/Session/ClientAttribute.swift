internal import SnugMemory

extension RawSpan {
    /// Whether a client may give itself this name: printable ASCII without blanks, so that lines of CLIENT LIST can be
    /// taken apart.
    var isClientAttribute: Bool {
        for offset in 0..<byteCount where self[offset] < 33 || self[offset] > 126 { return false }
        return true
    }
}
