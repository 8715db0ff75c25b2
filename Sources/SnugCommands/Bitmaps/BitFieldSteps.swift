internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// What BITFIELD is to do, in its order.
struct BitFieldSteps {
    enum Action {
        case get
        case set(Int64)
        case increment(Int64)
    }

    struct Step {
        let field: BitField
        let action: Action
        let overflow: BitField.Overflow
    }

    private(set) var all: [Step] = []
    /// The last bit that is written to, -1 when none is.
    private(set) var lastWritten = -1

    /// Reads the words behind the key. Throws what Redis answers, before anything is done.
    init(_ arguments: borrowing Arguments, _ partition: borrowing Partition) throws(CommandError) {
        var overflow = BitField.Overflow.wrap
        var index = 2
        while index < arguments.count {
            let word = arguments[index]
            let left = arguments.count - index - 1
            if word.isWord("OVERFLOW") && left >= 1 {
                overflow = try Self.overflow(arguments[index + 1])
                index += 2
                continue
            }
            let isGet = word.isWord("GET") && left >= 2
            let isSet = word.isWord("SET") && left >= 3
            guard isGet || isSet || word.isWord("INCRBY") && left >= 3 else { throw .syntax }
            let field = try Self.field(arguments[index + 1], arguments[index + 2], partition)
            var action = Action.get
            if !isGet {
                lastWritten = max(lastWritten, field.last)
                let number = try arguments[index + 3].integer()
                action = isSet ? .set(number) : .increment(number)
            }
            all.append(Step(field: field, action: action, overflow: overflow))
            index += isGet ? 3 : 4
        }
    }

    private static func overflow(_ word: RawSpan) throws(CommandError) -> BitField.Overflow {
        if word.isWord("WRAP") { return .wrap }
        if word.isWord("SAT") { return .saturate }
        if word.isWord("FAIL") { return .fail }
        throw .invalidOverflowType
    }

    /// A field by its type, `i` or `u` and a number of bits, and its offset.
    private static func field(
        _ type: RawSpan, _ offset: RawSpan, _ partition: borrowing Partition
    ) throws(CommandError) -> BitField {
        guard type.byteCount > 1, type[0] == UInt8(ascii: "i") || type[0] == UInt8(ascii: "u"),
            let bitCount = type.extracting(droppingFirst: 1).canonicalInteger
        else { throw .invalidBitFieldType }
        let isSigned = type[0] == UInt8(ascii: "i")
        guard bitCount >= 1, bitCount <= (isSigned ? 64 : 63) else { throw .invalidBitFieldType }
        let place = try offset.bitOffset(fieldBitCount: Int(bitCount), partition)
        return BitField(isSigned: isSigned, bitCount: Int(bitCount), offset: place)
    }
}
