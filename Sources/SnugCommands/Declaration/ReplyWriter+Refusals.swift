internal import SnugRESP

/// Errors and texts that commands, containers and their subcommands share.
extension ReplyWriter {
    /// Writes the error and gives what is to be thrown then.
    package mutating func refusal(_ text: StaticString) -> CommandError {
        error(text)
        return .written
    }

    /// As above, for a text that names something from the request.
    @_disfavoredOverload
    package mutating func refusal(_ text: String) -> CommandError {
        error(text)
        return .written
    }

    /// As above, for a text that holds bytes of the request as they are.
    package mutating func refusal(bytes text: [UInt8]) -> CommandError {
        error(bytes: text)
        return .written
    }

    /// What answers a subcommand whose words are too many, where the arity could not tell.
    package mutating func wrongSubcommandUse(_ word: String, of container: String) -> CommandError {
        refusal("ERR unknown subcommand or wrong number of arguments for '\(word)'. Try \(container) HELP.")
    }

    /// What answers a container that is called by its name alone.
    package mutating func refuseContainer(_ spec: CommandSpec) throws(CommandError) {
        wrongArity(of: spec.fullName)
        throw .written
    }

    /// HELP: what a container is followed by, then `lines`: each subcommand's form, and below it, indented, what it
    /// does.
    package mutating func help(_ container: StaticString, _ lines: [StaticString]) {
        array(lines.count + 3)
        simple("\(container) <subcommand> [<arg> ...]. The subcommands are:")
        for line in lines { simple(line) }
        simple("HELP")
        simple("    This text.")
    }

    /// HELP of a container that says all of it itself.
    package mutating func help(_ lines: [StaticString]) {
        array(lines.count)
        for line in lines { simple(line) }
    }
}
