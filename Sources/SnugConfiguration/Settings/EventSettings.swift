/// Which events of keys are published (`notify-keyspace-events`).
package struct EventSettings: Sendable, Equatable {
    /// The classes that `A` stands for, in the order of CONFIG GET, and the letters that it leaves out. `f` is Snug's
    /// own: changes of encodings.
    static let classes = Array("g$lshzxetd".utf8)
    static let otherLetters = Array("KEmnf".utf8)

    /// In normal form, as CONFIG GET answers it.
    package private(set) var letters: [UInt8] = []
    /// Whether a change of a value's encoding is published.
    package private(set) var tellsEncodings = false
    /// Whether events are published by key, `__keyspace@0__:key`, and by event, `__keyevent@0__:encoding`.
    package private(set) var tellsByKey = false
    package private(set) var tellsByEvent = false

    package init() {}

    /// Nil when there is a letter that stands for nothing.
    init?(_ word: [UInt8]) {
        var given = Set(word)
        if given.remove(UInt8(ascii: "A")) != nil { given.formUnion(Self.classes) }
        guard given.isSubset(of: Self.classes + Self.otherLetters) else { return nil }
        let hasAll = given.isSuperset(of: Self.classes)
        letters =
            (hasAll ? [UInt8(ascii: "A")] : Self.classes.filter(given.contains))
            + Self.otherLetters.filter(given.contains)
        tellsByKey = given.contains(UInt8(ascii: "K"))
        tellsByEvent = given.contains(UInt8(ascii: "E"))
        tellsEncodings = given.contains(UInt8(ascii: "f")) && (tellsByKey || tellsByEvent)
    }
}
