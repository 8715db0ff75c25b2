/// Commands as they go onto the wire, one behind the other.
///
///     *3\r\n $3\r\nSET\r\n $4\r\nkey1\r\n $1\r\n7\r\n
///
/// An argument that is put together from pieces is built in `argument` first, because its length stands before it.
package struct CommandBuffer {
    package private(set) var bytes: [UInt8] = []
    private var piece: [UInt8] = []

    package init() {
        bytes.reserveCapacity(1 << 16)
        piece.reserveCapacity(256)
    }

    package var isEmpty: Bool { bytes.isEmpty }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Begins a command of so many arguments, its name included.
    package mutating func begin(_ argumentCount: Int) {
        bytes.append(UInt8(ascii: "*"))
        Self.appendDecimal(argumentCount, to: &bytes)
        endLine()
    }

    package mutating func argument(_ text: StaticString) {
        // SAFETY: a static string's bytes live as long as the program.
        text.withUTF8Buffer { buffer in
            header(buffer.count)
            unsafe bytes.append(contentsOf: buffer)
        }
        endLine()
    }

    package mutating func argument(_ text: some Collection<UInt8>) {
        header(text.count)
        bytes.append(contentsOf: text)
        endLine()
    }

    package mutating func argument(_ number: Int) {
        argument { Self.appendDecimal(number, to: &$0) }
    }

    /// An argument that `build` appends piece by piece.
    package mutating func argument(_ build: (inout [UInt8]) -> Void) {
        piece.removeAll(keepingCapacity: true)
        build(&piece)
        header(piece.count)
        bytes.append(contentsOf: piece)
        endLine()
    }

    /// A whole command of texts.
    package mutating func command(_ words: [String]) {
        begin(words.count)
        for word in words { argument(word.utf8) }
    }

    private mutating func header(_ byteCount: Int) {
        bytes.append(UInt8(ascii: "$"))
        Self.appendDecimal(byteCount, to: &bytes)
        endLine()
    }

    private mutating func endLine() {
        bytes.append(13)
        bytes.append(10)
    }

    /// Digits of a number that is not negative, without making a text.
    package static func appendDecimal(_ number: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(48 &+ UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
