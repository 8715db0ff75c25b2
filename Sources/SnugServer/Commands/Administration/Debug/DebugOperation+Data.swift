internal import SnugCommands
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Words that look into the data.
extension DebugOperation {
    static let data: [DebugOperation] = [
    ]
}
