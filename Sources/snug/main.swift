internal import ArgumentParser
internal import Glibc
internal import SnugConfiguration
internal import SnugServer

ServerProcess.requireProcessor()

// `serve` with directives is not ArgumentParser's to read, and a server that never enters it keeps its pages out of
// memory. Everything else, `serve --help` included, goes the usual way.
let words = Array(CommandLine.arguments.dropFirst())
if words.first == "serve", !words.contains("--help"), !words.contains("-h"), !words.contains("--version") {
    exit(Serve.status(words.dropFirst()))
}
Snug.main()
