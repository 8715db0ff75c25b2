import SnugConfiguration
import SnugMemory

/// Any bytes are a configuration or an error that names a line; what was read is still the same after it has been
/// written into the file again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // SAFETY: libFuzzer passes `count` readable bytes.
    let input = unsafe Array(UnsafeBufferPointer(start: data, count: count))
    switch ConfigurationFile.parse(input, origin: "input") {
    case .failure(let error): precondition(error.line != nil, "an error without a line")
    case .success(let lines):
        precondition(lines.allSatisfy { !$0.words.isEmpty }, "a line without words")
        var quoted: [UInt8] = []
        for line in lines {
            for word in line.words { quoted += Quoting.quoted(word) + [32] }
            quoted.append(10)
        }
        guard case .success(let again) = ConfigurationFile.parse(quoted, origin: "again") else {
            preconditionFailure("quoted lines are refused")
        }
        precondition(again.map(\.words) == lines.map(\.words), "quoted lines read back otherwise")
    }
    if let configuration = loaded(input) { checkRewriting(input, configuration) }
    return 0
}

/// What the file says, or nil when it is refused.
private func loaded(_ file: [UInt8]) -> Configuration? {
    var loader = ConfigurationLoader(sources: NoFiles())
    do {
        try loader.load(file, origin: "input")
        return loader.configuration
    } catch {
        return nil
    }
}

/// CONFIG REWRITE leaves a file alone that says what is in force, but for a last line end, and brings any other
/// configuration into it.
private func checkRewriting(_ file: [UInt8], _ configuration: Configuration) {
    precondition(rewritten(file, to: configuration) == (file.last == 10 ? file : file + [10]), "a true file is changed")
    let initial = Configuration()
    let reset = rewritten(file, to: initial)
    guard let again = loaded(reset) else { preconditionFailure("what was rewritten is refused") }
    for directive in Directives.all {
        precondition(
            directive.value(in: again) == directive.value(in: initial), "\(directive.name) is not as it was written")
    }
}

private func rewritten(_ file: [UInt8], to configuration: Configuration) -> [UInt8] {
    do {
        return try ConfigurationRewrite.rewritten(file, origin: "input", to: configuration, sources: NoFiles())
    } catch {
        preconditionFailure("a file that was read cannot be rewritten: \(error)")
    }
}
