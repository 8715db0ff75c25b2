"""Clients that read slowly or not at all, and long pipelines."""

import pytest

from Robustness.helpers import answers, eventually, information, send_until_closed
from snugtest.connection import encode
from snugtest.reply import OK
from snugtest.server import Server, self_check

MEGABYTE = 1 << 20


@pytest.fixture
def large(server):
    """A key of one megabyte."""
    with server.connect() as connection:
        connection.command("SET", "large", b"x" * MEGABYTE)
    return "large"


def limit(server, text):
    with server.connect() as connection:
        assert connection.command("CONFIG", "SET", "client-output-buffer-limit", text).value == b"OK"


def test_a_hard_limit_disconnects_who_does_not_read(server, large):
    limit(server, "normal 2mb 0 0")
    reader = server.connect()
    reader.send_raw(encode(("GET", large)) * 100)
    assert eventually(lambda: information(server, "connected_clients") == 1)
    assert len(reader.read_all()) < 100 * MEGABYTE
    assert eventually(lambda: information(server, "used_memory") < 24 * MEGABYTE)


def test_a_soft_limit_disconnects_after_its_seconds(server, large):
    limit(server, "normal 0 1mb 1")
    reader = server.connect()
    reader.send_raw(encode(("GET", large)) * 30)
    assert answers(server)
    assert eventually(lambda: information(server, "connected_clients") == 1)
    assert len(reader.read_all()) < 30 * MEGABYTE


def test_without_a_limit_the_slow_get_everything_and_nobody_waits(server, large):
    limit(server, "normal 0 0 0")
    reader = server.connect(timeout=30)
    reader.send_raw(encode(("GET", large)) * 40)
    for _ in range(50):
        assert answers(server)
    for _ in range(40):
        assert len(reader.read().value) == MEGABYTE
    reader.close()


def test_a_pipeline_of_large_replies_waits_for_its_reader(server, large):
    limit(server, "normal 0 0 0")
    reader = server.connect(timeout=60)
    requests = 2000
    reader.send_raw(encode(("GET", large)) * requests)
    for _ in range(50):
        assert answers(server)
    # Two gigabytes were asked for; what is made is bounded, and comes when it is read.
    assert information(server, "used_memory") < 600 * MEGABYTE
    for _ in range(requests):
        assert len(reader.read().value) == MEGABYTE
    reader.close()


def test_a_monitor_that_does_not_read_is_cut_off_by_the_limit(server):
    limit(server, "normal 1mb 0 0")
    monitor = server.connect()
    monitor.send("MONITOR")
    assert monitor.read().value == b"OK"
    with server.connect(timeout=60) as busy:
        for _ in range(60):
            busy.pipeline([("SET", "k", "v" * 1000)] * 200)
        assert eventually(lambda: information(server, "connected_clients") == 2)
    monitor.close()


@pytest.mark.parametrize("protocol", [2, 3])
def test_a_pipeline_of_a_hundred_thousand(server, protocol):
    with server.connect(protocol, timeout=60) as connection:
        connection.send_raw(b"".join(encode(("INCR", "n")) for _ in range(100_000)))
        for expected in range(1, 100_001):
            assert connection.read().value == expected
        connection.command("DEL", "n")


def test_inline_pipeline(server):
    with server.connect(timeout=60) as connection:
        connection.send_raw(b"PING\r\n" * 100_000)
        for _ in range(100_000):
            assert connection.read().value == b"PONG"


def test_a_transaction_of_a_hundred_thousand(server):
    with server.connect(timeout=60) as connection:
        connection.command("MULTI")
        replies = connection.pipeline([("INCR", "n")] * 100_000)
        assert all(reply.value == b"QUEUED" for reply in replies)
        replies = connection.command("EXEC").value
        assert [reply.value for reply in replies] == list(range(1, 100_001))


@pytest.mark.skipif(self_check, reason="Redis 7.0 lets output to the unauthenticated grow")
def test_who_is_not_authenticated_and_sends_much_is_cut_off(start_snug):
    server = start_snug({"requirepass": "secret"})
    before = server.resident_bytes()
    connection = server.connect()
    assert send_until_closed(connection, encode(("GET", "k")) * 1000, 200 * MEGABYTE)
    assert server.resident_bytes() - before < 32 * MEGABYTE
    with server.connect() as other:
        assert other.command("AUTH", "secret").value == b"OK"


def test_who_is_not_authenticated_has_small_limits(start_snug):
    server = start_snug({"requirepass": "secret"})
    before = server.resident_bytes()
    held = [server.connect() for _ in range(200)]
    for connection in held:
        connection.send_raw(b"*10\r\n" + (b"$16384\r\n" + b"x" * 16384 + b"\r\n") * 9)
    with server.connect() as other:
        assert other.command("AUTH", "secret").value == b"OK"
    assert server.resident_bytes() - before < 100 * MEGABYTE
    for connection in held:
        connection.close()


def test_a_client_that_is_held_back_and_far_behind():
    """Its command runs when the pause is over and it has read."""
    # A turn ends behind more than a mebibyte of replies, and reading behind 256 of them; a unix socket holds little.
    sizes = {"large": (1 << 20) + 1, "middle": 1_100_000, "last": 900_000}
    with Server("snug", unix_socket=True) as server, server.connect() as control, server.connect() as reader:
        for key, size in sizes.items():
            control.command("SET", key, b"x" * size)
        number = reader.command("CLIENT", "ID").value
        control.command("CLIENT", "PAUSE", 60000, "WRITE")
        keys = ["large"] * 255 + ["middle", "last"]
        reader.send_all([*(("GET", key) for key in keys), ("SET", "held", 1)])
        assert eventually(lambda: unsent_bytes(control, number) > 256 << 20)
        control.command("CLIENT", "UNPAUSE")
        for key in keys:
            assert len(reader.read().value) == sizes[key]
        assert reader.read(timeout=5) == OK


def unsent_bytes(control, number):
    line = control.command("CLIENT", "LIST", "ID", number).value.decode()
    return int(dict(word.split("=", 1) for word in line.split())["omem"])
