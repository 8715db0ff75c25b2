internal import SnugMemory
internal import SnugRESP

/// The words behind INCREX's key, each at most once. Numbers are read later, when it is known of which kind they are.
struct IncrExOptions {
    /// Indexes of the words with the numbers, 0 for none.
    private(set) var integerIndex = 0
    private(set) var floatIndex = 0
    private(set) var lowerIndex = 0
    private(set) var upperIndex = 0
    private(set) var saturates = false
    private(set) var expiration: Expiration?
    private(set) var persists = false
    /// Whether only a key without an expiry gets one.
    private(set) var onlyWithoutExpiry = false

    /// Throws `syntax` and `enxWithoutExpiration`.
    init(_ arguments: borrowing Arguments) throws(CommandError) {
        var index = 2
        while index < arguments.count {
            let word = arguments[index]
            let hasNext = index + 1 < arguments.count
            if hasNext, word.isWord("BYINT"), integerIndex == 0, floatIndex == 0 {
                index += 1
                integerIndex = index
            } else if hasNext, word.isWord("BYFLOAT"), integerIndex == 0, floatIndex == 0 {
                index += 1
                floatIndex = index
            } else if hasNext, word.isWord("LBOUND"), lowerIndex == 0 {
                index += 1
                lowerIndex = index
            } else if hasNext, word.isWord("UBOUND"), upperIndex == 0 {
                index += 1
                upperIndex = index
            } else if word.isWord("SATURATE"), !saturates {
                saturates = true
            } else if word.isWord("PERSIST"), !persists, expiration == nil, !onlyWithoutExpiry {
                persists = true
            } else if word.isWord("ENX"), !persists, !onlyWithoutExpiry {
                onlyWithoutExpiry = true
            } else {
                guard expiration == nil, !persists else { throw .syntax }
                try Expiration.read(arguments, &index, into: &expiration)
            }
            index += 1
        }
        if onlyWithoutExpiry && expiration == nil { throw .enxWithoutExpiration }
    }
}
