/// CONFIG SET.
extension Configuration {
    /// Why nothing was set, in Redis's words.
    package enum ChangeError: Error, Equatable {
        /// A value is missing behind the last name.
        case syntax
        case unknown(name: [UInt8])
        case failed(name: [UInt8], text: String)

        /// The reply, with its code and without the leading dash.
        package var reply: [UInt8] {
            switch self {
            case .syntax: Array("ERR syntax error".utf8)
            case .unknown(let name):
                Array("ERR Unknown option or number of arguments for CONFIG SET - '".utf8) + name + Array("'".utf8)
            case .failed(let name, let text):
                Array("ERR CONFIG SET failed (possibly related to argument '".utf8) + name + Array("') - \(text)".utf8)
            }
        }
    }

    /// What is in force after names and values have been set in turn, and the directives that were named. All or none:
    /// the first error leaves everything as it was. `allowsProtected` says whether protected directives may be set.
    package func changed(
        _ words: [[UInt8]], allowsProtected: Bool
    ) throws(ChangeError) -> (configuration: Configuration, names: [String]) {
        guard words.count.isMultiple(of: 2) else { throw .syntax }
        var directives: [Directive] = []
        var spelled: Set<String> = []
        for index in stride(from: 0, to: words.count, by: 2) {
            let name = words[index]
            guard let directive = Directives.find(name) else { throw .unknown(name: name) }
            switch directive.change {
            case .atStart: throw .failed(name: name, text: "can't set immutable config")
            case .protected where !allowsProtected: throw .failed(name: name, text: "can't set protected config")
            case .atRunTime, .protected: break
            }
            guard spelled.insert(Directives.folded(name)).inserted else {
                throw .failed(name: name, text: "duplicate parameter")
            }
            directives.append(directive)
        }
        var result = self
        for (index, directive) in directives.enumerated() {
            do {
                try directive.set(value: words[index * 2 + 1], in: &result)
            } catch {
                throw .failed(name: Array(Directives.folded(words[index * 2]).utf8), text: error.text)
            }
        }
        return (result, directives.map(\.name))
    }
}
