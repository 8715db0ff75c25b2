/// Writes words so that `InlineSplitter` reads them back.
package enum Quoting {
    /// `word`, in double quotes when it is empty or holds anything but plain letters, digits and signs.
    package static func quoted(_ word: [UInt8]) -> [UInt8] {
        let isPlain = !word.isEmpty && word.allSatisfy { $0 > 32 && $0 < 127 && !special.contains($0) }
        return isPlain ? word : alwaysQuoted(word)
    }

    private static let special = Set("\"'\\#".utf8)

    private static func alwaysQuoted(_ word: [UInt8]) -> [UInt8] {
        var quoted = [UInt8(ascii: "\"")]
        for byte in word {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
            case 10: quoted += "\\n".utf8
            case 13: quoted += "\\r".utf8
            case 9: quoted += "\\t".utf8
            case 32..<127: quoted.append(byte)
            default: quoted += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return quoted + [UInt8(ascii: "\"")]
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
