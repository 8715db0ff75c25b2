"""Both servers under the same commands: runs segments, compares replies and complete states."""

import dataclasses

from conformance.baseline import Baseline
from snugtest.connection import encode

from .operation import agree, operation

DATABASES = range(4)
BATCH = 400


@dataclasses.dataclass
class Difference:
    """Where Snug and Redis part. `index` is the segment, None when the states differ."""

    index: int | None
    what: str
    snug: object
    redis: object

    def __str__(self):
        return f"{self.what}\n  Snug:  {self.snug}\n  Redis: {self.redis}"


class Pair:
    """Two connections to each of two servers, in step."""

    def __init__(self, snug, redis, protocol):
        self.servers = (snug, redis)
        self.baselines = [Baseline(server) for server in self.servers]
        self.protocol = protocol
        self.sides = [[], []]
        self.before = (None, None)

    def close(self):
        for connection in self.sides[0] + self.sides[1]:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
        for baseline in self.baselines:
            baseline.restore(configuration=True)

    def reset(self):
        """Fresh connections, empty databases, the configuration as it was at the start."""
        self.close()
        for baseline in self.baselines:
            baseline.restore(configuration=True)
            # Redis, which has no such directive, never gives a small encoding back.
            baseline.control.command("CONFIG", "SET", "encoding-revert", "no")
        self.sides = [[server.connect(self.protocol) for _ in range(2)] for server in self.servers]

    def run(self, segments):
        """Runs segments; the first difference in replies, or None."""
        batch = []
        for index, segment in enumerate(segments):
            for one in segment:
                if batch and (len(batch) >= BATCH or batch[-1][1].connection != one.connection):
                    if difference := self._run_batch(batch):
                        return difference
                    batch = []
                batch.append((index, one))
        return self._run_batch(batch) if batch else None

    def _run_batch(self, batch):
        number = batch[0][1].connection
        data = b"".join(encode(one.arguments) for _, one in batch)
        for side in self.sides:
            side[number].send_raw(data)
        for index, one in batch:
            if one.how == "silent":
                continue
            replies = [side[number].read() for side in self.sides]
            if not agree(one, *replies, *self.before):
                return Difference(index, f"{one}  (compared: {one.how})", *replies)
            if replies[0].kind in ("closed", "timeout"):
                return Difference(index, f"{one}: neither server answers", *replies)
            self.before = replies
        return None

    def compare_states(self):
        """Every key of every database with its type, encoding, expiry and value."""
        for database in DATABASES:
            if difference := self._compare_database(database):
                return difference
        return None

    def _both(self, one):
        return [side[1].command(*one.arguments) for side in self.sides]

    def _compare_database(self, database):
        self._both(operation("SELECT", database))
        listing = operation("KEYS", "*", how="unordered")
        snug, redis = self._both(listing)
        if not agree(listing, snug, redis):
            return Difference(None, f"keys of database {database} differ", snug, redis)
        size = self._both(operation("DBSIZE"))
        if size[0] != size[1]:
            return Difference(None, f"DBSIZE of database {database} differs", *size)
        questions = [one for key in redis.value for one in self._questions(key.value)]
        if not questions:
            return None
        commands = [one.arguments for one in questions]
        answers = [side[1].pipeline(commands) for side in self.sides]
        for one, snug, redis in zip(questions, *answers):
            if not agree(one, snug, redis):
                return Difference(None, f"state of database {database}: {one}", snug, redis)
        return None

    @staticmethod
    def _questions(key):
        return (operation("TYPE", key), operation("OBJECT", "ENCODING", key, how="encoding"),
                operation("PTTL", key, how="milliseconds"), operation("GET", key),
                operation("STRLEN", key), operation("HLEN", key), operation("HGETALL", key, how="pairs"),
                operation("XRANGE", key, "-", "+"), operation("XINFO", "GROUPS", key),
                operation("SCARD", key), operation("SMEMBERS", key, how="unordered"),
                operation("LLEN", key), operation("LRANGE", key, "0", "-1"),
                operation("ZRANGE", key, "0", "-1", "WITHSCORES", how="scores"))
