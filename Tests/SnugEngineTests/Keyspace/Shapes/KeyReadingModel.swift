import SnugMemory

@testable import SnugEngine

/// What is read from a key, with the template as people write it.
struct KeyReading: Equatable {
    var displayed = ""
    var index = 0
    var isIndexed = false
}

/// The rules of reading, one character after the other.
func modelReading(of key: [UInt8]) -> KeyReading {
    if key.count > 255 || key.contains(where: { $0 < 16 }) { return KeyReading(displayed: "*") }
    var reading = KeyReading()
    var lastNumber: UInt64?
    var tokenCount = 0
    var shown: [UInt8] = []
    var offset = 0
    while offset < key.count {
        if tokenCount == 8 || !isWordByte(key[offset]) {
            shown.append(key[offset])
            offset += 1
            continue
        }
        if let letter = uuidLetter(key, offset) {
            shown += bytes(letter == "a" ? "<uuid>" : "<UUID>")
            offset += 36
            tokenCount += 1
            continue
        }
        let word = Array(key[offset...].prefix(while: isWordByte))
        offset += word.count
        let (text, isToken, number) = modelWord(word)
        shown += text
        if isToken { tokenCount += 1 }
        if let number { lastNumber = number }
    }
    if tokenCount == 0 { shown = modelText(key) }
    reading.displayed = String(decoding: shown, as: UTF8.self)
    reading.index = Int((lastNumber ?? 0) & 63)
    reading.isIndexed = lastNumber != nil
    return reading
}

private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

private func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 128 || isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte)
}

/// The case of a word that is hexadecimal, without a letter that of lower case.
private func hexLetter(_ word: some Collection<UInt8>) -> Character? {
    if word.allSatisfy({ isDigit($0) || (97...102).contains($0) }) { return "a" }
    return word.allSatisfy { isDigit($0) || (65...70).contains($0) } ? "A" : nil
}

private func uuidLetter(_ key: [UInt8], _ start: Int) -> Character? {
    guard key.count - start >= 36, start + 36 == key.count || !isWordByte(key[start + 36]) else { return nil }
    let groups = key[start..<(start + 36)].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return nil }
    return hexLetter(groups.joined().map { $0 })
}

private func modelDigits(_ digits: [UInt8]) -> ([UInt8], Bool, UInt64?) {
    if digits.count > 251 { return (digits, false, nil) }
    if digits.count > 19 { return (bytes("<hex\(digits.count)>"), true, nil) }
    let padded = digits.count > 1 && digits[0] == 48
    return (bytes(padded ? "#\(digits.count)" : "#"), true, UInt64(String(decoding: digits, as: UTF8.self)))
}

private func modelWord(_ word: [UInt8]) -> ([UInt8], Bool, UInt64?) {
    if word.allSatisfy(isDigit) { return modelDigits(word) }
    if word.count >= 12, word.count <= 251, let letter = hexLetter(word) {
        return (bytes(letter == "a" ? "<hex\(word.count)>" : "<HEX\(word.count)>"), true, nil)
    }
    let changes = zip(word, word.dropFirst()).filter { isDigit($0) != isDigit($1) }.count
    guard changes == 1 else { return (word, false, nil) }
    let (text, isToken, number) = modelDigits(word.filter(isDigit))
    let others = word.filter { !isDigit($0) }
    return (isDigit(word[0]) ? text + others : others + text, isToken, number)
}

private func modelText(_ key: [UInt8]) -> [UInt8] {
    let start = (key.lastIndex { ":/|".utf8.contains($0) } ?? -1) + 1
    guard let at = key.lastIndex(of: UInt8(ascii: "@")), at > start else { return key[..<start] + bytes("*") }
    return key[..<start] + bytes("*") + key[at...]
}

/// A key of pieces of all makes.
func drawKey(_ random: inout RandomSource) -> [UInt8] {
    var key: [UInt8] = []
    for _ in 0..<random.next(below: 6) { key += drawPiece(&random) }
    // Few keys are long.
    return key.count > 300 && random.next(below: 10) > 0 ? Array(key.prefix(Int(random.next(below: 300)))) : key
}

private func drawPiece(_ random: inout RandomSource) -> [UInt8] {
    func characters(_ text: String, _ counts: ClosedRange<Int>) -> [UInt8] {
        let count = counts.lowerBound + Int(random.next(below: UInt64(counts.count)))
        let all = bytes(text)
        return (0..<count).map { _ in all[Int(random.next(below: UInt64(all.count)))] }
    }
    let digits = "0123456789"
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    switch random.next(below: 16) {
    case 0...2: return characters(":/|-_.@ #", 1...2)
    case 3: return characters(digits, 1...20)
    case 4: return bytes(String(random.next() >> random.next(below: 64)))
    case 5: return characters("0", 1...4) + characters(digits, 1...16)
    case 6: return characters("0123456789abcdef", 8...40)
    case 7: return characters("0123456789ABCDEF", 8...40)
    case 8, 9:
        let digits = random.next(below: 2) == 0 ? "0123456789abcdef" : "0123456789ABCDEF"
        let groups = [8, 4, 4, 4, random.next(below: 8) == 0 ? 11 : 12].map { characters(digits, $0...$0) }
        return Array(groups.joined(separator: [UInt8(ascii: "-")]))
    case 10: return characters(letters, 1...12)
    case 11: return characters(letters + digits + "-_", 1...30)
    case 12: return bytes(["user", "session", "example.com", "żółć", "é", "f", "A"][Int(random.next(below: 7))])
    case 13: return random.next(below: 20) == 0 ? drawBytes(count: Int(random.next(below: 10)), &random) : []
    case 14: return random.next(below: 30) == 0 ? characters(digits + "ab", 240...260) : []
    default: return characters("01af:-@", 1...6)
    }
}
