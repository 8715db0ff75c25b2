"""The conformance runner itself: what is wrong must be reported, what is right must not."""

import socketserver
import threading

import pytest

from conformance.expect import matches, parse_expectation
from conformance.parse import CaseError, parse_text
from conformance.run import CaseRun, Mismatch
from snugtest.connection import Connection
from snugtest.reply import Reply


class Scripted(socketserver.ThreadingTCPServer):
    """A server that answers each line that begins with `*` by the next of its replies."""

    daemon_threads = True

    def __init__(self, replies):
        self.replies = list(replies)
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def connect(self, protocol=2, timeout=0.3):
        return Connection(self.server_address, 2, 0.3)


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            if line.startswith(b"*") and self.server.replies:
                self.wfile.write(self.server.replies.pop(0))


def run(text, snug, redis, protocol=2):
    with Scripted(snug) as one, Scripted(redis) as other:
        try:
            CaseRun(parse_text(text, "file.cases")[0], one, other, protocol).run()
        finally:
            one.shutdown()
            other.shutdown()


def test_equal_replies_pass():
    run("case c\n> GET k\n", [b"$1\r\nv\r\n"], [b"$1\r\nv\r\n"])


def test_a_wrong_reply_names_file_line_and_both_replies():
    with pytest.raises(Mismatch) as caught:
        run("case c\n# comment\n> SET k v\n> GET k\n", [b"+OK\r\n", b"$1\r\nw\r\n"], [b"+OK\r\n", b"$1\r\nv\r\n"])
    told = str(caught.value)
    assert "file.cases:4: case 'c' in RESP2" in told
    assert "> GET k" in told and 'Snug:  "w"' in told and 'Redis: "v"' in told


@pytest.mark.parametrize("snug, redis", [
    (b"+v\r\n", b"$1\r\nv\r\n"),
    (b"$2\r\n12\r\n", b":12\r\n"),
    (b"$-1\r\n", b"*-1\r\n"),
    (b"*0\r\n", b"*-1\r\n"),
    (b"_\r\n", b"$-1\r\n"),
    (b"*2\r\n:1\r\n:2\r\n", b"*2\r\n:2\r\n:1\r\n"),
    (b"%1\r\n:1\r\n:2\r\n", b"*2\r\n:1\r\n:2\r\n"),
    (b"~1\r\n:1\r\n", b"*1\r\n:1\r\n"),
    (b"-ERR a\r\n", b"-ERR b\r\n"),
    (b",1.0\r\n", b",1\r\n"),
])
def test_types_and_texts_are_told_apart(snug, redis):
    with pytest.raises(Mismatch):
        run("case c\n> X\n", [snug], [redis])


@pytest.mark.parametrize("mode, snug, redis, agree", [
    ("unordered", b"*2\r\n:1\r\n:2\r\n", b"*2\r\n:2\r\n:1\r\n", True),
    ("unordered", b"*2\r\n:1\r\n:3\r\n", b"*2\r\n:2\r\n:1\r\n", False),
    ("unordered", b"*1\r\n:1\r\n", b"*2\r\n:1\r\n:1\r\n", False),
    ("pairs", b"*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n", b"*4\r\n:3\r\n:4\r\n:1\r\n:2\r\n", True),
    ("pairs", b"*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n", b"*4\r\n:3\r\n:2\r\n:1\r\n:4\r\n", False),
    ("within 2", b":10\r\n", b":12\r\n", True),
    ("within 2", b":10\r\n", b":13\r\n", False),
    ("within 2", b":-1\r\n", b":-2\r\n", False),
    ("kind", b":1\r\n", b":9\r\n", True),
    ("kind", b":1\r\n", b"+1\r\n", False),
    ("count", b"*1\r\n:1\r\n", b"*1\r\n:2\r\n", True),
    ("count", b"*1\r\n:1\r\n", b"*0\r\n", False),
    ("like \\d+", b"$2\r\n12\r\n", b"$1\r\n7\r\n", True),
    ("like \\d+", b"$2\r\n1x\r\n", b"$1\r\n7\r\n", False),
    ("fields a", b"$7\r\na=1 b=2\r\n", b"$7\r\na=1 b=3\r\n", True),
    ("fields a b", b"$7\r\na=1 b=2\r\n", b"$7\r\na=1 b=3\r\n", False),
    ("names", b"$7\r\na=1 b=2\r\n", b"$3\r\na=9\r\n", True),
    ("names", b"$3\r\na=9\r\n", b"$7\r\na=1 b=2\r\n", False),
    ("pick 1", b"*2\r\n:1\r\n:2\r\n", b"*2\r\n:9\r\n:2\r\n", True),
    ("pick 0", b"*2\r\n:1\r\n:2\r\n", b"*2\r\n:9\r\n:2\r\n", False),
    ("lines x", b"$5\r\nxa\nyb\r\n", b"$5\r\nxa\nyc\r\n", True),
    ("lines x", b"$5\r\nxa\nyb\r\n", b"$5\r\nxb\nyb\r\n", False),
])
def test_modes(mode, snug, redis, agree):
    text = f"case c\n> X\n~ {mode}\n"
    if agree:
        run(text, [snug], [redis])
    else:
        with pytest.raises(Mismatch):
            run(text, [snug], [redis])


