"""Random commands on sorted sets. Scores are binary fractions, which Redis 7.0 and 7.2 write alike."""

from . import pools
from .operation import operation

SCORES = [b"0", b"1", b"1", b"2", b"-1", b"2.5", b"-0.25", b"100", b"1e3", b"0x10", b"inf", b"-inf", b"+5",
          b"4503599627370497"]
NOT_SCORES = [b"abc", b"", b" 1", b"nan", b"1e400", b"1.5x"]
ENDS = [b"-inf", b"+inf", b"inf", b"0", b"1", b"(1", b"(2", b"2.5", b"(-1", b"1000", b"(inf", b"(", b"", b"x", b"(x",
        b" 1", b"1e400", b"nan", b"4503599627370497"]
# Ranges of strings mean something where all scores are equal, so they have keys of their own.
LEX_KEYS = [b"lex:1", b"lex:2"]
LEX_ENDS = [b"-", b"+", b"[f", b"(f", b"[", b"(", b"[field:1", b"(field:20", b"[name", b"[zz", b"f", b"",
            b"-x", b"[\xff"]


def score(c):
    return c.of(*SCORES) if c.chance(0.97) else c.of(*NOT_SCORES)


def pairs(c, make=score):
    members = c.random.sample(pools.FIELDS, c.of(1, 1, 1, 2, 3, 4))
    return [word for member in members for word in (make(c), member)]


def add(c):
    options = c.of([], [], [], [b"NX"], [b"XX"], [b"GT"], [b"LT"], [b"CH"], [b"XX", b"CH"], [b"CH", b"gt"],
                   [b"xx", b"LT"], [b"NX", b"XX"], [b"NX", b"GT"], [b"GT", b"LT"], [b"FOO"])
    return operation(b"ZADD", c.key(), *options, *pairs(c))


def increment(c):
    if c.chance(0.5):
        return operation(b"ZINCRBY", c.key(), score(c), c.field())
    options = c.of([], [b"NX"], [b"XX"], [b"GT"], [b"LT"], [b"CH"], [b"NX", b"XX"])
    return operation(b"ZADD", c.key(), b"INCR", *options, *c.of(pairs(c), [score(c), c.field()]))


def read(c):
    return c.of(
        operation(b"ZCARD", c.key()), operation(b"ZSCORE", c.key(), c.field()),
        operation(b"ZMSCORE", c.key(), *[c.field() for _ in range(c.of(1, 3))]),
        operation(b"ZCOUNT", c.key(), c.of(*ENDS), c.of(*ENDS)))


def rank(c):
    """Two commands, because Redis 7.0 refuses the word WITHSCORE by the count of words."""
    key, member = c.key(), c.field()
    return [operation(b"ZRANK", key, member), operation(b"ZREVRANK", key, member)]


def limit(c):
    return c.of([], [], [b"LIMIT", c.of(*pools.OFFSETS), c.of(*pools.COUNTS)], [b"LIMIT", b"1"])


def by_rank(c):
    key, first, last = c.key(), c.of(*pools.INDEXES), c.of(*pools.INDEXES)
    return c.of(
        operation(b"ZRANGE", key, first, last, *c.of([], [b"REV"], [b"WITHSCORES"], [b"rev", b"withscores"], [b"FOO"],
                                                     [b"LIMIT", b"0", b"1"], [b"LIMIT", b"0", b"-1"])),
        operation(b"ZREVRANGE", key, first, last, *c.of([], [b"WITHSCORES"], [b"REV"])))


def by_score(c):
    key, first, last = c.key(), c.of(*ENDS), c.of(*ENDS)
    scores = c.of([], [b"WITHSCORES"])
    return c.of(
        operation(b"ZRANGE", key, first, last, b"BYSCORE", *c.of([], [b"REV"], [b"BYLEX"]), *limit(c), *scores),
        operation(b"ZRANGEBYSCORE", key, first, last, *scores, *limit(c)),
        operation(b"ZREVRANGEBYSCORE", key, first, last, *limit(c), *scores))


def lex(c):
    key, first, last = c.of(*LEX_KEYS), c.of(*LEX_ENDS), c.of(*LEX_ENDS)
    return c.of(
        operation(b"ZADD", key, *pairs(c, lambda c: b"0")), operation(b"ZREM", key, c.field()),
        operation(b"ZLEXCOUNT", key, first, last), operation(b"ZRANGEBYLEX", key, first, last, *limit(c)),
        operation(b"ZREVRANGEBYLEX", key, first, last, *limit(c)),
        operation(b"ZRANGE", key, first, last, b"BYLEX", *c.of([], [b"REV"], [b"WITHSCORES"]), *limit(c)),
        operation(b"ZREMRANGEBYLEX", key, first, last), operation(b"OBJECT", b"ENCODING", key))


