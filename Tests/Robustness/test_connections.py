"""Many connections, too many, idle ones, and clients that go in the middle of something."""

import os
import resource
import time

import pytest

from Robustness.helpers import answers, cut, eventually, information
from snugtest.connection import encode
from snugtest.server import self_check


def room_for(wanted):
    """How many connections this process and the server may have; raises the soft limit if it can."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted + 500 and (hard == resource.RLIM_INFINITY or hard > soft):
        target = wanted + 500 if hard == resource.RLIM_INFINITY else min(hard, wanted + 500)
        resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
        soft = target
    return min(wanted, soft - 500)


def test_ten_thousand_idle_connections(start_snug):
    count = room_for(10_000)
    if count < 2_000:
        pytest.skip(f"the limit of open files leaves room for {count} connections only")
    server = start_snug({"maxclients": count + 100})
    with server.connect() as connection:
        connection.pipeline([("PING",)] * 100)
    before = server.resident_bytes()
    held = [server.connect() for _ in range(count)]
    for connection in held:
        connection.send("PING")
    for connection in held:
        assert connection.read().value == b"PONG"
    assert information(server, "connected_clients") == count + 1
    if not self_check:
        # Redis keeps a reply buffer of 16 KB for each for some seconds.
        assert (server.resident_bytes() - before) / count <= 12 * 1024
    for connection in held:
        connection.close()
    assert eventually(lambda: information(server, "connected_clients") == 1)


def test_maxclients(start_snug):
    server = start_snug({"maxclients": 10})
    eventually(lambda: information(server, "connected_clients") == 1)
    held = [server.connect() for _ in range(10)]
    assert all(connection.command("PING").value == b"PONG" for connection in held)
    refused = server.connect()
    assert refused.read().value == b"ERR max number of clients reached"
    assert refused.read().kind == "closed"
    held.pop().close()
    assert eventually(lambda: answers(server))
    assert information(server, "rejected_connections") >= 1


def test_a_full_table_of_descriptors(start_snug):
    """Connections that cannot be taken wait, without a busy loop, until others have gone."""
    server = start_snug({"maxclients": 1000})
    held = [server.connect() for _ in range(8)]
    assert all(connection.command("PING").value == b"PONG" for connection in held)
    used = len(os.listdir(f"/proc/{server.pid}/fd"))
    _, hard = resource.prlimit(server.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(server.pid, resource.RLIMIT_NOFILE, (used, hard))
    waiting = [server.connect() for _ in range(4)]
    for connection in waiting:
        connection.send("PING")
    if not self_check:
        # Redis asks again and again.
        before = server.processor_seconds()
        time.sleep(1.5)
        assert server.processor_seconds() - before < 0.5
    assert held[0].command("PING").value == b"PONG"
    for connection in held[1:]:
        connection.close()
    assert [connection.read().value for connection in waiting] == [b"PONG"] * 4


def test_maxclients_changed_at_run_time(server):
    with server.connect() as connection:
        assert connection.command("CONFIG", "SET", "maxclients", 1).value == b"OK"
        refused = server.connect()
        assert refused.read().value == b"ERR max number of clients reached"
        assert connection.command("CONFIG", "SET", "maxclients", 10000).value == b"OK"


def test_timeout_closes_the_idle_alone(start_snug):
    server = start_snug({"timeout": 1})
    idle, busy, monitor = server.connect(), server.connect(), server.connect()
    assert monitor.command("MONITOR").value == b"OK"
    closed = eventually(lambda: (busy.command("PING"), idle.read(timeout=0.2).kind == "closed")[1])
    assert closed
    assert busy.command("PING").value == b"PONG"
    assert monitor.read().kind == "simple"


def test_clients_that_go_in_the_middle(server):
    frames = [encode(("SET", "k", "v" * 100))[:50], encode(("MULTI",)) + encode(("SET", "k", "v")),
              encode(("WATCH", "k")), encode(("MONITOR",)), b"GET k", encode(("CLIENT", "PAUSE", "1")),
              encode(("GET", "k")) * 1000, encode(("CLIENT", "REPLY", "OFF")) + encode(("GET", "k")) * 100]
    for number in range(400):
        connection = server.connect()
        connection.send_raw(frames[number % len(frames)])
        cut(connection) if number % 3 else connection.close()
    assert eventually(lambda: information(server, "connected_clients") == 1)
    with server.connect() as connection:
        assert connection.command("EXISTS", "k").value == 0


def test_killing_clients_while_they_are_answered(server):
    with server.connect() as killer:
        killer.command("SET", "k", "v" * 10_000)
        for _ in range(20):
            victim = server.connect()
            number = victim.command("CLIENT", "ID").value
            victim.send_raw(encode(("GET", "k")) * 500)
            assert killer.command("CLIENT", "KILL", "ID", number).value == 1
            victim.read_all(timeout=10)
            victim.close()
        assert killer.command("PING").value == b"PONG"


def test_connections_that_come_and_go(server):
    for _ in range(3000):
        server.connect().close()
    assert eventually(lambda: information(server, "connected_clients") == 1)
