"""Random SORT commands on elements and weights of their own."""

from . import pools
from .operation import operation

ELEMENTS = [b"%d" % number for number in range(-3, 12)] + [b"1.5", b"1e1", b"x", b"", b" 7"]
WEIGHTS = [b"weight:%d" % number for number in range(12)]
PATTERNS = [b"weight:*", b"weight:*", b"object:*->w", b"object:*->nothing", b"*", b"nosort", b"#", b"none:*", b"a*->",
            b"w*t:1"]


def source(c):
    """A list, set or sorted set of numbers, sorted in one go: Redis makes a skiplist of a sorted set that it sorts."""
    key = b"sort:source"
    members = c.random.sample(ELEMENTS[:15] if c.chance(0.8) else ELEMENTS, c.of(1, 3, 8, 12))
    kind = c.of(b"RPUSH", b"RPUSH", b"SADD", b"ZADD")
    words = [word for member in members for word in ((b"%d" % c.random.randint(0, 5), member))] if kind == b"ZADD" \
        else members + (c.of([], members[:3]) if kind == b"RPUSH" else [])
    # Redis 7.0 takes a number that was too large a moment ago for one of SORT's, until it reads another.
    return [operation(b"DEL", key), operation(kind, key, *words), operation(b"ZADD", b"sort:number", b"1", b"m")], kind


def weigh(c):
    """Weights that differ, because the order of elements whose texts weigh the same is nobody's."""
    weights = c.random.sample(range(100), 12)
    changes = [operation(b"MSET", *[word for key, weight in zip(WEIGHTS, weights) for word in (key, b"%d" % weight)])]
    changes += [operation(b"HSET", b"object:%d" % n, b"w", b"%d.5" % weight, b"n", c.value())
                for n, weight in enumerate(c.random.sample(range(100), 12))]
    return changes


def sort(c):
    before, kind = source(c)
    by = c.of([], [], [b"BY", c.of(*PATTERNS)])
    # Texts that are not there weigh the same, and a set has no order.
    alpha = [] if by and by[1] not in (b"nosort", b"#") else c.of([], [], [b"ALPHA"])
    got = c.of([], [], [b"GET", b"#"], [b"GET", c.of(*PATTERNS)], [b"get", b"#", b"GET", b"weight:*", b"GET", b"object:*->n"])
    limit = c.of([], [], [b"LIMIT", c.of(*pools.OFFSETS), c.of(*pools.COUNTS)], [b"LIMIT", b"1", b"2"])
    order = c.of([], [b"ASC"], [b"DESC"])
    loose = kind == b"SADD" and by and by[1] in (b"nosort", b"#")
    if loose:
        limit = []
    parts = [by, alpha, got, limit, order] + ([[b"FOO"]] if c.chance(0.03) else [])
    c.random.shuffle(parts)
    words = [word for part in parts for word in part]
    if c.chance(0.3):
        to = c.key()
        return before + [operation(c.case(b"SORT"), b"sort:source", *words, b"STORE", to),
                         operation(b"LRANGE", to, b"0", b"-1"), operation(b"DEL", b"sort:source")]
    return before + [operation(c.case(c.of(b"SORT", b"SORT_RO")), b"sort:source", *words,
                               how="unordered" if loose else "equal"), operation(b"DEL", b"sort:source")]


ALL = [(sort, 3), (weigh, 0.3)]
