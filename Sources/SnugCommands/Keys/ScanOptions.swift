internal import SnugRESP

/// What follows the cursor of SCAN, HSCAN, SSCAN and ZSCAN.
struct ScanOptions {
    /// What one of the commands takes beside COUNT and MATCH.
    enum Further { case nothing, type, noValues }

    /// How many keys or elements a step should give at least, one or more.
    private(set) var count = 10
    /// Index of the pattern's word, 0 without one.
    private(set) var patternIndex = 0
    /// Index of the type's word, 0 without one.
    private(set) var typeIndex = 0
    private(set) var withValues = true

    /// Reads the words from `start` on. Throws what Redis answers: `syntax`, and that NOVALUES belongs to HSCAN.
    init(
        _ arguments: borrowing Arguments, from start: Int, further: Further = .nothing
    ) throws(CommandError) {
        var index = start
        while index < arguments.count {
            let (word, value) = (arguments[index], index + 1)
            let hasValue = value < arguments.count
            index += 2
            if word.isWord("COUNT") && hasValue {
                count = Int(try arguments[value].integer())
                guard count > 0 else { throw .syntax }
            } else if word.isWord("MATCH") && hasValue {
                patternIndex = value
            } else if further == .type && word.isWord("TYPE") && hasValue {
                typeIndex = value
            } else if further == .noValues && word.isWord("NOVALUES") {
                withValues = false
                index -= 1
            } else {
                throw further != .noValues && word.isWord("NOVALUES") ? .noValuesOutsideHash : .syntax
            }
        }
    }
}
