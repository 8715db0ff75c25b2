/// One argument in a command's documentation, as COMMAND DOCS describes it.
package struct Argument: Sendable {
    package enum Kind: String, Sendable {
        case string, integer, double, key, pattern
        case unixTime = "unix-time"
        case pureToken = "pure-token"
        case oneof, block
    }

    package var name: StaticString
    package var kind: Kind
    /// The word that introduces the argument, or is it.
    package var token: StaticString?
    package var since: StaticString?
    package var deprecatedSince: StaticString?
    /// What stands for the argument in a syntax; its name when nil.
    package var display: StaticString?
    package var isOptional: Bool
    package var isMultiple: Bool
    /// Whether the token is repeated with each value.
    package var repeatsToken: Bool
    /// Of a key: which of the command's key specifications it belongs to.
    package var keySpecIndex: Int?
    /// The alternatives of `oneof`, the parts of `block`.
    package var parts: [Argument]

    package init(
        _ name: StaticString, _ kind: Kind, token: StaticString? = nil, since: StaticString? = nil,
        deprecatedSince: StaticString? = nil, display: StaticString? = nil, optional: Bool = false,
        multiple: Bool = false, repeatsToken: Bool = false, keySpecIndex: Int? = nil,
        _ parts: [Argument] = []
    ) {
        self.name = name
        self.kind = kind
        self.token = token
        self.since = since
        self.deprecatedSince = deprecatedSince
        self.display = display
        isOptional = optional
        isMultiple = multiple
        self.repeatsToken = repeatsToken
        self.keySpecIndex = keySpecIndex ?? (kind == .key ? 0 : nil)
        self.parts = parts
    }

    /// A word that stands for itself; its name is the word in lower case.
    package static func token(_ name: StaticString, _ token: StaticString, since: StaticString? = nil) -> Argument {
        Argument(name, .pureToken, token: token, since: since)
    }
}
