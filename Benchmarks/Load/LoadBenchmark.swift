/// A load generator for one server on 127.0.0.1: one thread, blocking sends, epoll, no framework. Prints one line of
/// JSON; durations are in microseconds. A reply that is an error ends it with the reply's text and status 1.
///
///     throughput   batches in closed loop: each connection sends its next batch when the last is answered
///     steady       requests at a rate in open loop: latency counts from when a request was due
///     fill         each of the keys once, in random order, at full speed or at a rate
///
/// Rejected: redis-benchmark, which knows no keys without padding and no rate; a second thread, which the machine's
/// other core, the server's, would pay for.
@main
enum LoadBenchmark {
    static let usage = """
        usage: LoadBenchmark throughput|steady|fill --port PORT [OPTION VALUE …]
          --command      SET GET INCR DEL HSET HGET HDEL; MIX (steady): 80% GET, 20% SET      (SET; steady: MIX)
          --keys         dense: user:7, benchmark: key:000000000007, text: 16 letters    (dense)
          --count        keys are those of the numbers first ..< first + count           (1000000)
          --first        the first number                                                (1)
          --fields       hashes have so many fields each, or are one hash if 0           (0)
          --connections  at the same time                                                (50)
          --in-flight    requests in a batch; not steady                                 (16)
          --requests     throughput: how many                                            (1000000)
          --rate         requests a second; steady: needed, fill: as many as it can      (0)
          --seconds      steady: how long, after half a second that is not counted       (10)
          --threads      steady: the server's threads, 12,13, whose waits for a core are not its pauses
          --seed         of the random numbers                                           (1)
        """

    static func main() {
        let options = Options(CommandLine.arguments.dropFirst())
        switch options.mode {
        case .throughput, .fill: print(ClosedLoop(options).run())
        case .steady: print(SteadyLoad(options).run())
        }
    }
}
