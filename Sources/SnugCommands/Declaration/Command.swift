package import SnugEngine
package import SnugRESP

/// What every command declares, wherever it runs. Conforming types are enums without cases: a table entry holds their
/// metatype, so that calling one is an indirect call without retain or release.
package protocol CommandDeclaration: SendableMetatype {
    static var spec: CommandSpec { get }

    /// The keys of a request with an admissible word count, or nil when its form is wrong. Follows from the declared
    /// key specifications unless a command's keys, or what it does with them, depend on other words.
    static func keyPositions(_ arguments: borrowing Arguments) -> [KeyPosition]?
}

/// A command on data: it reads its arguments, calls operations of the partition, and writes its reply. Commands on
/// sessions, configuration and the server itself are declared by the server.
package protocol Command: CommandDeclaration {
    /// `arguments` has the command's name first and satisfies the declared arity. The partition's `now` and `selected`
    /// are those of the command. On an error nothing must have been written to `reply`.
    static func run(
        _ arguments: borrowing Arguments, _ partition: inout Partition, _ reply: inout ReplyWriter
    ) throws(CommandError)
}

/// An error that a command answers with.
package typealias CommandError = ReplyError

extension CommandError {
    /// The reply for what the engine could not do.
    package init(_ error: EngineError) {
        self =
            switch error {
            case .wrongType: .wrongType
            case .notInteger: .notInteger
            case .notFloat: .notFloat
            case .hashValueNotInteger: .hashValueNotInteger
            case .hashValueNotFloat: .hashValueNotFloat
            case .overflow: .incrementOverflow
            case .notFinite: .notFinite
            case .stringTooLong: .stringTooLong
            case .noSuchKey: .noSuchKey
            case .noSuchDatabase: .databaseIndexOutOfRange
            case .sameKey: .sameObject
            case .notHyperLogLog: .notHyperLogLog
            case .corruptHyperLogLog: .corruptHyperLogLog
            }
    }
}

/// Runs an engine operation and turns its error into the reply's.
@inline(__always)
package func translating<Result: ~Copyable>(
    _ operation: () throws(EngineError) -> Result
) throws(CommandError) -> Result {
    do { return try operation() } catch { throw CommandError(error) }
}
