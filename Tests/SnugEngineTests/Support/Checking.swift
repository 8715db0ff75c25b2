import SnugEngine
import Testing

/// As `#expect`, for conditions with spans and values that cannot be copied, which the macro would take apart.
func check(_ condition: Bool, _ comment: Comment? = nil, _ place: SourceLocation = #_sourceLocation) {
    #expect(condition, comment, sourceLocation: place)
}

/// The error that `body` throws, or nil.
func thrown(_ body: () throws(EngineError) -> Void) -> EngineError? {
    do { try body() } catch { return error }
    return nil
}
