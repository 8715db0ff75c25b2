"""Random commands on hashes."""

from . import pools
from .operation import operation


def set_(c):
    # Fields of one command differ: since 7.2 Redis counts the pairs before it knows of duplicates.
    count = c.of(1, 1, 1, 2, 3, 6, 20)
    fields = c.random.sample(pools.FIELDS, count)
    pairs = [word for field in fields for word in (field, c.value()[:300])]
    return operation(c.of(b"HSET", b"HSET", b"HMSET"), c.key(), *pairs)


def set_new(c):
    return operation(b"HSETNX", c.key(), c.field(), c.value())


def delete(c):
    return operation(b"HDEL", c.key(), *[c.field() for _ in range(c.of(1, 1, 2, 10))])


def count(c):
    return c.of(
        operation(b"HINCRBY", c.key(), c.field(), c.integer()),
        operation(b"HINCRBYFLOAT", c.key(), c.field(), c.number()))


def read(c):
    return c.of(
        operation(b"HGET", c.key(), c.field()), operation(b"HEXISTS", c.key(), c.field()),
        operation(b"HSTRLEN", c.key(), c.field()), operation(b"HLEN", c.key()),
        operation(b"HMGET", c.key(), *[c.field() for _ in range(c.of(1, 3))]))


def read_all(c):
    key = c.key()
    return c.of(
        operation(b"HGETALL", key, how="pairs"), operation(b"HKEYS", key, how="unordered"),
        operation(b"HVALS", key, how="unordered"),
        operation(b"HSCAN", key, b"0", b"COUNT", b"100000", *c.of([], [b"MATCH", c.of(*pools.PATTERNS)]),
                  how="scanPairs"))


def random_field(c):
    key = c.key()
    if c.chance(0.3):
        return [operation(b"HGETALL", key, how="pairs"),
                operation(b"HRANDFIELD", key, c.of(*pools.COUNTS), b"WITHVALUES", how="amongPairs")]
    options = [c.of(*pools.COUNTS)] if c.chance(0.8) else []
    return [operation(b"HKEYS", key, how="unordered"), operation(b"HRANDFIELD", key, *options, how="among")]


def threshold(c):
    name, values = c.of(
        (b"hash-max-listpack-entries", (b"4", b"16", b"30", b"512")),
        (b"hash-max-ziplist-value", (b"20", b"64", b"70")))
    return operation(b"CONFIG", b"SET", name, c.of(*values))


ALL = [(set_, 9), (set_new, 2), (delete, 4), (count, 4), (read, 6), (read_all, 4), (random_field, 2), (threshold, 0.2)]
