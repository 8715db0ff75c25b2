package import SnugMemory

/// What a key is when it is read: a *template*, shared by the keys of one make, and the *parts* in which they differ.
///
///     user:10001:blocked  →  template  `user:` ① `:blocked`     parts  10001 >> 6     index  10001 & 63
///
/// A template is literal text in which a byte below 0x10 stands for a token; literal text never holds such bytes. Some
/// are followed by an argument, which is 0x10 or above too, so that tokens are found without knowing where text begins.
///
///     marker        argument       token                                 parts
///     ① decimal                    number without leading zeros          LEB128
///     ② padded      width + 0x10   number with leading zeros             LEB128
///     ③ uuid                       8-4-4-4-12 hexadecimal, lower case    16 bytes
///     ④ UUID                       the same in upper case                16 bytes
///     ⑤ hex         digits + 4     hexadecimal digits, lower case        two digits a byte, the first one high
///     ⑥ HEX         digits + 4     the same in upper case                the same
///     ⑦ text                       what no other token covers            LEB128 of byte count × 2 + packed, then the
///                                                                        bytes, or 6 bits for each if packed
///
/// The parts stand side by side in the order of the tokens. Of the *last* number they hold all but its low six bits:
/// those are the key's index in its *run*, and keys with equal template and parts are the run. `KeyReader` says what is
/// read as what.
enum TemplateMarker {
    static let decimal: UInt8 = 1
    static let paddedDecimal: UInt8 = 2
    static let lowercaseUUID: UInt8 = 3
    static let uppercaseUUID: UInt8 = 4
    static let lowercaseHex: UInt8 = 5
    static let uppercaseHex: UInt8 = 6
    static let text: UInt8 = 7

    /// Markers are below this, literal bytes and arguments are not.
    static let bound: UInt64 = 0x10
    /// Decimal numbers' markers are below this, and 0 marks nothing.
    static let numberBound: UInt64 = 3
    static let widthBias: UInt8 = 0x10
    static let hexBias: UInt8 = 4

    @inline(__always)
    static func hasArgument(_ marker: UInt8) -> Bool {
        marker == paddedDecimal || marker == lowercaseHex || marker == uppercaseHex
    }

    /// The letter with which the hexadecimal digits above nine begin.
    @inline(__always)
    static func hexLetter(_ marker: UInt8) -> UInt64 {
        marker == lowercaseHex || marker == lowercaseUUID ? 0x61 : 0x41
    }

    /// Where the last decimal number's marker stands, -1 when there is none.
    @inline(__always)
    static func lastNumber(in template: RawSpan) -> Int {
        var found = -1
        var offset = 0
        while offset < template.byteCount {
            var marks = EightBytes(template.paddedWord(at: offset)).below(numberBound)
            let left = template.byteCount &- offset
            if left < 8 { marks &= EightBytes.first(left) }
            if marks != 0 { found = offset &+ EightBytes.lastIndex(in: marks) }
            offset &+= 8
        }
        return found
    }
}

/// Whether keys of `template` have a decimal number, and so an index.
package func isIndexed(template: RawSpan) -> Bool {
    TemplateMarker.lastNumber(in: template) >= 0
}

/// The same as `KeyReader.hash` for the keys of the run.
package func hashOfRun(template: RawSpan, parts: RawSpan, hasher: KeyedHash) -> UInt64 {
    hasher.hash(pair: template, parts)
}

/// How many bytes at the front of `bytes` are the parts that belong to `template`.
package func partsByteCount(template: RawSpan, in bytes: RawSpan) -> Int {
    var place = 0
    var offset = 0
    while offset < template.byteCount {
        var marks = EightBytes(template.paddedWord(at: offset)).below(TemplateMarker.bound)
        let left = template.byteCount &- offset
        if left < 8 { marks &= EightBytes.first(left) }
        if marks == 0 {
            offset &+= 8
            continue
        }
        offset &+= EightBytes.firstIndex(in: marks)
        let marker = template[offset]
        offset &+= 1
        switch marker {
        case TemplateMarker.decimal, TemplateMarker.paddedDecimal: _ = bytes.readVarint(at: &place)
        case TemplateMarker.lowercaseUUID, TemplateMarker.uppercaseUUID: place &+= 16
        case TemplateMarker.text: place &+= TextPart(bytes, at: &place).storedByteCount
        default: place &+= (Int(template[offset] &- TemplateMarker.hexBias) &+ 1) >> 1
        }
        if TemplateMarker.hasArgument(marker) { offset &+= 1 }
    }
    return place
}

/// Appends a template as people write it: `user:#:blocked`, `key:#12` for twelve digits with leading zeros,
/// `session:<uuid>`, `<hex32>` (in capitals for upper case), `*` for text.
package func appendDisplayedTemplate(_ template: RawSpan, to out: inout GrowableBytes) {
    var offset = 0
    while offset < template.byteCount {
        let marker = template[offset]
        var argument: Int64 = 0
        if TemplateMarker.hasArgument(marker) {
            offset &+= 1
            let bias = marker == TemplateMarker.paddedDecimal ? TemplateMarker.widthBias : TemplateMarker.hexBias
            argument = Int64(template[offset] &- bias)
        }
        offset &+= 1
        switch marker {
        case TemplateMarker.decimal: out.append("#")
        case TemplateMarker.paddedDecimal:
            out.append("#")
            out.append(decimal: argument)
        case TemplateMarker.lowercaseUUID: out.append("<uuid>")
        case TemplateMarker.uppercaseUUID: out.append("<UUID>")
        case TemplateMarker.lowercaseHex, TemplateMarker.uppercaseHex:
            out.append(marker == TemplateMarker.lowercaseHex ? "<hex" : "<HEX")
            out.append(decimal: argument)
            out.append(">")
        case TemplateMarker.text: out.append("*")
        default: out.append(marker)
        }
    }
}

/// The head of a text in the parts of a key.
struct TextPart {
    let byteCount: Int
    let isPacked: Bool

    /// Reads the head at `place` and steps behind it.
    @inline(__always)
    init(_ parts: RawSpan, at place: inout Int) {
        let head = parts.readVarint(at: &place)
        byteCount = Int(truncatingIfNeeded: head >> 1)
        isPacked = head & 1 == 1
    }

    var storedByteCount: Int { isPacked ? Self.packedByteCount(of: byteCount) : byteCount }

    @inline(__always)
    static func packedByteCount(of characterCount: Int) -> Int { (characterCount &* 3 &+ 3) >> 2 }
}

extension RawSpan {
    /// Reads a number in LEB128 at `place` and steps behind it.
    @inline(__always)
    func readVarint(at place: inout Int) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = self[place]
            place &+= 1
            value |= UInt64(byte & 0x7f) &<< shift
            if byte < 0x80 || shift >= 63 { return value }
            shift &+= 7
        }
    }
}
