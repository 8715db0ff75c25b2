"""Random commands on strings."""

from . import pools
from .operation import operation


def set_(c):
    options = []
    for _ in range(c.of(0, 0, 0, 1, 1, 2, 3)):
        options += c.of(
            [c.case(b"NX")], [c.case(b"XX")], [c.case(b"GET")], [c.case(b"KEEPTTL")], *[expiry(c)] * 4)
    return seen_to_expire(operation(b"SET", c.key(), c.value(), *options))


def seen_to_expire(one):
    """A key set with a past expiry is looked at, or it is uncertain how long DBSIZE counts it."""
    options = one.arguments[3:]
    past = any(word.upper() in (b"EXAT", b"PXAT") for word in options) and b"1" in options
    return [one, operation(b"EXISTS", one.arguments[1])] if past else one


def expiry(c):
    """EX, PX, EXAT or PXAT with a time."""
    word, times = c.of(
        (b"EX", pools.RELATIVE_SECONDS), (b"PX", pools.RELATIVE_MILLISECONDS),
        (b"EXAT", pools.ABSOLUTE_SECONDS), (b"PXAT", pools.ABSOLUTE_MILLISECONDS))
    return [c.case(word), c.of(*times)]


def set_relatives(c):
    return c.of(
        operation(b"SETNX", c.key(), c.value()),
        operation(b"GETSET", c.key(), c.value()),
        operation(b"GETDEL", c.key()),
        operation(b"SETEX", c.key(), c.of(*pools.RELATIVE_SECONDS), c.value()),
        operation(b"PSETEX", c.key(), c.of(*pools.RELATIVE_MILLISECONDS), c.value()))


def getex(c):
    return operation(b"GETEX", c.key(), *c.of([], [b"PERSIST"], expiry(c), expiry(c), [b"PERSIST", b"EX", b"1"]))


def many(c):
    pairs = [word for key in c.keys(5) for word in (key, c.value())]
    return operation(c.of(b"MSET", b"MSET", b"MSETNX"), *pairs)


def read(c):
    return c.of(
        operation(b"GET", c.key()), operation(b"GET", c.key()), operation(b"STRLEN", c.key()),
        operation(b"MGET", *c.keys(6)),
        operation(c.of(b"GETRANGE", b"SUBSTR"), c.key(), c.of(*pools.INDEXES), c.of(*pools.INDEXES)))


def change(c):
    return c.of(
        operation(b"APPEND", c.key(), c.value()[:200]),
        operation(b"SETRANGE", c.key(), c.of(*pools.OFFSETS), c.value()[:100]))


def count(c):
    return c.of(
        operation(c.of(b"INCR", b"DECR"), c.key()),
        operation(c.of(b"INCRBY", b"DECRBY"), c.key(), c.integer()),
        operation(b"INCRBYFLOAT", c.key(), c.number()))


def lcs(c):
    options = c.of([], [b"LEN"], [b"IDX"], [b"IDX", b"WITHMATCHLEN"], [b"IDX", b"MINMATCHLEN", b"2"], [b"LEN", b"IDX"])
    return operation(b"LCS", c.key(), c.key(), *options)


ALL = [(set_, 14), (set_relatives, 5), (getex, 3), (many, 3), (read, 10), (change, 5), (count, 9), (lcs, 1)]
