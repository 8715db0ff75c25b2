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


def threshold(c):
    name, values = c.of(
        (b"zset-max-listpack-entries", (b"4", b"16", b"30", b"128")),
        (b"zset-max-ziplist-value", (b"4", b"64", b"70")))
    return operation(b"CONFIG", b"SET", name, c.of(*values))


ALL = [(add, 9), (increment, 3), (read, 4), (rank, 2), (by_rank, 3), (by_score, 4), (lex, 5), (remove, 3), (pop, 1),
       (scan, 1),
       (random_member, 1), (threshold, 0.2)]