def remove(c):
    key = c.key()
    return c.of(
        operation(b"ZREM", key, *[c.field() for _ in range(c.of(1, 1, 2, 10))]),
        operation(b"ZREMRANGEBYRANK", key, c.of(*pools.INDEXES), c.of(*pools.INDEXES)),
        operation(b"ZREMRANGEBYSCORE", key, c.of(*ENDS), c.of(*ENDS)))


def pop(c):
    return operation(c.of(b"ZPOPMIN", b"ZPOPMAX"), c.key(), *c.of([], [], [c.of(*pools.COUNTS)]))


def scan(c):
    return operation(b"ZSCAN", c.key(), b"0", b"COUNT", b"100000", *c.of([], [b"MATCH", c.of(*pools.PATTERNS)]),
                     how="scanPairs")


def random_member(c):
    key = c.key()
    if c.chance(0.3):
        return [operation(b"ZRANGE", key, b"0", b"-1", b"WITHSCORES", how="pairs"),
                operation(b"ZRANDMEMBER", key, c.of(*pools.COUNTS), b"WITHSCORES", how="amongPairs")]
    options = [c.of(*pools.COUNTS)] if c.chance(0.8) else []
    return [operation(b"ZRANGE", key, b"0", b"-1"), operation(b"ZRANDMEMBER", key, *options, how="among")]


def sources(c, most=4):
    """Keys of any type, mostly sorted sets and sets, and how many there are; now and then a wrong number."""
    keys = c.keys(most)
    return c.of(*[b"%d" % len(keys)] * 9, b"0", b"-1", b"x", b"9", b"1"), keys


def combine(c):
    """Weights that give no -0, which Snug does not know. Sums of fractions come in the same order in both."""
    (number, keys), command = sources(c), c.case(c.of(b"ZUNION", b"ZINTER", b"ZDIFF"))
    options = [word for option in (
        [b"WEIGHTS", *[c.of(b"1", b"2", b"0.5", b"4", b"1e3", b"inf") for _ in keys]], [b"WEIGHTS", b"1", b"x"],
        [b"AGGREGATE", c.of(b"SUM", b"min", b"MAX", b"AVG")], [b"AGGREGATE"], [b"FOO"], [b"LIMIT", b"1"])
        if c.chance(0.12) for word in option]
    if c.chance(0.5):
        return operation(command + b"STORE", c.key(), number, *keys, *options, *c.of(*[[]] * 8, [b"WITHSCORES"]))
    return operation(command, number, *keys, *options, *c.of([], [b"WITHSCORES"]))


def count_common(c):
    number, keys = sources(c, 3)
    limit = c.of([], [], [b"LIMIT", c.of(b"0", b"1", b"3", b"100", b"-1", b"x")], [b"LIMIT"], [b"FOO", b"1"])
    return operation(c.case(b"ZINTERCARD"), number, *keys, *limit)


def pop_several(c):
    number, keys = sources(c)
    return operation(c.case(b"ZMPOP"), number, *keys, c.of(b"MIN", b"max", b"MAX", b"FOO"), *c.of(
        [], [], [b"COUNT", c.of(*pools.COUNTS)], [b"count", b"2"], [b"COUNT"], [b"FOO", b"1"],
        [b"COUNT", b"1", b"COUNT", b"1"]))


def store_range(c):
    if c.chance(0.3):
        return operation(b"ZRANGESTORE", c.of(*LEX_KEYS), c.of(*LEX_KEYS), c.of(*LEX_ENDS), c.of(*LEX_ENDS), b"BYLEX",
                         *c.of([], [b"REV"]), *limit(c))
    to, key = c.key(), c.key()
    if c.chance(0.5):
        return operation(c.case(b"ZRANGESTORE"), to, key, c.of(*ENDS), c.of(*ENDS), b"BYSCORE", *c.of([], [b"REV"]),
                         *limit(c))
    return operation(b"ZRANGESTORE", to, key, c.of(*pools.INDEXES), c.of(*pools.INDEXES), *c.of(
        [], [b"rev"], [b"WITHSCORES"], [b"FOO"], [b"LIMIT", b"0", b"1"]))


def threshold(c):
    name, values = c.of(
        (b"zset-max-listpack-entries", (b"4", b"16", b"30", b"128")),
        (b"zset-max-ziplist-value", (b"4", b"64", b"70")))
    return operation(b"CONFIG", b"SET", name, c.of(*values))


ALL = [(add, 9), (increment, 3), (read, 4), (rank, 2), (by_rank, 3), (by_score, 4), (lex, 5), (remove, 3), (pop, 1),
       (scan, 1),
       (random_member, 1), (combine, 5), (count_common, 1.5), (pop_several, 1), (store_range, 2), (threshold, 0.2)]
