"""A pipeline split at every byte gives the same replies as in one piece."""

import pytest

from snugtest.connection import encode

PIPELINE = b"".join([
    encode(("SET", b"a\r\nb", b"\x00\xff\r\n$3\r\n")),
    b"PING\r\n",
    encode(("GET", b"a\r\nb")),
    b'SET "quoted key" \'it\\\'s\'\r\n',
    b"\r\n*0\r\n",
    encode(("GET", "quoted key")),
    encode(("FOO", "bar")),
    encode(("HSET", "h", "f", "")),
    encode(("HGETALL", "h")),
    encode(("ECHO", "x" * 40)),
    encode(("DEL", b"a\r\nb", "quoted key", "h")),
])
REPLIES = 9


def replies(server, pieces, protocol):
    with server.connect(protocol) as connection:
        for piece in pieces:
            connection.send_raw(piece)
        return [connection.read() for _ in range(REPLIES)]


@pytest.mark.parametrize("protocol", [2, 3])
def test_split_in_two_at_every_byte(snug, redis, protocol):
    whole = replies(redis, [PIPELINE], protocol)
    assert all(reply.kind not in ("closed", "timeout") for reply in whole)
    for at in range(len(PIPELINE) + 1):
        got = replies(snug, [PIPELINE[:at], PIPELINE[at:]], protocol)
        assert got == whole, f"split at byte {at}"


def test_every_byte_alone(snug, redis):
    whole = replies(redis, [PIPELINE], 2)
    assert replies(snug, [PIPELINE[i:i + 1] for i in range(len(PIPELINE))], 2) == whole


def test_protocol_errors_split_everywhere(snug, redis):
    """What stands before a broken frame is answered, then the error comes, then the end."""
    data = encode(("PING",)) + b"*1\r\n$abc\r\n" + encode(("PING",))
    with redis.connect() as connection:
        connection.send_raw(data)
        whole = connection.read_all()
    for at in range(len(data)):
        with snug.connect() as connection:
            connection.send_raw(data[:at])
            connection.send_raw(data[at:])
            assert connection.read_all() == whole, f"split at byte {at}"
