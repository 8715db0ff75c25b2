"""Random commands on places. They have keys of their own, and are found by others as sorted sets."""

from . import pools
from .operation import operation

KEYS = [b"geo:1", b"geo:2", b"geo:3"]
UNITS = [b"m", b"km", b"KM", b"ft", b"mi"]
NOT_PLACES = [(b"181", b"0"), (b"0", b"86"), (b"x", b"0"), (b"0", b"x"), (b"-180.5", b"-90"), (b"nan", b"1")]


def key(c):
    return c.of(*KEYS) if c.chance(0.93) else c.key()


def place(c):
    """Anywhere, at the edges, or near Sicily, so that circles of every size find some."""
    roll = c.random.random()
    if roll < 0.02:
        return c.of(*NOT_PLACES)
    if roll < 0.08:
        return c.of(b"180", b"-180", b"0", b"179.999999"), b"%f" % c.random.uniform(-85.05, 85.05)
    if roll < 0.12:
        return b"%f" % c.random.uniform(-180, 180), c.of(b"85.05112878", b"-85.05112878", b"0", b"84.9", b"-66")
    if roll < 0.6:
        return b"%f" % c.random.uniform(-180, 180), b"%f" % c.random.uniform(-85.05, 85.05)
    return b"%.9f" % c.random.gauss(14, 2), b"%.9f" % c.random.gauss(38, 1)


def member(c):
    return b"place:%d" % c.random.randint(0, 150) if c.chance(0.9) else c.field()


def length(c):
    if c.chance(0.04):
        return c.of(b"-1", b"x", b"0", b"inf", b"1e300", b"", b"1e-9")
    return b"%.3f" % 10 ** c.random.uniform(-1, 5.5)


def unit(c):
    return c.of(*UNITS) if c.chance(0.97) else c.of(b"x", b"yd", b"")


def add(c):
    """Few at once: since 7.2 Redis makes a skiplist when a command brings more than a listpack takes."""
    options = c.of([], [], [], [b"NX"], [b"XX"], [b"CH"], [b"ch", b"xx"], [b"NX", b"XX"], [b"GT"])
    words = [word for _ in range(c.of(1, 1, 3, 4)) for word in (*place(c), member(c))]
    return operation(c.case(b"GEOADD"), key(c), *options, *words)


def read(c):
    members = [member(c) for _ in range(c.of(0, 1, 3))]
    return c.of(
        operation(b"GEODIST", key(c), member(c), member(c), *c.of([], [unit(c)], [b"m", b"x"])),
        operation(c.case(b"GEOHASH"), key(c), *members), operation(c.case(b"GEOPOS"), key(c), *members),
        operation(b"ZREM", key(c), member(c)), operation(b"OBJECT", b"ENCODING", key(c), how="encoding"))


def found(c, stores):
    """Options of what is found. No two places are as far from a third, so that every order is one order."""
    extras = [] if stores and c.chance(0.9) else [word for word in (b"WITHDIST", b"WITHHASH", b"WITHCOORD", b"withdist")
                                                  if c.chance(0.3)]
    count = c.of([], [], [], [b"COUNT", c.of(b"1", b"2", b"5", b"100", b"0", b"x")], [b"COUNT", b"3", b"ANY"], [b"ANY"],
                 [b"COUNT"])
    options = extras + [b" ".join(count)] + c.of([], [], [b"ASC"], [b"DESC"], [b"FOO"] if c.chance(0.1) else [])
    c.random.shuffle(options)
    return [word for option in options for word in option.split()]


def search(c):
    stores = c.chance(0.3)
    start = c.of([b"FROMMEMBER", member(c)], [b"FROMLONLAT", *place(c)])
    area = c.of([b"BYRADIUS", length(c), unit(c)], [b"BYBOX", length(c), length(c), unit(c)])
    parts = [start, area, found(c, stores)]
    if c.chance(0.05):
        parts.append(c.of(start, area, [b"FROMMEMBER", member(c)], [b"BYRADIUS", b"1", b"m"], [b"STORE", b"x"]))
    c.random.shuffle(parts)
    words = [word for part in parts for word in part]
    if stores:
        # Distances are no binary fractions, so that only keys of places may hold them.
        return operation(c.case(b"GEOSEARCHSTORE"), c.of(*KEYS), key(c), *words, *c.of([], [b"STOREDIST"]))
    return operation(c.case(b"GEOSEARCH"), key(c), *words)


def radius(c):
    by_member, suffix = c.chance(0.5), c.of(b"", b"_RO")
    start = [member(c)] if by_member else [*place(c)]
    stores = c.chance(0.3)
    store = [c.of(b"STORE", b"storedist"), c.of(*KEYS)] if stores else []
    return operation(c.case((b"GEORADIUSBYMEMBER" if by_member else b"GEORADIUS") + suffix), key(c), *start, length(c),
                     unit(c), *found(c, stores), *store)


ALL = [(add, 4), (read, 3), (search, 4), (radius, 3)]
