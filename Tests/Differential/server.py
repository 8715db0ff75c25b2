"""Random commands on connections and on the server itself."""

from . import pools, strings
from .operation import operation

NAMES = [b"fred", b"", b"a b", b"x\n", b"\xff", b"~!#", b"n" * 300, b"z"]
COMMANDS = [tuple(line.split()) for line in b"""\
GET k|get|MSET a 1 b 2|MSET a|DEL a b c|COPY a b|RENAME a b|HSET h f v|HMGET h f|SET k v GET|SET k|OBJECT ENCODING k
OBJECT FOO k|MEMORY USAGE k|PING|LCS a b|GETEX k PERSIST|WATCH a b|EXISTS a|FOO a|CONFIG GET x|CONFIG|SWAPDB 0 1
TOUCH x y|SCAN 0|EXEC|BITFIELD k GET u8 0|BITFIELD k GET u8 0 SET u8 0 1|BITFIELD k GET u8 0 OVERFLOW SAT|BITFIELD k FOO
BITOP AND d a b|PFCOUNT a b|PFMERGE a b c|PFDEBUG ENCODING k|BITFIELD_RO k GET u8 0""".replace(b"\n", b"|").split(b"|")]
LISTED = [b"hinc*", b"h[dk]*", b"INCRB*", b"p*ttl", b"[p]ttl", b"nothing", b"config|*", b"multi", b"", b"*nx",
          b"memory|u*"]
CONTAINERS = [
    b"CLIENT", b"CONFIG", b"OBJECT", b"MEMORY", b"SLOWLOG", b"LATENCY", b"FUNCTION", b"ACL", b"PUBSUB", b"XGROUP",
    b"XINFO"]


def connection(c):
    return c.of(
        operation(b"PING", *c.of([], [], [c.value()])), operation(b"ECHO", c.value()),
        operation(b"SELECT", c.of(*pools.INDEXES)),
        operation(b"AUTH", *c.of([b"x"], [b"default", b"x"], [b"foo", b"x"])),
        operation(b"DBSIZE"), operation(b"TIME", how="shape"), operation(b"LOLWUT", how="kind"),
        operation(b"INFO", *c.of([], [b"server"], [b"foo"], [b"memory", b"cpu"], [b"everything"]), how="kind"),
        operation(b"FLUSHALL", b"FOO"), operation(b"FLUSHDB", b"SYNC", b"x"),
        operation(b"SWAPDB", b"0", c.of(*pools.INDEXES)))


def hello(c):
    version = c.of([], [b"2"], [b"3"], [b"3"], [b"4"], [b"x"], [b"1"])
    options = c.of([], [], [b"SETNAME", c.of(*NAMES)], [b"AUTH", b"default", b"x"], [b"FOO"],
                   [b"AUTH", b"default", b"x", b"SETNAME", b"h"], [b"SETNAME"], [b"AUTH", b"a"])
    return operation(b"HELLO", *version, *options, how="kind")


def reset(c):
    """RESET goes back to RESP2."""
    return [operation(b"RESET"), operation(b"CLIENT", b"GETNAME"), operation(b"HELLO", c.of(b"2", b"3"), how="kind")]


def client(c):
    return c.of(
        operation(b"CLIENT", c.case(b"SETNAME"), c.of(*NAMES)), operation(b"CLIENT", c.case(b"GETNAME")),
        operation(b"CLIENT", b"ID", how="kind"), operation(b"CLIENT", b"INFO", how="kind"),
        operation(b"CLIENT", b"NO-EVICT", c.of(b"on", b"OFF", b"x", b"")),
        operation(b"CLIENT", b"PAUSE", c.of(b"0", b"x", b"-1", b"1.5"), *c.of([], [b"WRITE"], [b"all"], [b"FOO"])),
        operation(b"CLIENT", b"UNPAUSE"), operation(b"CLIENT", b"REPLY", c.of(b"ON", b"FOO")),
        operation(b"CLIENT", b"LIST", *c.of(
            [], [b"TYPE", b"normal"], [b"TYPE", b"foo"], [b"TYPE", b"pubsub"], [b"ID", b"99999999"], [b"ID", b"x"],
            [b"ID"], [b"TYPE"], [b"ID", b"0"], [b"ID", b"-1"], [b"FOO", b"x"], [b"TYPE", b"replica", b"x"]),
            how="kind"))


