"""Random commands on strings, hashes, sets and sorted sets, with the replies of a plain model."""

import string
import time

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
    check(connection, commands)


def check(connection, commands):
    """Reads the replies to a pipeline."""
    for words, expected in commands:
        reply = connection.read()
        if expected is ERROR:
            assert reply.is_error, words
        else:
            assert reply.plain() == expected, words
