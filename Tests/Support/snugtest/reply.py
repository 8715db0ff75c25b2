"""Replies of a server with their RESP types kept apart, and how they are written in messages.

A reply is `Reply(kind, value)`. Kinds and their values:

    simple error bulk        bytes             null       None, RESP3 `_`
    integer                  int               nil        None, RESP2 `$-1`
    double bignumber         bytes, as sent    nilarray   None, RESP2 `*-1`
    boolean                  bool              map attribute  tuple of (Reply, Reply)
    verbatim                 bytes, `txt:...`  array set push tuple of Reply
    closed timeout           None: no reply came, because the server hung up or kept silent
"""

from typing import NamedTuple, Any


class Reply(NamedTuple):
    kind: str
    value: Any = None

    def __str__(self):
        return render(self)

    @property
    def text(self):
        """The text of a bulk, simple, verbatim or error reply."""
        if self.kind == "verbatim":
            return self.value[4:].decode("utf-8", "surrogateescape")
        return self.value.decode("utf-8", "surrogateescape")

    @property
    def is_error(self):
        return self.kind == "error"

    def items(self):
        """Pairs of a map, or of the flat array that stands for one in RESP2."""
        if self.kind == "map":
            return list(self.value)
        return list(zip(self.value[0::2], self.value[1::2]))

    def plain(self):
        """The reply as ordinary Python values: bytes, numbers, lists, dictionaries."""
        if self.kind in ("array", "set", "push"):
            return [element.plain() for element in self.value]
        if self.kind == "map":
            return {_hashable(key.plain()): value.plain() for key, value in self.value}
        return self.value


def _hashable(value):
    return tuple(value) if isinstance(value, list) else value


OK = Reply("simple", b"OK")
QUEUED = Reply("simple", b"QUEUED")
PONG = Reply("simple", b"PONG")
CLOSED = Reply("closed")
TIMEOUT = Reply("timeout")


def bulk(text):
    return Reply("bulk", text.encode() if isinstance(text, str) else text)


def integer(number):
    return Reply("integer", number)


_ESCAPES = {10: "\\n", 13: "\\r", 9: "\\t", 34: '\\"', 92: "\\\\"}


def quoted(data, limit=400):
    """Bytes in the quotes of the inline protocol, cut when they are very long."""
    shown = data[:limit]
    text = "".join(
        _ESCAPES.get(b) or (chr(b) if 32 <= b < 127 else f"\\x{b:02x}") for b in shown)
    rest = f"...({len(data)} bytes)" if len(data) > limit else ""
    return f'"{text}"{rest}'


_MARKS = {"simple": "+", "error": "-", "double": ",", "bignumber": "("}
_BRACKETS = {"array": "[", "set": "~[", "push": ">["}


def render(reply, limit=400):
    """One line for a reply, in the notation that case files use for expectations."""
    kind, value = reply
    if kind in _MARKS:
        return _MARKS[kind] + value.decode("utf-8", "backslashreplace")
    if kind == "integer":
        return f":{value}"
    if kind == "bulk":
        return quoted(value, limit)
    if kind == "verbatim":
        return "=" + quoted(value, limit)
    if kind == "boolean":
        return "#t" if value else "#f"
    if kind in _BRACKETS:
        return _BRACKETS[kind] + ", ".join(render(e, limit) for e in value) + "]"
    if kind in ("map", "attribute"):
        mark = "|" if kind == "attribute" else ""
        return mark + "{" + ", ".join(f"{render(k, limit)}: {render(v, limit)}" for k, v in value) + "}"
    return {"nil": "nil", "nilarray": "nilarray", "null": "null"}.get(kind, f"<{kind}>")
