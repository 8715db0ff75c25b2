internal import SnugMemory
package import SnugRESP

/// Where a key stands among a request's words, and what the command does with it.
package struct KeyPosition: Sendable, Equatable {
    /// Index of the word, 0 being the command's name.
    package var index: Int
    package var flags: KeyFlags

    package init(index: Int, flags: KeyFlags) {
        self.index = index
        self.flags = flags
    }
}

extension CommandDeclaration {
    /// The keys of a request whose word count satisfies the arity; nil when the request does not have the form that the
    /// key specifications describe. A command whose keys depend on more than that declares this function itself.
    package static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        spec.keyPositions(arguments)
    }
}

extension CommandSpec {
    /// Whether requests of this command can name keys.
    package var takesKeys: Bool { keys.contains { !$0.flags.contains(.notKey) } }

    /// The keys that the specifications find, in their order; nil when one of them does not fit the request. Costs one
    /// array and a step per key. Specifications of words that are no keys are passed over.
    package func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]? {
        var found: [KeyPosition] = []
        for key in keys where !key.flags.contains(.notKey) {
            switch key.locate(arguments) {
            case .absent: continue
            case .invalid: return nil
            case .words(let first, let last, let step):
                for index in stride(from: first, through: last, by: step) {
                    found.append(KeyPosition(index: index, flags: key.flags))
                }
            }
        }
        return found
    }
}

extension KeySpec {
    /// What a specification finds in a request.
    package enum Place: Sendable, Equatable {
        /// The word that introduces the keys is not there.
        case absent
        /// The request does not have the described form.
        case invalid
        /// The words from `first` to `last`, both inside the request, one in `step`.
        case words(first: Int, last: Int, step: Int)
    }

    /// Applies the specification to a request. Numbers in the request are not trusted. At most one step per word.
    package func locate(_ arguments: borrowing Arguments) -> Place {
        var first: Int
        switch begin {
        case .index(let index): first = index
        case .keyword(let word, let start):
            guard let index = Self.find(word, in: arguments, startingAt: start) else { return .absent }
            first = index + 1
        case .unknown: return .invalid
        }
        let count = arguments.count
        guard first < count else { return .invalid }
        let last: Int
        let distance: Int
        switch find {
        case .range(let end, let step, let limit):
            distance = step
            if end >= 0 {
                last = first + end
            } else {
                last = limit > 1 ? first + (count - first) / limit + end : count + end
            }
        case .count(let index, let firstKey, let step):
            guard index >= 0, first + index < count, let keyCount = arguments[first + index].canonicalInteger,
                keyCount >= 0, keyCount <= Int64(count)
            else { return .invalid }
            distance = step
            first += firstKey
            last = first + (Int(keyCount) - 1) * step
        case .unknown: return .invalid
        }
        guard last >= first, last < count, distance > 0 else { return .invalid }
        return .words(first: first, last: last, step: distance)
    }

    /// Index of `word` among the arguments from `start` on; counted from the end, and sought backwards, when negative.
    private static func find(
        _ word: StaticString, in arguments: borrowing Arguments, startingAt start: Int
    ) -> Int? {
        let count = arguments.count
        var index = start >= 0 ? start : count + start
        while index >= 1 && index < count {
            if arguments[index].isWord(word) { return index }
            index += start >= 0 ? 1 : -1
        }
        return nil
    }
}

extension CommandSpec {
    /// First key, last key and step in the older notation of COMMAND INFO; all 0 when it cannot say anything. `last` is
    /// negative when it counts from the end.
    package var keyRange: (first: Int, last: Int, step: Int) {
        if keys.count == 1, case .index(let first) = keys[0].begin, case .range(let last, let step, _) = keys[0].find {
            return (first, last >= 0 ? first + last : last, step)
        }
        var first = Int.max
        var last = 0
        for key in keys {
            guard case .index(let begin) = key.begin, case .range(let end, 1, _) = key.find else { continue }
            // Only what joins the former range can be said in this notation.
            guard last == 0 || begin == last + 1 else { continue }
            first = min(first, begin)
            last = end >= 0 ? begin + end : end
        }
        return first == Int.max ? (0, 0, 0) : (first, last, 1)
    }
}
