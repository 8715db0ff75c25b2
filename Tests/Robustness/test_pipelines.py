"""Pipelines on data so large that the server looks at the commands to come before it runs the first: replies are those
of a plain model, whatever the commands are and however their bytes arrive."""

import random
import string
import time

import pytest

from snugtest.connection import encode

COUNT = 100_000
COLLECTIONS = ("hash", "set", "scores")
ERROR = object()


def text(source, count):
    return "".join(source.choices(string.ascii_letters + string.digits, k=count)).encode()


class Model:
    """What the server should hold."""

    def __init__(self, source):
        self.source = source
        self.names = [text(source, source.randint(1, 40)) for _ in range(COUNT)]
        self.strings, self.hash, self.set, self.scores = {}, {}, set(), {}

    def name(self):
        return self.source.choice(self.names)

    def command(self, kind):
        """A command and its reply."""
        name, value = self.name(), text(self.source, self.source.randint(0, 90))
        match kind:
            case "SET":
                self.strings[name] = value
                return ("SET", name, value), b"OK"
            case "GET":
                return ("GET", name), self.strings.get(name)
            case "DEL":
                return ("DEL", name), int(self.strings.pop(name, None) is not None)
            case "MGET":
                other = self.name()
                return ("MGET", name, other), [self.strings.get(name), self.strings.get(other)]
            case "HSET":
                isNew = name not in self.hash
                self.hash[name] = value
                return ("HSET", "hash", name, value), int(isNew)
            case "HGET":
                return ("HGET", "hash", name), self.hash.get(name)
            case "HDEL":
                return ("HDEL", "hash", name), int(self.hash.pop(name, None) is not None)
            case "SADD":
                isNew = name not in self.set
                self.set.add(name)
                return ("SADD", "set", name), int(isNew)
            case "SISMEMBER":
                return ("SISMEMBER", "set", name), int(name in self.set)
            case "SREM":
                found = name in self.set
                self.set.discard(name)
                return ("SREM", "set", name), int(found)
            case "ZADD":
                isNew = name not in self.scores
                self.scores[name] = self.source.randint(-1000, 1000)
                return ("ZADD", "scores", self.scores[name], name), int(isNew)
            case "ZSCORE":
                score = self.scores.get(name)
                return ("ZSCORE", "scores", name), None if score is None else str(score).encode()
            case "PING":
                return ("PING",), b"PONG"
            case "ECHO":
                return ("ECHO", value), value
            case "WRONGTYPE":
                return ("GET", self.source.choice(COLLECTIONS)), ERROR
            case "ARITY":
                return ("GET", name, value), ERROR


WRITES = ("SET", "HSET", "SADD", "ZADD")
KINDS = ("SET", "GET", "DEL", "MGET", "HSET", "HGET", "HDEL", "SADD", "SISMEMBER", "SREM", "ZADD", "ZSCORE",
         "PING", "ECHO", "WRONGTYPE", "ARITY")


def run(connection, commands, cuts=()):
    """Sends a pipeline in pieces and compares the replies."""
    stream = b"".join(encode(words) for words, _ in commands)
    start = 0
    for end in [*sorted(cuts), len(stream)]:
        connection.send_raw(stream[start:end])
        if cuts:
            time.sleep(0.001)
        start = end
    for words, expected in commands:
        reply = connection.read()
        if expected is ERROR:
            assert reply.is_error, words
        else:
            assert reply.plain() == expected, words


@pytest.fixture(scope="module")
def filled(server):
    """A model and a server that holds some megabytes of each type."""
    model = Model(random.Random(20))
    with server.connect(timeout=60) as connection:
        for kind in WRITES:
            for _ in range(COUNT // 500):
                run(connection, [model.command(kind) for _ in range(500)])
    return model


def test_pipelines_on_large_data(server, filled):
    source = filled.source
    with server.connect(timeout=60) as connection:
        for key in COLLECTIONS:
            assert connection.command("MEMORY", "USAGE", key).value > 1 << 20
        for _ in range(400):
            kinds = KINDS if source.random() < 0.5 else (source.choice(KINDS),)
            commands = [filled.command(source.choice(kinds)) for _ in range(source.randint(1, 60))]
            size = sum(len(encode(words)) for words, _ in commands)
            cuts = [source.randrange(size) for _ in range(source.randint(0, 4))]
            run(connection, commands, cuts)
