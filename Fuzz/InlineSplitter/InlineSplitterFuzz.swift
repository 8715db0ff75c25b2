import SnugMemory
import SnugRESP

/// Any line splits into words or is refused, and words that are quoted again come back as they were.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    let line = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    guard let words = InlineSplitter.words(of: line.rawBytes) else { return 0 }
    precondition(words.reduce(0) { $0 + $1.count } <= line.count, "words are never longer than their line")
    let quoted = Array(words.map(quotedWord).joined(separator: [32]))
    precondition(InlineSplitter.words(of: quoted.rawBytes) == words, "quoted words read back otherwise")
    return 0
}

/// The word in double quotes, every byte as a hexadecimal escape.
private func quotedWord(_ word: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var quoted: [UInt8] = [34]
    for byte in word { quoted += [92, 120, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return quoted + [34]
}
