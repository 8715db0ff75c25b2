/// A value of JSON, to be written. Foundation's encoder would bring Foundation into the server's binary.
indirect enum JSON {
    case text(String)
    case number(Double)
    case integer(Int)
    case flag(Bool)
    case null
    case array([JSON])
    /// In the order given.
    case object([(String, JSON)])

    /// With two spaces for each level; arrays and objects that hold no other stand on one line.
    func written(indentation: Int = 0) -> String {
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return number.isFinite ? "\(number)" : "null"
        case .integer(let number): return "\(number)"
        case .flag(let flag): return flag ? "true" : "false"
        case .null: return "null"
        case .array(let elements):
            return Self.block("[", "]", elements.map { $0.written(indentation: indentation + 2) }, isFlat, indentation)
        case .object(let members):
            let parts = members.map { Self.quoted($0.0) + ": " + $0.1.written(indentation: indentation + 2) }
            return Self.block("{", "}", parts, isFlat, indentation)
        }
    }

    private var isFlat: Bool {
        switch self {
        case .array(let elements): elements.allSatisfy { !$0.isContainer }
        case .object(let members): members.allSatisfy { !$0.1.isContainer }
        default: true
        }
    }

    private var isContainer: Bool {
        switch self {
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        default: false
        }
    }

    private static func block(
        _ open: String, _ close: String, _ parts: [String], _ isFlat: Bool, _ indentation: Int
    ) -> String {
        if isFlat { return open + parts.joined(separator: ", ") + close }
        let margin = "\n" + String(repeating: " ", count: indentation + 2)
        return open + margin + parts.joined(separator: "," + margin) + "\n"
            + String(repeating: " ", count: indentation) + close
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
