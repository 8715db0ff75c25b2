internal import SnugMemory

/// Numbers that Redis writes without an exponent.
extension ReplyWriter {
    /// A finite number with at most 17 digits behind the point and no zeros at the end: `,value` in RESP3, a bulk
    /// string in RESP2.
    package mutating func decimal(_ value: Double) {
        var text = GrowableBytes()
        text.append(LongDouble(value))
        number(text.bytes)
    }

    /// A number with `digits` digits behind the point, 0 to 17 of them, as a bulk string in both protocols.
    package mutating func bulk(fixed value: Double, digits: Int) {
        var text = GrowableBytes()
        text.append(fixed: value, digits: digits)
        bulk(text.bytes)
    }
}
