internal import SnugCommands
internal import SnugConfiguration
internal import SnugEngine
internal import SnugMemory
internal import SnugRESP

/// Draws a patchwork of woven tiles and names the version below it.
enum LOLWUT: ServerCommand {
    static let spec = CommandSpec(
        name: "LOLWUT", group: .server, since: "5.0.0",
        arity: .atLeast(1), flags: [.readonly, .fast],
        summary: "Draws something and names the version.",
        complexity: "O(N) for a drawing of N characters",
        arguments: [Argument("version", .integer, token: "VERSION", optional: true)],
        reply: .text)

    private static let columnCountMax = 160
    private static let rowCountMax = 80

    static func run(
        _ arguments: borrowing Arguments, _ session: Session, _ server: Server, _ reply: inout ReplyWriter
    ) throws(CommandError) {
        var numbers: [Int64] = []
        if arguments.count > 2 && arguments[1].isWord("VERSION") {
            for index in 2..<arguments.count { numbers.append(try arguments[index].integer()) }
        }
        // The first number is a version of Redis's drawings. Here is one drawing; the others are its measures.
        let columns = numbers.count > 1 ? Int(min(max(numbers[1], 1), Int64(columnCountMax))) : 40
        let rows = numbers.count > 2 ? Int(min(max(numbers[2], 1), Int64(rowCountMax))) : 10
        var text = ""
        for _ in 0..<rows { text += line(columns, using: &server.partition.random) + "\n" }
        reply.verbatim(text + "\nSnug ver. \(SnugVersion.current), Redis ver. \(SnugVersion.redis)\n")
    }

    private static func line(_ columns: Int, using random: inout RandomSource) -> String {
        String((0..<columns).map { _ in random.next(below: 2) == 0 ? "╱" : "╲" } as [Character])
    }
}
