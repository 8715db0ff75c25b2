"""Random payloads for RESTORE, all of which Redis 7.0 reads, and DUMP."""

import struct

import rdb

from . import pools
from .operation import operation

_PAIRS = [(b"f", b"1"), (b"g", b"hello"), (b"name", b"-5"), (b"field:3", b"v" * 64)]
_FLAT = [element for pair in _PAIRS for element in pair]
_MEMBERS = [(b"m", -1.5), (b"-3", 0.0), (b"f", 2.0), (b"M" * 70, float("inf"))]
_SCORED = [element for member, score in _MEMBERS for element in (member, b"%.17g" % score)]


def _listed(strings):
    return b"".join(map(rdb.string, strings))


VALUES = [
    (0, rdb.string(b"")), (0, rdb.string(b"hello")), (0, rdb.string(b"17")), (0, b"\xc0\xfb"), (0, b"\xc1\xe8\x03"),
    (0, b"\xc2\x60\x79\xfe\xff"), (0, rdb.literal_lzf(b"x" * 50)), (0, rdb.string(b"L" * 1000)),
    (4, rdb.length(4) + _listed(_FLAT)), (4, rdb.length(1) + _listed([b"f", b"L" * 65])),
    (9, rdb.string(rdb.zipmap(_PAIRS, unused=2))), (13, rdb.string(rdb.ziplist(_FLAT))),
    (16, rdb.string(rdb.listpack(_FLAT))), (16, rdb.literal_lzf(rdb.listpack(_FLAT))),
    (2, rdb.length(3) + _listed([b"1", b"-5", b"900"])), (2, rdb.length(3) + _listed([b"1", b"m", b""])),
    (11, rdb.string(rdb.intset([1, -5, 900]))), (11, rdb.string(rdb.intset(range(-7, 9)))),
    (11, rdb.string(rdb.intset([5, 1 << 40]))),
    (3, rdb.length(4) + b"".join(rdb.string(m) + rdb.text_score(s) for m, s in _MEMBERS)),
    (5, rdb.length(4) + b"".join(rdb.string(m) + struct.pack("<d", s) for m, s in _MEMBERS[:3] + [(b"z", 0.5)])),
    (12, rdb.string(rdb.ziplist(_SCORED[:-2]))), (17, rdb.string(rdb.listpack(_SCORED[:-2]))),
    (1, rdb.length(3) + _listed([b"a", b"5", b""])), (10, rdb.string(rdb.ziplist(_FLAT))),
    (14, rdb.length(2) + rdb.string(rdb.ziplist(_FLAT)) + rdb.string(rdb.ziplist([b"1", b"-900"]))),
    (18, rdb.length(2) + (rdb.length(2) + rdb.string(rdb.listpack(_FLAT))) * 2),
    # Refused.
    (4, rdb.length(0)), (2, rdb.length(2) + _listed([b"a", b"a"])), (8, b""), (255, b"\0\0"),
    (5, rdb.length(1) + rdb.string(b"n") + struct.pack("<d", float("nan")))]
PAYLOADS = [rdb.payload(kind, body, version) for kind, body in VALUES for version in (10, 6)]
WRONG = [b"", b"x", PAYLOADS[0][:-1], PAYLOADS[4] + b"\0", rdb.payload(0, rdb.string(b"v"), 99),
         PAYLOADS[8][:-1] + b"\0", rdb.payload(0, rdb.string(b"v"))[1:]]


def restore(c):
    one = c.of(*PAYLOADS) if c.chance(0.93) else c.of(*WRONG)
    options = c.of([], [b"REPLACE"], [b"REPLACE"], [b"REPLACE"])
    if c.chance(0.15):
        options = options + c.of([b"IDLETIME", c.of(b"0", b"5", b"-1", b"x", b"99999999999")],
                                 [b"FREQ", c.of(b"0", b"255", b"256", b"-1", b"x")], [b"IDLETIME"], [b"FREQ"],
                                 [b"IDLETIME", b"1", b"FREQ", b"1"], [b"FREQ", b"1", b"IDLETIME", b"1"], [b"FOO"])
    if c.chance(0.15):
        return operation(b"RESTORE", c.key(), c.of(*pools.ABSOLUTE_MILLISECONDS), one, *options, c.case(b"ABSTTL"))
    ttl = b"0" if c.chance(0.7) else c.of(*pools.RELATIVE_MILLISECONDS)
    return operation(b"RESTORE", c.key(), ttl, one, *options)


def dump(c):
    """Redis compresses what is long, and both have encodings of their own for some values."""
    return operation(b"DUMP", c.key(), how="kind")


ALL = [(restore, 3), (dump, 1)]
