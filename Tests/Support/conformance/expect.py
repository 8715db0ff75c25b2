"""Expected replies of case files: parsed, and matched against a reply that came."""

import re

from snugtest.quoting import unescape
from snugtest.reply import Reply

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/")
_WORD = re.compile(r"[^,\]}:]+")
ANYTHING = Reply("anything")
_TEXT_KINDS = ("simple", "error", "bulk", "verbatim")


def parse_expectation(text):
    """The reply that a line of a case file describes."""
    text = text.strip()
    if text[:1] in "+-":
        return Reply("simple" if text[0] == "+" else "error", text[1:].encode())
    reply, rest = _parse(text)
    if rest.strip():
        raise ValueError(f"unexpected '{rest}' after the expected reply")
    return reply


def _parse(text):
    text = text.lstrip()
    for bracket, kind in (("~[", "set"), (">[", "push"), ("[", "array")):
        if text.startswith(bracket):
            return _parse_elements(kind, text[len(bracket):])
    if text.startswith("{"):
        return _parse_map(text[1:])
    if match := _QUOTED.match(text):
        return Reply("bulk", unescape(match.group(1))), text[match.end():]
    if text.startswith("=") and (match := _QUOTED.match(text, 1)):
        return Reply("verbatim", unescape(match.group(1))), text[match.end():]
    if match := _REGEX.match(text):
        return Reply("regex", match.group(1).replace("\\/", "/")), text[match.end():]
    if text.startswith(":"):
        match = re.match(r":(-?\d+)", text)
        return Reply("integer", int(match.group(1))), text[match.end():]
    if text[:1] in (",", "("):
        match = re.match(r"[-+.\w]+", text[1:])
        kind = "double" if text[0] == "," else "bignumber"
        return Reply(kind, match.group().encode()), text[1 + match.end():]
    return _parse_word(text)


def _parse_word(text):
    match = _WORD.match(text)
    word = match.group().strip() if match else ""
    rest = text[match.end():] if match else text
    if word in ("nil", "nilarray"):
        return Reply(word), rest
    if word in ("#t", "#f"):
        return Reply("boolean", word == "#t"), rest
    if word == "*":
        return ANYTHING, rest
    if word[:1] in ("+", "-") and word:
        return Reply("simple" if word[0] == "+" else "error", word[1:].encode()), rest
    raise ValueError(f"not an expected reply: '{text}'")


def _parse_elements(kind, text):
    elements, text = [], text.lstrip()
    while not text.startswith("]"):
        element, text = _parse(text)
        elements.append(element)
        text = text.lstrip().removeprefix(",").lstrip()
        if not text:
            raise ValueError("a bracket is not closed")
    return Reply(kind, tuple(elements)), text[1:]


def _parse_map(text):
    pairs, text = [], text.lstrip()
    while not text.startswith("}"):
        key, text = _parse(text)
        value, text = _parse(text.lstrip().removeprefix(":"))
        pairs.append((key, value))
        text = text.lstrip().removeprefix(",").lstrip()
        if not text:
            raise ValueError("a brace is not closed")
    return Reply("map", tuple(pairs)), text[1:]


def matches(expected, reply, protocol):
    """Whether a reply is the expected one, in the notation's sense for that protocol."""
    kind = expected.kind
    if kind == "anything":
        return reply.kind not in ("closed", "timeout")
    if kind == "regex":
        return reply.kind in _TEXT_KINDS and bool(re.fullmatch(expected.value, reply.text, re.DOTALL))
    if kind in ("nil", "nilarray"):
        return reply.kind == (kind if protocol == 2 else "null")
    if protocol == 2 and kind == "map":
        flat = tuple(element for pair in expected.value for element in pair)
        return matches(Reply("array", flat), reply, protocol)
    if protocol == 2 and kind in ("set", "push"):
        return matches(Reply("array", expected.value), reply, protocol)
    if kind != reply.kind:
        return False
    if kind == "map":
        return len(expected.value) == len(reply.value) and all(
            matches(k, key, protocol) and matches(v, value, protocol)
            for (k, v), (key, value) in zip(expected.value, reply.value))
    if kind in ("array", "set", "push"):
        return len(expected.value) == len(reply.value) and all(
            matches(e, r, protocol) for e, r in zip(expected.value, reply.value))
    return expected.value == reply.value
