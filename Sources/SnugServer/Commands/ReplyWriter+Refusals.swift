internal import SnugCommands
internal import SnugRESP

/// Errors and texts that containers and their subcommands share.
extension ReplyWriter {
    /// Writes the error and gives what is to be thrown then.
    mutating func refusal(_ text: StaticString) -> CommandError {
        error(text)
        return .written
    }

    /// As above, for a text that names something from the request.
    mutating func refusal(_ text: String) -> CommandError {
        error(text)
        return .written
    }

    /// What answers a subcommand whose words are too many, where the arity could not tell.
    mutating func wrongSubcommandUse(_ word: String, of container: String) -> CommandError {
        refusal("ERR unknown subcommand or wrong number of arguments for '\(word)'. Try \(container) HELP.")
    }

    /// What answers a container that is called by its name alone.
    mutating func refuseContainer(_ spec: CommandSpec) throws(CommandError) {
        wrongArity(of: spec.fullName)
        throw .written
    }

    /// HELP: what a container is followed by, then `lines`: each subcommand's form, and below it, indented, what it
    /// does.
    mutating func help(_ container: StaticString, _ lines: [StaticString]) {
        array(lines.count + 3)
        simple("\(container) <subcommand> [<arg> ...]. The subcommands are:")
        for line in lines { simple(line) }
        simple("HELP")
        simple("    This text.")
    }
}
