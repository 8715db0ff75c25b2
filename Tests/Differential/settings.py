"""CONFIG with names and values at random, good and bad.

Left out: `loglevel`, which takes `nothing` since 7.2, and the event class `n`, which 7.0 takes and does not tell;
`min-replicas-to-write`, with which Redis refuses writes when there are too few replicas.
"""

from .operation import operation

# Directives whose change touches nothing but what CONFIG GET says, or what both servers do alike.
NUMBERS = b"""\
acllog-max-len active-expire-effort auto-aof-rewrite-min-size auto-aof-rewrite-percentage busy-reply-threshold
client-query-buffer-limit cluster-announce-port cluster-migration-barrier cluster-node-timeout
cluster-replica-validity-factor hll-sparse-max-bytes hz lfu-decay-time lfu-log-factor list-compress-depth
list-max-listpack-size lua-time-limit maxmemory-eviction-tenacity maxmemory-samples min-replicas-max-lag
repl-backlog-size repl-backlog-ttl repl-diskless-sync-delay repl-ping-replica-period repl-timeout
replica-announce-port replica-priority set-max-intset-entries shutdown-timeout slave-priority slowlog-max-len
stream-node-max-bytes stream-node-max-entries tcp-keepalive tls-session-cache-size tracking-table-max-keys""".split()
SWITCHES = b"""\
activerehashing aof-load-truncated aof-timestamp-enabled cluster-allow-reads-when-down crash-memcheck-enabled
dynamic-hz jemalloc-bg-thread latency-tracking lazyfree-lazy-eviction lazyfree-lazy-user-del
no-appendfsync-on-rewrite rdb-del-sync-files rdbcompression repl-diskless-sync replica-announced
replica-ignore-maxmemory replica-lazy-flush replica-serve-stale-data slave-read-only stop-writes-on-bgsave-error
tls-session-caching""".split()
WORDS = b"""\
appendfsync maxmemory-policy notify-keyspace-events repl-diskless-load sanitize-dump-payload
propagation-error-behavior cluster-preferred-endpoint-type shutdown-on-sigint proc-title-template
oom-score-adj-values latency-tracking-info-percentiles client-output-buffer-limit masteruser
cluster-announce-hostname""".split()
# Only looked at, or refused: set at the start alone, unknown, protected.
OTHERS = b"""\
databases supervised io-threads always-show-logo tcp-backlog nothing-like-it dir-name aclfile unixsocketperm
enable-debug-command rename-command include cluster-enabled daemonize pidfile syslog-enabled timeout* Hz""".split()
VALUES = [b"0", b"1", b"2", b"7", b"100", b"99", b"128", b"-1", b"-2", b"-5", b"yes", b"no", b"YES", b"maybe",
          b"", b"x", b" 1", b"1 ", b"1.5", b"007", b"+3", b"0x10", b"1k", b"1kb", b"64KB", b"1mb", b"2Gb",
          b"1gb", b"1tb", b"5b", b"50%", b"32767", b"65536", b"2147483647", b"2147483648", b"-2147483649",
          b"4294967296", b"9223372036854775807", b"9223372036854775808", b"18446744073709551615",
          b"18446744073709551616", b"a\r\nb"]
TEXTS = [b"noeviction", b"allkeys-random", b"volatile-ttl", b"ALLKEYS-RANDOM", b"everysec", b"always", b"never",
         b"A", b"KEA", b"Kg$lshzxetdm", b"KEq", b"notice", b"WARNING", b"nothing", b"disabled", b"on-empty-db",
         b"swapdb", b"clients", b"ignore", b"panic-on-replicas", b"ip", b"unknown-endpoint", b"default",
         b"now force", b"nosave now", b"save nosave", b"{title}", b"{title} {unknown}", b"{title", b"{{title}",
         b"{port}}", b"{unixsocket} ", b"0 200 800", b"0 200", b"800 200 0", b"0 0 2001", b"50 99.9", b"50 x",
         b"101", b"-1 50", b"99.999", b"normal 1gb 512mb 60", b"normal 0 0 0 slave 0 0 0", b"foo 0 0 0",
         b"normal 1 2", b"pubsub 64mb x 1", b"replica 256mb 64mb 60", b"host-1", b"host_1"]
PATTERNS = [b"hash-*", b"*-max-ziplist-*", b"lazyfree-*", b"tcp-*", b"TIME*", b"slowlog-*", b"nothing*",
            b"rep[lx]-t*", b"t?meout", b"", b"stream-node-max-bytes", b"repl-*", b"SLAVE-priority"]


def name(c):
    chosen = c.of(*c.of(NUMBERS, NUMBERS, SWITCHES, WORDS))
    return c.of(chosen, chosen, chosen, chosen.upper())


def value(c):
    return c.of(*c.of(VALUES, VALUES, TEXTS))


def fitting(c):
    """A pair of which many are taken."""
    return c.of(
        [c.of(*NUMBERS), c.of(b"1", b"2", b"10", b"50", b"1mb")], [c.of(*SWITCHES), c.of(b"yes", b"no", b"Yes")],
        [c.of(*WORDS), c.of(*TEXTS)])


def change(c):
    """One or several at once; the values of those that were named are looked at."""
    pairs = [pair for _ in range(c.of(1, 1, 1, 2, 3, 5)) for pair in c.of(
        fitting(c), fitting(c), [name(c), value(c)], [c.of(*OTHERS), value(c)] if c.chance(0.2) else fitting(c))]
    if c.chance(0.03):
        pairs.pop()
    names = [one for one in pairs[0::2] if b"*" not in one]
    return [operation(b"CONFIG", c.case(b"SET"), *pairs),
            operation(b"CONFIG", b"GET", *dict.fromkeys(names) or [b"hz"], how="pairs")]


def look(c):
    names = [c.of(name(c), c.of(*PATTERNS), c.of(*OTHERS)) for _ in range(c.of(1, 1, 2, 4))]
    return operation(b"CONFIG", c.case(b"GET"), *names, how="pairs")


def other(c):
    return operation(*c.of(
        (b"CONFIG", b"RESETSTAT"), (b"CONFIG", b"REWRITE"), (b"CONFIG",), (b"CONFIG", b"FOO", b"x"), (b"CONFIG",
            b"SET"),
        (b"CONFIG", b"HELP", b"x"), (b"CONFIG", b"GET")))


ALL = [(change, 5), (look, 1.5), (other, 0.5)]
