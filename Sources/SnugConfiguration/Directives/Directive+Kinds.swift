internal import SnugMemory

/// One function for each common kind of directive, so that a declaration is one line.
extension Directive {
    typealias Path<Value> = any WritableKeyPath<Configuration, Value> & Sendable

    static func bool(
        _ name: String, _ path: Path<Bool>, change: Change = .atRunTime, effect: Effect = .full
    ) -> Directive {
        Directive(
            name, .bool, change: change, effect: effect,
            read: { Array(($0[keyPath: path] ? "yes" : "no").utf8) },
            write: { (configuration, words, _) throws(ValueError) in
                configuration[keyPath: path] = try ValueKind.bool(words[0])
            })
    }

    static func integer<Value: FixedWidthInteger & Sendable>(
        _ name: String, oldName: String? = nil, _ path: Path<Value>, _ range: ClosedRange<Int64>,
        change: Change = .atRunTime, effect: Effect = .full
    ) -> Directive {
        Directive(
            name, oldName: oldName, .integer(range), change: change, effect: effect,
            read: { Array(String($0[keyPath: path]).utf8) },
            write: { (configuration, words, _) throws(ValueError) in
                configuration[keyPath: path] = Value(clamping: try ValueKind.integer(words[0], in: range))
            })
    }

    static func memory<Value: FixedWidthInteger & Sendable>(
        _ name: String, oldName: String? = nil, _ path: Path<Value>,
        _ range: ClosedRange<UInt64> = 0...UInt64(Int64.max), effect: Effect = .full
    ) -> Directive {
        Directive(
            name, oldName: oldName, .memory(range), effect: effect,
            lines: { [MemoryAmount.text(UInt64(clamping: $0[keyPath: path]))] },
            read: { Array(String($0[keyPath: path]).utf8) },
            write: { (configuration, words, _) throws(ValueError) in
                configuration[keyPath: path] = Value(clamping: try MemoryAmount.bytes(words[0], in: range))
            })
    }

    static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(
        _ name: String, _ path: Path<Value>, change: Change = .atRunTime, effect: Effect = .full
    ) -> Directive {
        let cases = Array(Value.allCases)
        let words = cases.map(\.rawValue)
        return Directive(
            name, .choice(words), change: change, effect: effect,
            read: { Array($0[keyPath: path].rawValue.utf8) },
            write: { (configuration, given, _) throws(ValueError) in
                configuration[keyPath: path] = cases[try ValueKind.choice(given[0], among: words)]
            })
    }

    /// Text that is used as a path or an address.
    static func text(
        _ name: String, _ path: Path<String>, change: Change = .atRunTime, effect: Effect = .full
    ) -> Directive {
        Directive(
            name, .text, change: change, effect: effect,
            read: { Array($0[keyPath: path].utf8) },
            write: { (configuration, words, _) throws(ValueError) in
                configuration[keyPath: path] = String(decoding: words[0], as: UTF8.self)
            })
    }

    /// A directive that nothing reads: its value is checked, kept and answered.
    static func kept(
        _ name: String, oldName: String? = nil, _ kind: ValueKind, _ initial: String, change: Change = .atRunTime,
        effect: Effect = .none, wordCounts: ClosedRange<Int> = 1...1,
        check: (@Sendable ([[UInt8]]) throws(ValueError) -> Void)? = nil
    ) -> Directive {
        let initial = Array(initial.utf8)
        return Directive(
            name, oldName: oldName, kind, change: change, effect: effect, wordCounts: wordCounts,
            read: { $0.kept[name] ?? initial },
            write: { (configuration, words, _) throws(ValueError) in
                try check?(words)
                configuration.kept[name] = try kind.normalized(Array(words.joined(separator: [32])))
            })
    }

    static func kept(
        _ name: String, _ initial: Bool, change: Change = .atRunTime, effect: Effect = .none
    ) -> Directive {
        kept(name, .bool, initial ? "yes" : "no", change: change, effect: effect)
    }

    static func kept(
        _ name: String, oldName: String? = nil, _ initial: Int64, _ range: ClosedRange<Int64>,
        change: Change = .atRunTime, effect: Effect = .none
    ) -> Directive {
        kept(name, oldName: oldName, .integer(range), String(initial), change: change, effect: effect)
    }
}

/// Ranges that many integers share.
extension ClosedRange<Int64> {
    static let ports: Self = 0...65535
    static let natural32: Self = 0...Int64(Int32.max)
    static let positive32: Self = 1...Int64(Int32.max)
    static let integer32: Self = Int64(Int32.min)...Int64(Int32.max)
    static let natural: Self = 0...Int64.max
    static let positive: Self = 1...Int64.max
}

extension ClosedRange<UInt64> {
    static let memory: Self = 0...UInt64(Int64.max)
}
