"""Random commands on sets."""

from . import pools
from .operation import operation


def member(c):
    """Integers of any sign among texts; now and then a field, which may be too long for a listpack."""
    return b"%d" % c.random.randint(-12, 12) if c.chance(0.6) else c.field()


def members(c, most):
    """Different ones: since 7.2 Redis counts what a command brings before it knows of duplicates."""
    return list(dict.fromkeys(member(c) for _ in range(c.random.randint(1, most))))


def add(c):
    return operation(b"SADD", c.key(), *members(c, c.of(1, 1, 3, 6)))


def remove(c):
    return operation(b"SREM", c.key(), *[member(c) for _ in range(c.of(1, 1, 2, 10))])


def move(c):
    return operation(b"SMOVE", c.key(), c.key(), member(c))


def read(c):
    return c.of(
        operation(b"SISMEMBER", c.key(), member(c)), operation(b"SCARD", c.key()),
        operation(b"SMISMEMBER", c.key(), *members(c, 4)))


def read_all(c):
    key = c.key()
    return c.of(
        operation(b"SMEMBERS", key, how="unordered"),
        operation(b"SSCAN", key, b"0", b"COUNT", b"100000", *c.of([], [b"MATCH", c.of(*pools.PATTERNS)]), how="scan"))


def combine(c):
    return operation(c.case(c.of(b"SINTER", b"SUNION", b"SDIFF")), *c.keys(), how="unordered")


def store(c):
    return operation(c.case(c.of(b"SINTERSTORE", b"SUNIONSTORE", b"SDIFFSTORE")), c.key(), *c.keys())


def count_common(c):
    keys = c.keys(3)
    number = c.of(b"%d" % len(keys), b"%d" % len(keys), b"%d" % len(keys), b"1", b"0", b"9", b"x")
    limit = c.of([], [], [b"LIMIT", c.of(b"0", b"1", b"3", b"100", b"-1", b"x")], [b"LIMIT"], [b"FOO", b"1"])
    return operation(b"SINTERCARD", number, *keys, *limit)


def draw(c):
    key = c.key()
    options = [c.of(*pools.COUNTS)] if c.chance(0.8) else []
    return [operation(b"SMEMBERS", key, how="unordered"), operation(b"SRANDMEMBER", key, *options, how="among")]


def pop(c):
    """What is left afterwards is chance, unless that is all or nothing; so it goes."""
    key = c.key()
    options = [c.of(*pools.COUNTS)] if c.chance(0.6) else []
    return [operation(b"SMEMBERS", key, how="unordered"), operation(b"SPOP", key, *options, how="among"),
            operation(b"DEL", key)]


def threshold(c):
    return operation(b"CONFIG", b"SET", b"set-max-intset-entries", c.of(b"7", b"12", b"512"))


ALL = [(add, 9), (remove, 4), (move, 3), (read, 6), (read_all, 3), (combine, 5), (store, 4), (count_common, 2),
       (draw, 2), (pop, 0.8), (threshold, 0.2)]
