package import SnugMemory

/// Appends the key that `template`, `parts` and `index` were read from.
package func appendKey(template: RawSpan, parts: RawSpan, index: Int, to out: inout GrowableBytes) {
    let lastNumber = TemplateMarker.lastNumber(in: template)
    var place = 0
    var offset = 0
    while offset < template.byteCount {
        let word = template.paddedWord(at: offset)
        let marks = EightBytes(word).below(TemplateMarker.bound)
        let literal = min(EightBytes.firstIndex(in: marks), template.byteCount &- offset)
        out.append(low: literal, of: word)
        offset &+= literal
        if literal == 8 || offset == template.byteCount { continue }
        let marker = template[offset]
        switch marker {
        case TemplateMarker.decimal, TemplateMarker.paddedDecimal:
            var value = parts.readVarint(at: &place)
            if offset == lastNumber { value = value << 6 | UInt64(truncatingIfNeeded: index) }
            if marker == TemplateMarker.decimal {
                appendDecimal(value, to: &out)
            } else {
                appendDecimal(value, width: Int(template[offset &+ 1] &- TemplateMarker.widthBias), to: &out)
            }
        case TemplateMarker.lowercaseUUID, TemplateMarker.uppercaseUUID:
            appendUUID(parts, at: &place, letter: TemplateMarker.hexLetter(marker), to: &out)
        case TemplateMarker.text:
            appendText(parts, at: &place, to: &out)
        default:
            let digitCount = Int(template[offset &+ 1] &- TemplateMarker.hexBias)
            appendHex(parts, at: &place, digitCount, letter: TemplateMarker.hexLetter(marker), to: &out)
        }
        offset &+= TemplateMarker.hasArgument(marker) ? 2 : 1
    }
}

@inline(__always)
private func appendDecimal(_ value: UInt64, to out: inout GrowableBytes) {
    if value < 100_000_000 {
        let digits = EightBytes.decimalDigits(of: value)
        let zeros = min(7, EightBytes.firstIndex(in: digits))
        let text = (digits &+ EightBytes.each(0x30)) &>> UInt64(truncatingIfNeeded: zeros &* 8)
        out.append(low: 8 &- zeros, of: text)
    } else {
        var width = 9
        var power: UInt64 = 1_000_000_000
        while width < 19 && value >= power {
            width &+= 1
            power = power &* 10
        }
        appendDecimal(value, width: width, to: &out)
    }
}

/// Appends the last `width` digits of `value`, 1 to 19.
private func appendDecimal(_ value: UInt64, width: Int, to out: inout GrowableBytes) {
    if width > 8 { appendDecimal(value / 100_000_000, width: width &- 8, to: &out) }
    let count = min(width, 8)
    let text = EightBytes.decimalDigits(of: value % 100_000_000) &+ EightBytes.each(0x30)
    out.append(low: count, of: text &>> UInt64(truncatingIfNeeded: (8 &- count) &* 8))
}

private func appendUUID(_ parts: RawSpan, at place: inout Int, letter: UInt64, to out: inout GrowableBytes) {
    for number in 0..<4 {
        let packed = UInt64(parts.load(UInt32.self, at: place))
        let digits = EightBytes.hexDigits(of: packed, letter: letter)
        if number == 0 || number == 3 {
            out.append(low: 8, of: digits)
        } else {
            out.append(UInt8(ascii: "-"))
            out.append(low: 4, of: digits)
            out.append(UInt8(ascii: "-"))
            out.append(low: 4, of: digits >> 32)
        }
        place &+= 4
    }
}

private func appendHex(
    _ parts: RawSpan, at place: inout Int, _ digitCount: Int, letter: UInt64, to out: inout GrowableBytes
) {
    var left = digitCount
    while left > 0 {
        let digits = EightBytes.hexDigits(of: parts.paddedWord(at: place), letter: letter)
        out.append(low: min(left, 8), of: digits)
        place &+= min(4, (left &+ 1) >> 1)
        left &-= 8
    }
}

private func appendText(_ parts: RawSpan, at place: inout Int, to out: inout GrowableBytes) {
    let head = TextPart(parts, at: &place)
    if !head.isPacked {
        out.append(parts.slice(from: place, count: head.byteCount))
        place &+= head.byteCount
        return
    }
    var left = head.byteCount
    while left > 0 {
        let characters = EightBytes.base64Characters(of: parts.paddedWord(at: place))
        out.append(low: min(left, 8), of: characters)
        place &+= min(6, TextPart.packedByteCount(of: left))
        left &-= 8
    }
}
