/// Why an operation could not be done. Trivial, so that throwing allocates nothing.
package enum EngineError: UInt8, Error {
    /// The key holds a value of another type.
    case wrongType
    /// The string is not an integer in the range of `Int64`.
    case notInteger
    /// The string is not a finite number.
    case notFloat
    /// A hash's value is not an integer.
    case hashValueNotInteger
    /// A hash's value is not a finite number.
    case hashValueNotFloat
    /// The result would leave the range of `Int64`.
    case overflow
    /// The result would be infinite or not a number.
    case notFinite
    /// The string would be longer than allowed.
    case stringTooLong
    /// There is no such key.
    case noSuchKey
    /// There is no such database.
    case noSuchDatabase
    /// Source and destination are the same.
    case sameKey
    /// The string is no HyperLogLog.
    case notHyperLogLog
    /// The registers of a HyperLogLog are not all there.
    case corruptHyperLogLog
}
