"""Random commands on streams. Ids are given, never drawn from a clock; consumers are made with their group, because
Redis makes them with their first command only from 7.2 on."""

from . import pools
from .operation import operation

KEYS = [b"a", b"b", b"key:1", b"user:10001:blocked", b"st", b"st", b"st", b"st"]
GROUPS = [b"g", b"g", b"h", b""]
CONSUMERS = [b"alice", b"bob", b"Bob"]
NAMES = [b"sensor", b"temp", b"f", b"", b"17", b"x" * 70]
# Far from what a test takes, so that a moment decides nothing.
IDLE = [b"0", b"0", b"0", b"50000", b"1000000000", b"-1", b"x"]
WORDS = [b"x", b"", b"1-", b"-1", b"-", b"+", b"$", b">", b"*", b"1-*", b"1-x", b"1--03", b" 7", b"+7", b"007",
         b"18446744073709551615-18446744073709551615", b"18446744073709551616", b"5-1\x00rest", b"9" * 130, b"0-0",
         b"0", b"(", b"((1", b"(0-0", b"(18446744073709551615-18446744073709551615"]


def key(c):
    return c.of(*KEYS) if c.chance(0.9) else c.key()


def moment(c):
    """A number that mostly rises from call to call."""
    if not hasattr(c, "moment"):
        c.moment = 100
    c.moment += c.of(0, 0, 1, 1, 3, 20, 300)
    return c.moment


def known(c):
    """An id that an entry may well have."""
    number = max(0, moment(c) - c.of(0, 0, 1, 2, 5, 20, 80))
    return b"%d-%d" % (number, c.of(0, 0, 0, 1, 2)) if c.chance(0.8) else b"%d" % number


def anything(c):
    return known(c) if c.chance(0.93) else c.of(*WORDS)


def end(c, low):
    roll = c.random.random()
    if roll < 0.3:
        return b"-" if low else b"+"
    if roll < 0.9:
        return c.of(b"", b"", b"(") + known(c)
    return anything(c)


def ends(c):
    first, last = end(c, True), end(c, False)
    return (last, first) if c.chance(0.1) else (first, last)


def count(c, *more):
    return c.of([], [], [], [b"COUNT", c.of(b"1", b"2", b"5", b"100")], [b"COUNT", c.of(*pools.COUNTS)], *more)


def pairs(c):
    if c.chance(0.6):
        return [b"sensor", c.value(), b"temp", b"%d" % c.random.randint(150, 350)]
    return [word for _ in range(c.of(1, 1, 2, 3, 5)) for word in (c.of(*NAMES), c.value())]


def trimming(c):
    """Options of XADD and XTRIM."""
    sign = c.of([], [], [b"="], [b"~"], [b"~"])
    limit = c.of([], [], [], [b"LIMIT", c.of(b"0", b"3", b"1000", b"-1", b"x")])
    if sign != [b"~"] and c.chance(0.9):
        limit = []
    if c.chance(0.5):
        return [c.case(b"MAXLEN"), *sign, c.of(b"0", b"1", b"3", b"20", b"60", b"200", b"1000", b"-1", b"x"), *limit]
    return [c.case(b"MINID"), *sign, anything(c), *limit]


def add(c):
    options = c.of([], [], [], [], [], [b"NOMKSTREAM"], trimming(c))
    if c.chance(0.01):
        options = options + c.of([b"NOMKSTREAM"], trimming(c), [b"LIMIT", b"5"], [b"MAXLEN"])
    words = pairs(c) if c.chance(0.99) else c.of([], [b"f"], [b"f", b"v", b"g"])
    number = moment(c)
    entry = c.of(b"%d" % number, b"%d-*" % number, b"%d-*" % number, b"%d-*" % number, b"%d-1" % number, anything(c))
    return operation(b"XADD", key(c), *options, b"0-1" if entry == b"*" else entry, *words)


def add_many(c):
    """Enough for several nodes."""
    name = key(c)
    return [operation(b"XADD", name, b"%d-*" % moment(c), *pairs(c)) for _ in range(c.of(5, 30, 130))]


def read(c):
    return c.of(
        operation(b"XLEN", key(c)), operation(b"XRANGE", key(c), *ends(c), *count(c)),
        operation(b"XREVRANGE", key(c), *reversed(ends(c)), *count(c)),
        operation(b"XRANGE", key(c), *ends(c), *c.of([b"COUNT"], [b"FOO"], [b"COUNT", b"3", b"COUNT", b"1"])),
        operation(b"XREAD", *count(c), b"STREAMS", key(c), c.of(known(c), known(c), b"0", b"$", b">", anything(c))))


def read_many(c):
    names = [key(c) for _ in range(c.of(1, 2, 3))]
    ids = [c.of(b"0", b"$", known(c)) for _ in names]
    block = c.of([], [], [b"BLOCK", c.of(b"x", b"-1")])
    if c.chance(0.1):
        ids.pop()
    return operation(b"XREAD", *count(c), *block, c.case(b"STREAMS"), *names, *ids)


def remove(c):
    return operation(b"XDEL", key(c), *[known(c) if c.chance(0.98) else b"x" for _ in range(c.of(1, 1, 2, 5))])


def trim(c):
    return operation(b"XTRIM", key(c), *c.of(trimming(c), trimming(c), trimming(c), [b"LIMIT", b"0"], [b"FOO", b"1"]))