def test_an_expectation_binds_snug_alone_and_two_signs_bind_both():
    run('case c\n> X\n= "new"\n', [b"$3\r\nnew\r\n"], [b"-ERR unknown\r\n"])
    with pytest.raises(Mismatch, match="Snug must answer"):
        run('case c\n> X\n= "new"\n', [b"$3\r\nold\r\n"], [b"$3\r\nold\r\n"])
    with pytest.raises(Mismatch, match="both must answer"):
        run('case c\n> X\n== "new"\n', [b"$3\r\nnew\r\n"], [b"$3\r\nold\r\n"])


def test_a_line_that_would_accept_any_reply_is_reported():
    with pytest.raises(Mismatch, match="would accept any reply"):
        run("case c\n> X\n~ lines nothing\n", [b"$1\r\na\r\n"], [b"$1\r\nb\r\n"])
    with pytest.raises(Mismatch, match="the case is wrong"):
        run("case c\n> X\n~ fields b\n", [b"$3\r\na=1\r\n"], [b"$3\r\na=1\r\n"])


def test_silence_and_closed_connections_are_reported(monkeypatch):
    monkeypatch.setattr("conformance.run.CLOSING", 0.3)
    with pytest.raises(Mismatch, match="timeout"):
        run("case c\n> X\n", [], [b"+OK\r\n"])
    with pytest.raises(Mismatch, match="no reply came"):
        run("case c\n> X\n", [], [])
    with pytest.raises(Mismatch, match="<closed"):
        run("case c\n>> X\n<closed\n", [b"+OK\r\n"], [b"+OK\r\n"])
    with pytest.raises(Mismatch, match="<nothing"):
        run("case c\n>> X\n<nothing\n", [b"+OK\r\n"], [])


@pytest.mark.parametrize("text, reply, protocol, expected", [
    ("+OK", Reply("simple", b"OK"), 2, True),
    ("+OK", Reply("bulk", b"OK"), 2, False),
    ("-ERR a, b: [c]", Reply("error", b"ERR a, b: [c]"), 2, True),
    ("nil", Reply("nil"), 2, True), ("nil", Reply("nilarray"), 2, False), ("nil", Reply("null"), 3, True),
    ("nilarray", Reply("nilarray"), 2, True), ("nilarray", Reply("null"), 3, True),
    ('{"a": :1}', Reply("array", (Reply("bulk", b"a"), Reply("integer", 1))), 2, True),
    ('{"a": :1}', Reply("map", ((Reply("bulk", b"a"), Reply("integer", 1)),)), 3, True),
    ('{"a": :1}', Reply("array", (Reply("bulk", b"a"), Reply("integer", 1))), 3, False),
    ('[*, /x\\d/]', Reply("array", (Reply("integer", 5), Reply("bulk", b"x1"))), 2, True),
    ('[*, /x\\d/]', Reply("array", (Reply("integer", 5), Reply("bulk", b"xx"))), 2, False),
    ('["a", [nil, ,1.5, #t, (12]]', Reply("array", (Reply("bulk", b"a"), Reply("array", (
        Reply("null"), Reply("double", b"1.5"), Reply("boolean", True), Reply("bignumber", b"12"))))), 3, True),
    ('"\\x00\\xff"', Reply("bulk", b"\x00\xff"), 2, True),
])
def test_expectations(text, reply, protocol, expected):
    assert matches(parse_expectation(text), reply, protocol) is expected


@pytest.mark.parametrize("text", [
    "> GET k\n", "case c\nnonsense here\n", "case c\n~ unordered\n", "case c\n> X\n~ nonsense\n", "case c\n",
    "case c\n>> X\n= +OK\n"])
def test_malformed_files_are_refused(text):
    with pytest.raises(CaseError, match=r"text:\d+"):
        parse_text(text)
