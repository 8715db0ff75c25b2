internal import SnugCommands
internal import SnugConfiguration
internal import SnugEngine

/// The sections that count: stats, commandstats, errorstats, latencystats, keyspace.
extension Server {
    func writeStatistics(_ text: inout InfoText) {
        let rates = statistics.rates
        text.section("Stats")
        text.field("total_connections_received", statistics.connectionsReceived)
        text.field("total_commands_processed", statistics.commandsProcessed)
        text.field("instantaneous_ops_per_sec", Int(rates.commands.perSecond))
        text.field("total_net_input_bytes", statistics.receivedByteCount)
        text.field("total_net_output_bytes", statistics.sentByteCount)
        text.zeros("total_net_repl_input_bytes", "total_net_repl_output_bytes")
        text.field("instantaneous_input_kbps", fixed(rates.receivedBytes.perSecond / 1024, digits: 2))
        text.field("instantaneous_output_kbps", fixed(rates.sentBytes.perSecond / 1024, digits: 2))
        text.field("instantaneous_input_repl_kbps", "0.00")
        text.field("instantaneous_output_repl_kbps", "0.00")
        text.field("rejected_connections", statistics.connectionsRejected)
        text.zeros("sync_full", "sync_partial_ok", "sync_partial_err")
        writeExpiry(&text)
        text.zeros("evicted_keys", "evicted_clients", "evicted_scripts")
        text.zeros("total_eviction_exceeded_time", "current_eviction_exceeded_time")
        text.field("keyspace_hits", partition.statistics.hits)
        text.field("keyspace_misses", partition.statistics.misses)
        text.field("pubsub_channels", subscribers.channelCount)
        text.field("pubsub_patterns", subscribers.patternCount)
        text.zeros("pubsubshard_channels")
        text.zeros("latest_fork_usec", "total_forks", "migrate_cached_sockets", "slave_expires_tracked_keys")
        text.zeros("active_defrag_hits", "active_defrag_misses", "active_defrag_key_hits", "active_defrag_key_misses")
        text.zeros("total_active_defrag_time", "current_active_defrag_time")
        text.zeros("tracking_total_keys", "tracking_total_items", "tracking_total_prefixes")
        text.zeros("unexpected_error_replies")
        text.field("total_error_replies", statistics.errorReplies)
        text.zeros("dump_payload_sanitizations")
        text.field("total_reads_processed", statistics.reads)
        text.field("total_writes_processed", statistics.writes)
        text.zeros("io_threaded_reads_processed", "io_threaded_writes_processed")
        text.field("client_query_buffer_limit_disconnections", statistics.disconnectedForInput)
        text.field("client_output_buffer_limit_disconnections", statistics.disconnectedForOutput)
        text.zeros("reply_buffer_shrinks", "reply_buffer_expands", "acl_access_denied_auth", "acl_access_denied_cmd")
        text.zeros("acl_access_denied_key", "acl_access_denied_channel")
    }

    private func writeExpiry(_ text: inout InfoText) {
        text.field("expired_subkeys", partition.statistics.expiredFields)
        text.field("expired_keys", partition.statistics.expired)
        text.field("expired_stale_perc", fixed(statistics.expiredShare * 100, digits: 2))
        text.field("expired_time_cap_reached_count", statistics.expirySlicesCutShort)
        text.field("expire_cycle_cpu_milliseconds", statistics.expiryMicroseconds / 1000)
    }

    func writeCommandStatistics(_ text: inout InfoText) {
        text.section("Commandstats")
        for (entry, counted) in zip(table.entries, commandStatistics) where counted.isUsed {
            let mean = counted.calls == 0 ? 0 : Double(counted.microseconds) / Double(counted.calls)
            text.field(
                "cmdstat_" + entry.fullName,
                "calls=\(counted.calls),usec=\(counted.microseconds),usec_per_call=\(fixed(mean, digits: 2)),"
                    + "rejected_calls=\(counted.rejected),failed_calls=\(counted.failed)")
        }
    }

    func writeErrorStatistics(_ text: inout InfoText) {
        text.section("Errorstats")
        for (prefix, count) in statistics.errors.sorted(by: { $0.key < $1.key }) {
            text.field("errorstat_" + prefix, "count=\(count)")
        }
    }

    func writeLatencyStatistics(_ text: inout InfoText) {
        text.section("Latencystats")
        for (entry, counted) in zip(table.entries, commandStatistics) where counted.latency.total > 0 {
            let figures = configuration.observation.latencyPercentiles.map { percentile in
                let microseconds = Double(counted.latency.nanoseconds(atPercentile: percentile)) / 1000
                return "p\(percentileName(percentile))=\(fixed(microseconds, digits: 3))"
            }
            text.field("latency_percentiles_usec_" + entry.fullName, figures.joined(separator: ","))
        }
    }

    func writeKeyspace(_ text: inout InfoText) {
        text.section("Keyspace")
        for index in 0..<partition.databaseCount where partition.keyCount(inDatabase: index) > 0 {
            text.field(
                "db\(index)",
                "keys=\(partition.keyCount(inDatabase: index)),expires=\(partition.expiringCount(inDatabase: index)),"
                    + "avg_ttl=\(partition.averageTTL(inDatabase: index)),"
                    + "subexpiry=\(partition.expiringHashCount(inDatabase: index))")
        }
    }
}

/// "99.9", "50": a percentile with as many digits as it needs.
private func percentileName(_ percentile: Double) -> String {
    var text = fixed(percentile, digits: 6)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
}
