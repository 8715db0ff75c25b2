internal import SnugConfiguration
internal import SnugEngine

/// The sections on the server as a process: server, clients, cpu, replication, persistence.
extension Server {
    func writeServer(_ text: inout InfoText) {
        let microseconds = clock.wallMicroseconds()
        let uptime = (clock.monotonicNanoseconds() / 1_000_000 - statistics.startedAt) / 1000
        text.section("Server")
        text.field("redis_version", SnugVersion.redis)
        text.field("snug_version", SnugVersion.current)
        text.field("redis_git_sha1", "00000000")
        text.field("redis_git_dirty", 0)
        text.field("redis_build_id", "0000000000000000")
        text.field("redis_mode", "standalone")
        text.field("os", ProcessFigures.operatingSystem)
        text.field("arch_bits", Int.bitWidth)
        text.field("monotonic_clock", "CLOCK_MONOTONIC")
        text.field("multiplexing_api", "epoll")
        text.field("atomicvar_api", "swift")
        text.field("gcc_version", "0.0.0")
        text.field("process_id", ProcessFigures.processID)
        text.field("process_supervised", "no")
        text.field("run_id", identity.run)
        text.field("tcp_port", configuration.port)
        text.field("server_time_usec", microseconds)
        text.field("uptime_in_seconds", uptime)
        text.field("uptime_in_days", uptime / 86400)
        text.field("hz", configuration.expiry.roundsPerSecond)
        text.field("configured_hz", configuration.expiry.roundsPerSecond)
        text.field("lru_clock", microseconds / 1_000_000 & 0xff_ffff)
        text.field("executable", ProcessFigures.executable)
        text.field("config_file", configuration.process.configurationFile)
        text.field("io_threads_active", 0)
    }

    func writeClients(_ text: inout InfoText) {
        var unread = 0
        var unsent = 0
        for session in sessions.all {
            unread = max(unread, session.connection?.unreadByteCount ?? 0)
            unsent = max(unsent, session.connection?.unsentByteCount ?? 0)
        }
        text.section("Clients")
        text.field("connected_clients", sessions.count)
        text.field("cluster_connections", 0)
        text.field("maxclients", configuration.clients.countMax)
        text.field("client_recent_max_input_buffer", unread)
        text.field("client_recent_max_output_buffer", unsent)
        text.zeros("blocked_clients", "tracking_clients")
        text.field("pubsub_clients", sessions.all.count { $0.isSubscriber })
        text.field("watching_clients", sessions.all.count { $0.watches.count > 0 })
        text.zeros("clients_in_timeout_table", "total_blocking_keys", "total_blocking_keys_on_nokey")
    }

    func writeProcessor(_ text: inout InfoText) {
        text.section("CPU")
        let rows = [
            ("", ProcessFigures.ProcessorTime.process), ("_children", .children), ("_main_thread", .thread),
        ]
        for (suffix, time) in rows {
            text.field("used_cpu_sys" + suffix, fixed(time.system, digits: 6))
            text.field("used_cpu_user" + suffix, fixed(time.user, digits: 6))
        }
    }

    /// There is no replication yet: a master without replicas.
    func writeReplication(_ text: inout InfoText) {
        text.section("Replication")
        text.field("role", "master")
        text.field("connected_slaves", 0)
        text.field("master_failover_state", "no-failover")
        text.field("master_replid", identity.replication)
        text.field("master_replid2", String(repeating: "0", count: 40))
        text.field("master_repl_offset", 0)
        text.field("second_repl_offset", -1)
        text.zeros(
            "repl_backlog_active", "repl_backlog_size", "repl_backlog_first_byte_offset", "repl_backlog_histlen")
    }

    /// Nothing is written to disk yet, and the section says so: no save has been made, none has failed.
    func writePersistence(_ text: inout InfoText) {
        text.section("Persistence")
        text.zeros("loading", "async_loading", "current_cow_peak", "current_cow_size", "current_cow_size_age")
        text.field("current_fork_perc", "0.00")
        text.zeros("current_save_keys_processed", "current_save_keys_total")
        text.field("rdb_changes_since_last_save", partition.changeCount)
        text.zeros("rdb_bgsave_in_progress", "rdb_last_save_time")
        text.field("rdb_last_bgsave_status", "ok")
        text.field("rdb_last_bgsave_time_sec", -1)
        text.field("rdb_current_bgsave_time_sec", -1)
        text.zeros("rdb_saves", "rdb_last_cow_size", "rdb_last_load_keys_expired", "rdb_last_load_keys_loaded")
        text.zeros("aof_enabled", "aof_rewrite_in_progress", "aof_rewrite_scheduled")
        text.field("aof_last_rewrite_time_sec", -1)
        text.field("aof_current_rewrite_time_sec", -1)
        text.field("aof_last_bgrewrite_status", "ok")
        text.zeros("aof_rewrites", "aof_rewrites_consecutive_failures")
        text.field("aof_last_write_status", "ok")
        text.zeros("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size")
    }
}

/// Names that the server has for as long as it runs, 40 hexadecimal digits each.
package struct ServerIdentity: Sendable {
    package let run: String
    /// Of the data's history; DEBUG CHANGE-REPL-ID draws a new one.
    package internal(set) var replication: String

    init(using random: inout some RandomNumberGenerator) {
        run = Self.draw(using: &random)
        replication = Self.draw(using: &random)
    }

    static func draw(using random: inout some RandomNumberGenerator) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<40).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
    }
}
