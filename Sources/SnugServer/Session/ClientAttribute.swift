internal import SnugMemory

extension RawSpan {
    /// Whether a client may give itself this name: printable ASCII without blanks, so that lines of CLIENT LIST can be
    /// taken apart.
    var isClientAttribute: Bool {
        for offset in 0..<byteCount where self[offset] < 33 || self[offset] > 126 { return false }
        return true
    }
}

extension RawSpan {
    /// The bytes up to the first zero, which is as much of an argument as Redis quotes in an error.
    var quotedInError: [UInt8] {
        var end = 0
        while end < byteCount && self[end] != 0 { end += 1 }
        return extracting(first: end).makeArray()
    }
}