def kill(c):
    """Of clients that are not there."""
    return operation(b"CLIENT", c.case(b"KILL"), *c.of(
        [b"1.2.3.4:5"], [b"x"], [b"ID", b"99999999"], [b"ID", b"x"], [b"ID", b"0"], [b"ID", b"-1"],
        [b"TYPE", b"pubsub"],
        [b"TYPE", b"foo"], [b"ADDR", b"1.2.3.4:5"], [b"LADDR", b"1.2.3.4:5"], [b"USER", b"nobody"], [b"FOO", b"x"],
        [b"ADDR", b"x", b"SKIPME", b"no"], [b"ADDR", b"x", b"SKIPME", b"maybe"],
        [b"ID", b"99999999", b"TYPE", b"replica"],
        [b"ID", b"9223372036854775808"], [b"ID", b"99999999", b"TYPE"]))


def silence(c):
    """Commands without replies, then one with."""
    if c.chance(0.5):
        return [operation(b"CLIENT", b"REPLY", c.case(b"SKIP"), how="silent"),
                c.of(strings.read, strings.count)(c)._replace(how="silent"), operation(b"PING")]
    makers = strings.read, strings.count, strings.change
    inner = [c.of(*makers)(c)._replace(how="silent") for _ in range(c.of(0, 1, 3))]
    return [operation(b"CLIENT", b"REPLY", b"OFF", how="silent"), *inner,
            *c.of([], [operation(b"CLIENT", b"REPLY", b"SKIP", how="silent")]), operation(b"CLIENT", b"REPLY", b"ON")]


def table(c):
    return c.of(
        operation(b"COMMAND", b"COUNT", how="kind"),
        operation(b"COMMAND", c.case(b"GETKEYS"), *c.of(*COMMANDS)),
        operation(b"COMMAND", b"GETKEYSANDFLAGS", *c.of(*COMMANDS)),
        operation(b"COMMAND", b"LIST", b"FILTERBY", c.case(b"PATTERN"), c.of(*LISTED), how="unordered"),
        operation(b"COMMAND", b"LIST", b"FILTERBY", *c.of(
            (b"ACLCAT", b"transaction"), (b"ACLCAT", b"TRANSACTION"), (b"ACLCAT", b"nothing"), (b"MODULE", b"m"),
            (b"FOO", b"x"),
            (b"PATTERN",), (b"ACLCAT",)), how="unordered"),
        operation(b"COMMAND", b"INFO", c.of(b"get", b"HSET", b"nothing", b"config|nothing", b"del", b"config|get")),
        operation(b"COMMAND", b"DOCS", b"nothing"))


def inspect(c):
    key = c.key()
    return c.of(
        operation(b"OBJECT", b"REFCOUNT", key, how="kind"), operation(b"OBJECT", b"IDLETIME", key, how="kind"),
        operation(b"OBJECT", b"FOO", key), operation(b"OBJECT", b"ENCODING"),
        operation(b"OBJECT", b"HELP", how="kind"),
        operation(b"MEMORY", b"USAGE", key, *c.of([], [b"SAMPLES", b"5"], [b"SAMPLES", b"x"], [b"SAMPLES", b"-1"],
                                                 [b"SAMPLES"], [b"FOO", b"1"], [b"samples", b"0"]), how="kind"),
        operation(b"MEMORY", c.of(b"DOCTOR", b"STATS", b"MALLOC-STATS"), how="kind"), operation(b"MEMORY", b"PURGE"),
        operation(b"DEBUG", b"OBJECT", key, how="kind"), operation(b"DEBUG", b"SLEEP", b"0"))


