"""One random command, and how its two replies are compared."""

from typing import NamedTuple

from conformance.compare import near, transformed
from snugtest.reply import quoted


class Operation(NamedTuple):
    """`connection` is 0 or 1; `how` names the comparison; `parts` those of an EXEC's elements."""

    arguments: tuple
    how: str = "equal"
    connection: int = 0
    parts: tuple = ()

    def on(self, connection):
        return self._replace(connection=connection)

    def __str__(self):
        words = " ".join(quoted(a, 120) for a in self.arguments)
        return f"{'b' if self.connection else ''}> {words}"


def operation(*arguments, how="equal"):
    encoded = tuple(a if isinstance(a, bytes) else str(a).encode() for a in arguments)
    return Operation(encoded, how)


def agree(one, snug, redis, snug_before=None, redis_before=None):
    """Whether two replies agree; `..._before` are the replies to the command before."""
    if snug == redis:
        # QUEUED is no element of anything.
        return snug.kind == "simple" or one.how not in ("among", "amongPairs") or snug.value is None or snug.kind == "error" or (
            _among(one, snug, snug_before))
    if snug.kind != redis.kind or snug.kind == "error":
        return False
    if one.how == "exec" and snug.value is not None:
        return _executed(one, snug.value, redis.value)
    comparison = _COMPARISONS.get(one.how)
    if comparison:
        return comparison(snug, redis)
    if one.how in ("among", "amongPairs"):
        return _shape(snug) == _shape(redis) and (
            _among(one, snug, snug_before) and _among(one, redis, redis_before))
    return False


def _executed(one, snug, redis):
    if len(snug) != len(redis) or len(snug) != len(one.parts):
        return False
    before = [None, *zip(snug, redis)]
    return all(
        agree(part, s, r, *(before[index] or (None, None)))
        for index, (part, s, r) in enumerate(zip(one.parts, snug, redis)))


def _scores(reply):
    """Members and scores as numbers: Redis 7.0 writes scores with 17 digits."""
    return [(member.value, float(score.value)) for member, score in map(tuple, _pairs(reply))]


def _scanned(reply):
    cursor, elements = reply.value
    return cursor.value, set(elements.value)


def _scanned_pairs(reply):
    cursor, elements = reply.value
    return cursor.value, set(zip(elements.value[0::2], elements.value[1::2]))


_COMPARISONS = {
    "unordered": lambda s, r: transformed(s, "unordered", "") == transformed(r, "unordered", ""),
    "pairs": lambda s, r: transformed(s, "pairs", "") == transformed(r, "pairs", ""),
    "seconds": lambda s, r: near(s, r, 10),
    "milliseconds": lambda s, r: near(s, r, 10_000),
    "scores": lambda s, r: _scores(s) == _scores(r),
    "scan": lambda s, r: _scanned(s) == _scanned(r),
    "scanPairs": lambda s, r: _scanned_pairs(s) == _scanned_pairs(r),
    # Small sets and lists are listpacks since 7.2.
    "encoding": lambda s, r: s.value == r.value or s.value == b"listpack" and r.value in (b"hashtable", b"quicklist"),
    "kind": lambda s, r: True,
    "shape": lambda s, r: _outline(s) == _outline(r),
    "pending": lambda s, r: _pending(s) == _pending(r),
    "stream": lambda s, r: _told(s) == _told(r),
    "slow": lambda s, r: _kept(s) == _kept(r),
}


def _pending(reply):
    """The entries of XPENDING without how long they have been idle, but to ten seconds."""
    return [(i.value, owner.value, idle.value // 10_000, n.value) for i, owner, idle, n in (
        entry.value for entry in reply.value)]


# What a clock says, what came with Redis 7.2, and of what kind of tree a stream is made.
_UNTOLD = {b"seen-time", b"active-time", b"idle", b"inactive", b"radix-tree-nodes"}


def _told(reply):
    """A reply of XINFO as plain values without what is untold, and without times of delivery."""
    if reply.kind == "map" or reply.kind == "array" and _names_fields(reply.value):
        return {name.value: _told(value) for name, value in reply.items() if name.value not in _UNTOLD}
    if reply.kind == "array":
        return [_told(element) for element in reply.value if element.kind != "integer" or element.value < 10**11]
    return reply


def _names_fields(elements):
    return len(elements) > 0 and elements[0].kind == "bulk" and elements[0].value in (b"length", b"name")


def _outline(reply):
    """The kinds of all elements."""
    return (reply.kind, tuple(map(_outline, reply.value)) if isinstance(reply.value, tuple) else None)


def _kept(reply):
    """The commands and names of the clients in SLOWLOG GET."""
    return [(entry.value[3], entry.value[5], len(entry.value)) for entry in reply.value]


def _shape(reply):
    return len(reply.value) if isinstance(reply.value, tuple) else reply.kind


def _among(one, reply, before):
    """Whether a random reply holds only elements of the full list that the command before gave."""
    if before is None or before.value is None:
        return before is not None
    if one.how == "amongPairs":
        known, given = set(_pairs(before)), _pairs(reply)
    else:
        known, given = set(before.value), reply.value if isinstance(reply.value, tuple) else (reply,)
    positive = len(one.arguments) > 2 and not one.arguments[2].startswith(b"-")
    return set(given) <= known and (not positive or len(set(given)) == len(given))


def _pairs(reply):
    if reply.kind == "array" and reply.value and reply.value[0].kind == "array":
        return [element.value for element in reply.value]
    return reply.items()
