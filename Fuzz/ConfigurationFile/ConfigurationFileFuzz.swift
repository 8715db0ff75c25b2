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
        let quoted = lines.flatMap { $0.words.flatMap { Quoting.quoted($0) + [32] } + [10] }
        guard case .success(let again) = ConfigurationFile.parse(quoted, origin: "again") else {
            preconditionFailure("quoted lines are refused")
        }
        precondition(again.map(\.words) == lines.map(\.words), "quoted lines read back otherwise")
    }
    var loader = ConfigurationLoader(sources: NoFiles())
    do { try loader.load(input, origin: "input") } catch { _ = error.line }
    return 0
}

/// Includes find nothing.
private struct NoFiles: ConfigurationSources {
    func read(_ path: String) throws(ConfigurationSourceError) -> [UInt8] {
        throw ConfigurationSourceError("No such file or directory")
    }

    func expand(_ pattern: String) -> [String] { [pattern] }
}
