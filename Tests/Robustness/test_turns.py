"""What several clients send is run in one turn of the server's loop, and looked at together before the first of it runs:
each of them gets its own replies, whatever the others do meanwhile."""

import os
import random
import signal
import time
from contextlib import ExitStack, contextmanager

from Robustness.model import COUNT, KINDS, WRITES, Model, check, run
from snugtest.connection import encode
from snugtest.reply import CLOSED, PONG
from snugtest.server import Server

CLIENTS = 60


@contextmanager
def one_turn(server):
    """What is sent meanwhile comes together."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


@contextmanager
def clients(server, count):
    with ExitStack() as stack:
        yield [stack.enter_context(server.connect(timeout=60)) for _ in range(count)]


def name(number):
    """Names that have little in common."""
    return f"{number * 2654435761 % 2**32:x}-name"


def test_clients_with_databases_of_their_own(server):
    """Databases are large, or small; commands come whole, cut, and many at once."""
    source = random.Random(21)
    models = [Model(random.Random(number)) for number in range(6)]
    with clients(server, len(models)) as connections:
        for number, connection in enumerate(connections):
            connection.command("SELECT", number)
            if number < 3:
                for kind in WRITES:
                    for _ in range(COUNT // 2000):
                        run(connection, [models[number].command(kind) for _ in range(500)])
            else:
                run(connection, [models[number].command(kind) for kind in WRITES for _ in range(10)])
        for _ in range(300):
            sent = []
            with one_turn(server):
                for connection, model in zip(connections, models):
                    commands = [model.command(source.choice(KINDS)) for _ in range(source.choice((1, 1, 1, 2, 20)))]
                    stream = b"".join(encode(words) for words, _ in commands)
                    cut = source.choice((len(stream), len(stream), source.randrange(len(stream))))
                    connection.send_raw(stream[:cut])
                    sent.append((connection, commands, stream[cut:]))
            for connection, commands, rest in sent:
                connection.send_raw(rest)
                check(connection, commands)


def test_one_large_database(server):
    """Each client has keys of its own, so that the order of the clients does not matter."""
    with server.connect(timeout=60) as connection:
        for start in range(0, COUNT, 500):
            connection.pipeline([("SET", f"key:{name(i)}", i) for i in range(start, start + 500)])
    held = {}
    source = random.Random(22)
    with clients(server, CLIENTS) as connections:
        for _ in range(200):
            expected = []
            with one_turn(server):
                for number, connection in enumerate(connections):
                    i = source.randrange(COUNT // CLIENTS) * CLIENTS + number
                    kind, key = source.choice(("GET", "SET", "DEL", "INCR", "HGET")), f"key:{name(i)}"
                    value = held.get(i, i)
                    if kind == "GET":
                        expected.append(None if value is None else str(value).encode())
                    elif kind == "SET":
                        held[i] = source.randrange(10**6)
                        expected.append(b"OK")
                    elif kind == "DEL":
                        expected.append(int(value is not None))
                        held[i] = None
                    elif kind == "INCR":
                        held[i] = (value or 0) + 1
                        expected.append(held[i])
                    else:
                        expected.append(KeyError if value is not None else None)
                    words = {"SET": (kind, key, held.get(i)), "HGET": (kind, key, "field")}.get(kind, (kind, key))
                    connection.send(*words)
            for connection, wanted in zip(connections, expected):
                reply = connection.read()
                if wanted is KeyError:
                    assert reply.is_error
                else:
                    assert reply.plain() == wanted


def test_a_client_that_another_closes(server):
    for count in (2, 5, 40):
        with clients(server, count) as connections:
            victims = [connection.command("CLIENT", "ID").value for connection in connections[1:]]
            with one_turn(server):
                connections[0].send_all([("CLIENT", "KILL", "ID", victim) for victim in victims])
                for connection in connections[1:]:
                    connection.send("PING")
            assert [connections[0].read().plain() for _ in victims] == [1] * len(victims)
            for connection in connections[1:]:
                assert connection.read() in (CLOSED, PONG)


def test_clients_that_end_and_clients_that_do_wrong(server):
    ping = encode(("PING",))
    requests = [ping, b"PING\r\n", b"*1\r\n$x\r\n", encode(("QUIT",)) + ping, ping[:-4]]
    replies = [b"PONG", b"PONG", b"ERR Protocol error: invalid bulk length", b"OK", b"PONG"]
    with clients(server, 50) as connections:
        with one_turn(server):
            for number, connection in enumerate(connections):
                connection.send_raw(requests[number % 5])
        for number, connection in enumerate(connections):
            if number % 5 == 4:
                connection.send_raw(b"NG\r\n")
            assert connection.read().value == replies[number % 5]
            if number % 5 in (2, 3):
                assert connection.read() is CLOSED


def test_a_pause_holds_back_what_came_with_it(server):
    with clients(server, 20) as connections:
        with one_turn(server):
            connections[0].send("CLIENT", "PAUSE", 60000, "WRITE")
            for number, connection in enumerate(connections[1:]):
                key = f"paused:{number}"
                connection.send_all([("GET", key), ("SET", key, number), ("GET", key)])
        assert connections[0].read().plain() == b"OK"
        for connection in connections[1:]:
            assert connection.read().plain() is None
        connections[0].command("CLIENT", "UNPAUSE")
        for number, connection in enumerate(connections[1:]):
            assert connection.read().plain() == b"OK"
            assert connection.read().plain() == str(number).encode()


def test_a_watched_key_that_another_client_changes(server):
    with clients(server, 3) as (first, second, third):
        first.pipeline([("SET", "watched", 1), ("WATCH", "watched"), ("MULTI",), ("GET", "watched")])
        with one_turn(server):
            second.send("SET", "watched", 2)
            first.send("EXEC")
            third.send("GET", "watched")
        assert second.read().plain() == b"OK"
        assert first.read().plain() is None
        assert third.read().plain() == b"2"


def test_some_have_authenticated():
    with Server("snug", {"requirepass": "secret"}) as server:
        with clients(server, 30) as connections:
            for connection in connections[::3]:
                assert connection.command("AUTH", "secret").plain() == b"OK"
            with one_turn(server):
                for connection in connections:
                    connection.send_all([
                        ("SET", "a", 1), ("RESET",), ("GET", "a"), ("AUTH", "secret"), ("GET", "a")])
            for number, connection in enumerate(connections):
                replies = [connection.read() for _ in range(5)]
                assert replies[0].is_error == (number % 3 != 0)
                assert replies[1].plain() == b"RESET"
                assert replies[2].is_error
                assert [reply.plain() for reply in replies[3:]] == [b"OK", b"1"]


def test_a_head_that_is_cut_before_a_short_one(server):
    """What is known of a head that has not come whole is not held against the commands behind it."""
    stream = encode(("DEL", *map(str, range(9))))
    for cut in range(1, 12):
        with server.connect() as connection:
            connection.send_raw(stream[:cut])
            time.sleep(0.01)
            connection.send_raw(stream[cut:])
            assert connection.read().value == 0
            connection.send_raw(b"*0\r\n" + encode(("PING",)))
            assert connection.read() == PONG
