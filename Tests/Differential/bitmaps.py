"""Random commands on bitmaps.

Left out: wrong arguments of BITCOUNT and BITPOS on keys that are not there or hold no string, which since 7.2 are an
error all the same; conformance cases have them.
"""

from .operation import operation

OFFSETS = [b"0", b"1", b"7", b"8", b"63", b"64", b"350", b"2040", b"2047", b"5000"]
BAD_OFFSETS = [b"-1", b"4294967296", b"x", b"", b"1.5", b"9223372036854775807", b"18446744073709551616"]
RANGES = [b"0", b"1", b"2", b"5", b"-1", b"-2", b"-3", b"-100", b"100", b"9223372036854775807", b"-9223372036854775808"]
TYPES = [b"u1", b"u4", b"u8", b"u16", b"u31", b"u63", b"i1", b"i5", b"i8", b"i17", b"i64", b"i64"]
BAD_TYPES = [b"u64", b"i65", b"u0", b"i", b"x8", b"U8", b"i08", b"i-1", b""]


def offset(c):
    if c.chance(0.05):
        return c.of(*BAD_OFFSETS)
    return c.of(*OFFSETS) if c.chance(0.5) else b"%d" % c.random.randint(0, 600)


def change(c):
    value = c.of(b"0", b"1", b"1") if c.chance(0.97) else c.of(b"2", b"x", b"-1")
    return operation(c.case(b"SETBIT"), c.key(), offset(c), value)


def read(c):
    return operation(c.case(b"GETBIT"), c.key(), offset(c))


def bounds(c):
    unit = c.of([], [c.case(b"BIT")], [c.case(b"BYTE")])
    return [c.of(*RANGES), c.of(*RANGES), *unit]


def count(c):
    return operation(c.case(b"BITCOUNT"), c.key(), *c.of([], bounds(c), bounds(c)))


def find(c):
    return operation(c.case(b"BITPOS"), c.key(), c.of(b"0", b"1"), *c.of([], [c.of(*RANGES)], bounds(c), bounds(c)))


def combine(c):
    kind = c.case(c.of(b"AND", b"OR", b"XOR", b"NOT", b"NOT"))
    keys = c.keys(1) if kind.upper() == b"NOT" and c.chance(0.9) else c.keys(4)
    return operation(c.case(b"BITOP"), kind if c.chance(0.97) else c.of(b"FOO", b"", b"ANDX"), c.key(), *keys)


def step(c, write):
    kind = c.of(*TYPES) if c.chance(0.97) else c.of(*BAD_TYPES)
    place = c.of(offset(c), b"#%d" % c.random.randint(0, 40), b"%d" % c.random.randint(0, 90))
    if not write or c.chance(0.4):
        return [c.case(b"GET"), kind, place]
    number = c.of(c.integer(), b"%d" % (c.random.getrandbits(64) - 2**63), b"%d" % c.random.randint(-300, 300))
    overflow = [c.case(b"OVERFLOW"), c.case(c.of(b"WRAP", b"SAT", b"FAIL"))] if c.chance(0.5) else []
    return [*overflow, c.case(c.of(b"SET", b"INCRBY")), kind, place, number]


def fields(c):
    write = c.chance(0.8)
    words = [word for _ in range(c.of(0, 1, 1, 2, 3, 6)) for word in step(c, write)]
    if c.chance(0.03):
        words = words[:-1] + c.of([], [b"FOO"], [b"OVERFLOW"], [b"OVERFLOW", b"x"])
    return operation(c.case(b"BITFIELD" if write else c.of(b"BITFIELD", b"BITFIELD_RO", b"BITFIELD_RO")), c.key(), *words)


ALL = [(change, 8), (read, 3), (count, 4), (find, 4), (combine, 5), (fields, 6)]
