"""Redis's quoting of arguments on one line: bare words, "double" with escapes, 'single'."""

import re

_SIMPLE = {"n": b"\n", "r": b"\r", "t": b"\t", "a": b"\a", "b": b"\b"}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|\S+', re.DOTALL)
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|.)", re.DOTALL)


def unescape(text):
    """The bytes that the inside of a double-quoted argument stands for."""
    out, at = b"", 0
    for match in _ESCAPE.finditer(text):
        out += text[at:match.start()].encode()
        mark = match.group(1)
        if len(mark) == 3:
            out += bytes([int(mark[1:], 16)])
        else:
            out += _SIMPLE.get(mark, mark.encode())
        at = match.end()
    return out + text[at:].encode()


def split_arguments(line):
    """The arguments of a line, as bytes."""
    return [unquote(token) for token in _TOKEN.findall(line)]


def unquote(token):
    if len(token) >= 2 and token[0] == token[-1] == '"':
        return unescape(token[1:-1])
    if len(token) >= 2 and token[0] == token[-1] == "'":
        return token[1:-1].replace("\\'", "'").encode()
    return token.encode()