def watched(c):
    """SLOWLOG and LATENCY."""
    return c.of(
        operation(b"SLOWLOG", c.of(b"LEN", b"GET"), how="kind"), operation(b"SLOWLOG", b"RESET"),
        operation(b"SLOWLOG", b"GET", c.of(b"-1", b"-2", b"x", b"0", b"3"), how="kind"),
        operation(b"LATENCY", b"RESET", *c.of([], [b"command"], [b"foo", b"bar"]), how="kind"),
        operation(b"LATENCY", b"HISTORY", c.of(b"foo", b"bar")), operation(b"LATENCY", b"GRAPH", b"foo"),
        operation(b"LATENCY", b"HISTOGRAM", *c.of([], [b"foo"], [b"get", b"foo"]), how="kind"),
        operation(b"LATENCY", c.of(b"LATEST", b"DOCTOR"), how="kind"))


def slow(c):
    """Everything is slow for a while; then what was kept is compared, times and addresses left out."""
    inner = [c.of(strings.read, strings.count, strings.change)(c) for _ in range(c.of(1, 2, 5))]
    return [operation(b"CONFIG", b"SET", b"slowlog-max-len", c.of(b"128", b"128", b"2", b"0")),
            operation(b"CONFIG", b"SET", b"slowlog-log-slower-than", b"0"), operation(b"SLOWLOG", b"RESET"), *inner,
            operation(b"SLOWLOG", b"LEN"), operation(b"SLOWLOG", b"GET", c.of(b"-1", b"1", b"3", b"10"), how="slow"),
            operation(b"CONFIG", b"SET", b"slowlog-log-slower-than", b"10000")]


def rights(c):
    return c.of(
        operation(b"ACL", b"WHOAMI"), operation(b"ACL", b"USERS"), operation(b"ACL", b"CAT", b"nothing"),
        operation(b"ACL", b"GETUSER", b"nobody"), operation(b"ACL", b"CAT", b"transaction", how="unordered"),
        operation(b"FUNCTION", b"LIST"), operation(b"FUNCTION", b"FLUSH", *c.of([], [b"ASYNC"], [b"SYNC"], [b"FOO"])),
        operation(b"FUNCTION", b"STATS"))


def unknown(c):
    """Subcommands and commands that neither server has, and containers alone."""
    return c.of(
        operation(c.of(*CONTAINERS)),
        operation(c.of(*CONTAINERS, b"COMMAND"), c.of(b"FOO", b"", b"x" * 200, b"a\r\nb", b"help me"), *c.keys(2)),
        operation(c.of(b"FOO", b"", b"y" * 200, b"GET\x00", b"get "), *c.keys(3)))


def subscribed(c):
    """A subscription, what it forbids in RESP2, and its end. Nothing is published where it would come back here."""
    kind, name = c.of((b"", b"ch"), (b"P", b"c*"))
    return [
        operation(c.case(kind + b"SUBSCRIBE"), name), operation(*c.of([b"GET", c.key()], [b"FOO"], [b"CLIENT", b"ID"]),
                                                               how="kind"),
        operation(b"PING", *c.of([], [c.value()])), operation(b"PUBSUB", b"NUMPAT", how="kind"),
        operation(b"UNSUBSCRIBE", b"nothing"), operation(kind + b"UNSUBSCRIBE", *c.of([], [name])),
        operation(b"PUNSUBSCRIBE")]


def publish(c):
    return c.of(
        operation(b"PUBLISH", c.value(), c.value()), operation(b"PUBLISH", c.value()),
        operation(b"PUBSUB", c.case(b"CHANNELS"), *c.of([], [b"*"], [b"a", b"b"])),
        operation(b"PUBSUB", b"NUMSUB", *c.keys(2)), operation(b"PUBSUB", b"NUMPAT", *c.of([], [b"x"])))


ALL = [(connection, 3), (hello, 0.7), (reset, 0.3), (client, 4), (kill, 1.5), (silence, 1), (table, 3), (inspect, 3),
       (watched, 2), (slow, 0.5), (rights, 1), (subscribed, 0.7), (publish, 0.5), (unknown, 1)]
