import SnugEngine
import SnugMemory
import SnugRESP

@testable import SnugCommands

/// Runs commands on a partition of its own, without a server.
final class CommandRunner {
    var partition = Partition(databaseCount: 16, hasher: KeyedHash(key0: 1, key1: 2), seed: 3)
    var version = 2
    private let table = CommandTable(
        [
            StringCommands.all, KeyCommands.all, HashCommands.all, ListCommands.all, SetCommands.all,
            SortedSetCommands.all, GeoCommands.all, BitmapCommands.all, HyperLogLogCommands.all,
            InspectionCommands.all,
        ].flatMap { $0 })

    init() {
        partition.now = 1_000_000
    }

    /// The reply to the words, with `|` for line ends.
    func callAsFunction(_ words: String...) -> String {
        run(words.map { Array($0.utf8) })
    }

    func run(_ words: [[UInt8]]) -> String {
        let owned = OwnedArguments(words)
        let arguments = owned.arguments
        var reply = ReplyWriter()
        reply.version = version
        guard var number = table.find(arguments[0]) else { return "no such command" }
        if words.count > 1, let subcommand = table.findSubcommand(arguments[1], of: number) { number = subcommand }
        guard table.rows[number].accepts(arguments.count) else { return "wrong arity" }
        guard let command = table.entries[number].type as? any Command.Type else { return "no data command" }
        do { try command.run(arguments, &partition, &reply) } catch { reply.error(error) }
        return reply.withBytes { $0.makeString() }.replacing("\r\n", with: "|")
    }
}