def set_id(c):
    more = c.of([], [], [], [b"ENTRIESADDED", c.of(b"0", b"10", b"5000", b"-1", b"x")],
                [b"MAXDELETEDID", c.of(known(c), b"x")], [b"ENTRIESADDED"],
                [b"ENTRIESADDED", b"700", b"MAXDELETEDID", known(c)], [b"FOO", b"1"])
    # An id before a deleted one is refused from 7.2 on.
    return operation(b"XSETID", key(c), c.of(b"%d" % moment(c), b"x", b"-", b"5-*"), *more)


def make_group(c):
    name, group = key(c), c.of(*GROUPS)
    made = operation(b"XGROUP", c.case(b"CREATE"), name, group, c.of(b"$", b"0", known(c), anything(c)),
                     *c.of([], [], [b"MKSTREAM"]),
                     *c.of([], [], [b"ENTRIESREAD", c.of(b"0", b"-1", b"7", b"-2", b"x")]))
    return [made, *consumers(name, group)]


def consumers(name, group):
    return [operation(b"XGROUP", b"CREATECONSUMER", name, group, one) for one in CONSUMERS]


def remove_group(c):
    return operation(b"XGROUP", b"DESTROY", key(c), c.of(*GROUPS))


def remove_consumer(c):
    """And makes it again."""
    name, group = key(c), c.of(*GROUPS)
    return [operation(b"XGROUP", b"DELCONSUMER", name, group, c.of(*CONSUMERS, b"nobody")), *consumers(name, group)]


def set_group(c):
    return operation(b"XGROUP", c.case(b"SETID"), key(c), c.of(*GROUPS), c.of(b"$", b"0", b"-", b"+", anything(c)),
                     *c.of([], [], [b"ENTRIESREAD", c.of(b"0", b"3", b"-1", b"-7")], [b"FOO"], [b"MKSTREAM"]))


def read_group(c):
    names = [key(c) for _ in range(c.of(1, 1, 1, 2))]
    ids = [c.of(b">", b">", b">", b">", b"0", known(c), anything(c)) for _ in names]
    return operation(b"XREADGROUP", b"GROUP", c.of(*GROUPS), c.of(*CONSUMERS), *count(c), *c.of([], [], [], [b"NOACK"]),
                     b"STREAMS", *names, *ids)


def acknowledge(c):
    return operation(b"XACK", key(c), c.of(*GROUPS), *[anything(c) for _ in range(c.of(1, 3, 6))])


def pending(c):
    name, group = key(c), c.of(*GROUPS)
    return c.of(
        operation(b"XPENDING", name, group),
        operation(b"XPENDING", name, group, *c.of([], [], [b"IDLE", c.of(*IDLE)]), *ends(c),
                  c.of(b"10", b"1", b"1000", b"0", b"-1", b"x"), *c.of([], [], [c.of(*CONSUMERS, b"nobody")]),
                  how="pending"),
        operation(b"XPENDING", name, group, *c.of([b"-"], [b"IDLE", b"5", b"-", b"+"], [b"-", b"+"])))


def claim(c):
    options = c.of([], [], [b"JUSTID"], [b"FORCE"], [b"IDLE", c.of(b"100000", b"-5", b"x")],
                   [b"TIME", c.of(b"1", b"-7", b"9000000000000")], [b"RETRYCOUNT", c.of(b"0", b"7", b"-3")],
                   [b"LASTID", known(c)], [b"FORCE", b"JUSTID"], [b"FORCE", b"IDLE", b"100000"], [b"FOO"], [b"IDLE"])
    return operation(b"XCLAIM", key(c), c.of(*GROUPS), c.of(*CONSUMERS), c.of(*IDLE),
                     *[known(c) for _ in range(c.of(1, 2, 5))], *options)


def auto_claim(c):
    return operation(b"XAUTOCLAIM", key(c), c.of(*GROUPS), c.of(*CONSUMERS), c.of(*IDLE), end(c, True),
                     *count(c, [b"JUSTID"], [b"COUNT", b"3", b"JUSTID"], [b"FOO"]))


def information(c):
    return c.of(
        operation(b"XINFO", c.case(b"STREAM"), key(c), how="stream"),
        operation(b"XINFO", b"STREAM", key(c), b"FULL", *count(c), how="stream"),
        operation(b"XINFO", b"GROUPS", key(c)),
        operation(b"XINFO", b"CONSUMERS", key(c), c.of(*GROUPS), how="stream"),
        operation(b"XINFO", *c.of([b"STREAM", key(c), b"FOO"], [b"FOO", key(c)], [b"STREAM", key(c), b"FULL", b"COUNT"],
                                  [b"GROUPS", key(c), b"x"], [b"STREAM", key(c), b"FULL", b"FOO", b"1"]),
                  how="stream"))


def threshold(c):
    name, values = c.of(
        (b"stream-node-max-entries", (b"0", b"1", b"3", b"10", b"100")),
        # Redis 7.0.15 allocates no more than that for a new node, and dies of less than the node's head.
        (b"stream-node-max-bytes", (b"0", b"100", b"1000", b"4096")))
    return operation(b"CONFIG", b"SET", name, c.of(*values))


ALL = [(add, 12), (add_many, 0.6), (read, 6), (read_many, 1.5), (remove, 3), (trim, 1.5), (set_id, 0.7),
       (make_group, 1), (remove_group, 0.3), (remove_consumer, 0.3), (set_group, 0.5), (read_group, 6),
       (acknowledge, 3), (pending, 3), (claim, 3), (auto_claim, 2), (information, 3), (threshold, 0.2)]
