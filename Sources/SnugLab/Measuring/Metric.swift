/// What is measured. The raw value is the name in results.json and results.csv, where the unit is in the name.
enum Metric: String, CaseIterable {
    /// Above the empty server.
    case usedBytes = "used_bytes"
    case residentBytes = "resident_bytes"
    /// SET or HSET while loading, pipelined.
    case storesPerSecond = "stores_per_second"
    /// GET or HGET of random items, pipelined.
    case fetchesPerSecond = "fetches_per_second"
    /// The server's processor time for each.
    case storeNanoseconds = "store_cpu_nanoseconds"
    case fetchNanoseconds = "fetch_cpu_nanoseconds"
    /// One command at a time, from sending it to its reply.
    case storeMedian = "store_p50_microseconds"
    case storeTail = "store_p99_microseconds"
    case fetchMedian = "fetch_p50_microseconds"
    case fetchTail = "fetch_p99_microseconds"
}

/// One trial of one server, once.
struct Sample {
    let server: String
    let experiment: ExperimentName
    /// The line in a chart it belongs to, such as "HSET (1,000)".
    let series: String
    /// Where on the horizontal axis; the place in the list where there is none.
    let x: Double
    /// `x` as people read it.
    let label: String
    let repetition: Int
    /// Items that were stored when it was taken.
    let itemCount: Int
    /// What OBJECT ENCODING said of a key; empty when the server does not tell.
    let encoding: String
    var figures: [Metric: Double]

    func value(_ metric: Metric) -> Double? { figures[metric] }
}
