"""Frames that are wrong, unfinished, or announce more than will ever come."""

import random

import pytest

from Robustness.helpers import answers, cut, eventually, information
from snugtest.connection import encode

MEGABYTE = 1 << 20

PIECES = [b"*1\r\n", b"*2\r\n", b"*-1\r\n", b"*0\r\n", b"*3", b"$4\r\n", b"$0\r\n", b"$-1\r\n", b"\r\n", b"\r", b"\n",
          b"PING", b"PING\r\n", b"GET k\r\n", b'"', b"'", b"\\x", b"\x00", b"\xff" * 5, b" " * 10, b"*99999999\r\n",
          b"$99999999\r\n", b"*" + b"9" * 30 + b"\r\n", b"$" + b"9" * 30 + b"\r\n", b":1\r\n", b"+OK\r\n",
          b"HELLO 3\r\n", b"MULTI\r\n", b"EXEC\r\n", b"*2\r\n$4\r\nECHO\r\n$1\r\nx\r\n", b"~", b"%1\r\n", b"_\r\n",
          b"SUBSCRIBE\r\n", b"CLIENT REPLY OFF\r\n", b"MONITOR\r\n"]


@pytest.mark.parametrize("seed", range(4))
def test_random_pieces(server, seed):
    source = random.Random(seed)
    for _ in range(150):
        connection = server.connect(timeout=2)
        data = b"".join(source.choice(PIECES) for _ in range(source.randint(1, 30)))
        while data:
            count = source.randint(1, len(data))
            connection.send_raw(data[:count])
            data = data[count:]
        cut(connection) if source.random() < 0.5 else connection.close()
    assert answers(server)


@pytest.mark.parametrize("seed", range(3))
def test_random_bytes(server, seed):
    source = random.Random(seed)
    for _ in range(100):
        with server.connect(timeout=2) as connection:
            connection.send_raw(source.randbytes(source.choice([1, 10, 100, 5000])) + b"\r\n")
    assert answers(server)


def test_half_frames_and_silence(server):
    frame = encode(("SET", "key", "value"))
    held = []
    for count in range(1, len(frame)):
        held.append(server.connect())
        held[-1].send_raw(frame[:count])
    assert answers(server)
    for connection, count in zip(held, range(1, len(frame))):
        connection.send_raw(frame[count:])
        assert connection.read().value == b"OK"
        connection.close()


@pytest.mark.parametrize("declared", [
    b"*2147483647\r\n", b"*1048576\r\n$4\r\n", b"*1\r\n$536870912\r\n", b"*2\r\n$4\r\nECHO\r\n$500000000\r\nabc"])
def test_declared_lengths_reserve_no_memory(server, declared):
    before = server.resident_bytes()
    held = [server.connect() for _ in range(50)]
    for connection in held:
        connection.send_raw(declared)
    assert answers(server)
    assert server.resident_bytes() - before < 24 * MEGABYTE
    for connection in held:
        connection.close()
    with server.connect() as connection:
        assert connection.command("PING").kind == "simple"


def test_a_large_argument_comes_back_whole_and_its_memory_goes(server):
    value = b"x" * (64 * MEGABYTE)
    with server.connect(timeout=60) as connection:
        same = connection.command("ECHO", value).value == value
        assert same
        assert connection.command("SET", "large", value).value == b"OK"
        assert connection.command("STRLEN", "large").value == len(value)
        connection.command("DEL", "large")
        assert eventually(lambda: information(server, "used_memory") < 48 * MEGABYTE)


def test_query_buffer_limit(start_snug):
    server = start_snug({"client-query-buffer-limit": "1mb"})
    connection = server.connect(timeout=10)
    connection.send_raw(b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$50000000\r\n" + b"x" * (8 * MEGABYTE))
    assert connection.read().kind == "closed"
    assert answers(server)
    assert server.resident_bytes() < 64 * MEGABYTE
