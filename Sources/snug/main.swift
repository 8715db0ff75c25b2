internal import Logging
internal import SnugServer

var configuration = Configuration()
if CommandLine.arguments.count > 3, let port = Int(CommandLine.arguments[3]) { configuration.port = port }
try Transport.serve(configuration: configuration, logger: Logger(label: "snug"))
