"""Random commands on keys and databases."""

from . import pools
from .operation import operation


def delete(c):
    return operation(c.of(b"DEL", b"UNLINK"), *c.keys(2))


def look(c):
    return c.of(
        operation(b"EXISTS", *c.keys()), operation(b"TOUCH", *c.keys()), operation(b"TYPE", c.key()),
        operation(b"OBJECT", c.case(b"ENCODING"), c.key(), how="encoding"), operation(b"DBSIZE"),
        operation(b"OBJECT", b"FREQ", c.key()))


def expire(c):
    conditions = c.of([], [], [], [b"NX"], [b"XX"], [b"NX", b"XX"], [b"FOO"])
    return operation(*c.of(
        (b"EXPIRE", c.key(), c.of(*pools.RELATIVE_SECONDS)),
        (b"PEXPIRE", c.key(), c.of(*pools.RELATIVE_MILLISECONDS))), *conditions)


def expire_at(c):
    conditions = c.of([], [], [b"NX"], [b"XX"], [b"GT"], [b"LT"], [b"XX", b"gt"], [b"LT", b"XX"], [b"GT", b"LT"])
    return operation(*c.of(
        (b"EXPIREAT", c.key(), c.of(*pools.ABSOLUTE_SECONDS)),
        (b"PEXPIREAT", c.key(), c.of(*pools.ABSOLUTE_MILLISECONDS))), *conditions)


def ttl(c):
    return c.of(
        operation(b"TTL", c.key(), how="seconds"), operation(b"PTTL", c.key(), how="milliseconds"),
        operation(b"EXPIRETIME", c.key(), how="seconds"),
        operation(b"PEXPIRETIME", c.key(), how="milliseconds"), operation(b"PERSIST", c.key()))


def rename(c):
    return operation(c.of(b"RENAME", b"RENAMENX"), c.key(), c.key())


def copy(c):
    options = c.of([], [b"REPLACE"], [b"DB", c.of(b"0", b"1", b"2", b"3", b"99")], [b"DB", b"1", b"REPLACE"])
    return operation(b"COPY", c.key(), c.key(), *options)


def move(c):
    return operation(b"MOVE", c.key(), c.of(b"0", b"1", b"2", b"3", b"16", b"x"))


def database(c):
    return operation(b"SELECT", c.of(b"0", b"0", b"1", b"2", b"3", b"16", b"x"))


def swap(c):
    return operation(b"SWAPDB", c.of(b"0", b"1", b"2", b"3"), c.of(b"0", b"1", b"2", b"3", b"x"))


def flush(c):
    if c.chance(0.8):
        return operation(b"FLUSHDB", *c.of([], [b"ASYNC"], [b"SYNC"], [b"FOO"]))
    return operation(b"FLUSHALL", *c.of([], [b"ASYNC"]))


def list_all(c):
    options = [c.case(b"COUNT"), b"1000000"]
    if c.chance(0.6):
        options += [b"MATCH", c.of(*pools.PATTERNS)]
    if c.chance(0.3):
        options += [b"TYPE", c.of(b"string", b"hash", b"set", b"list")]
    return c.of(
        operation(b"SCAN", b"0", *options, how="scan"),
        operation(b"KEYS", c.of(*pools.PATTERNS), how="unordered"))


def random_key(c):
    return [operation(b"KEYS", b"*", how="unordered"), operation(b"RANDOMKEY", how="among")]


ALL = [(delete, 3), (look, 8), (expire, 3), (expire_at, 4), (ttl, 6), (rename, 3), (copy, 3), (move, 2),
       (database, 2), (swap, 0.3), (flush, 0.1), (list_all, 2), (random_key, 1)]
