"""Runs one case against both servers and reports where their replies part."""

import re
import time

from snugtest.connection import encode
from snugtest.quoting import split_arguments
from snugtest.reply import Reply

from .compare import difference
from .expect import matches, parse_expectation

_REPEATED = re.compile(rb"\{(\d+)\*([^{}]*)\}")
_TIME = re.compile(rb"\{(now|nowms)([+-]\d+)?\}")
_VARIABLE = re.compile(rb"\{([a-z]\w*)\}")
NONSENSE = Reply("error", b"ERR what no server says")
SILENCE = 0.1
CLOSING = 5


class Mismatch(AssertionError):
    """A reply that is not what the case asks for."""


class Side:
    """One server's part in a case: its connections and what was captured from it."""

    def __init__(self, server, protocol):
        self.server = server
        self.protocol = protocol
        self.connections = {}
        self.captured = {}

    def connection(self, name):
        if name not in self.connections:
            protocol = 2 if name.startswith("plain") else self.protocol
            self.connections[name] = self.server.connect(protocol, timeout=5)
        return self.connections[name]

    def close(self):
        for connection in self.connections.values():
            connection.close()

    def substituted(self, argument, now, index=None):
        """An argument with its braces filled in."""
        values = dict(self.captured, i=b"%d" % index) if index is not None else self.captured
        argument = _VARIABLE.sub(lambda m: values.get(m[1].decode(), m[0]), argument)
        argument = _REPEATED.sub(lambda m: m[2] * int(m[1]), argument)

        def moment(match):
            base = int(now * 1000) if match[1] == b"nowms" else int(now)
            return b"%d" % (base + int(match[2] or 0))
        return _TIME.sub(moment, argument)


class CaseRun:
    """A case under way. `redis` is None when only Snug is asked (`snug only`)."""

    def __init__(self, case, snug, redis, protocol, check_expectations=True):
        self.case = case
        self.protocol = protocol
        self.check_expectations = check_expectations
        self.snug = Side(snug, protocol)
        self.redis = Side(redis, protocol) if redis else None

    def run(self):
        try:
            for step in self.case.steps:
                self._step(step)
        finally:
            for side in self._sides():
                side.close()

    def _sides(self, step=None):
        sides = [("snug", self.snug), ("redis", self.redis)]
        wanted = step.server if step else None
        return [side for name, side in sides if side and wanted in (None, name)]

    def _step(self, step):
        if step.operator == "wait":
            time.sleep(int(step.rest) / 1000)
            return
        now = time.time()
        if step.operator in (">", ">>", "!"):
            for side in self._sides(step):
                self._send(side, step, now)
        if step.operator in (">", "<"):
            for _ in step.repeat or [None]:
                self._compare(step)
        elif step.operator.startswith("<"):
            self._check_end(step)

    def _send(self, side, step, now):
        connection = side.connection(step.connection)
        arguments = split_arguments(step.rest)
        if step.operator == "!":
            for piece in arguments:
                connection.send_raw(side.substituted(piece, now))
            return
        data = [encode([side.substituted(a, now, index) for a in arguments])
                for index in step.repeat or [None]]
        connection.send_raw(b"".join(data))

    def _compare(self, step):
        replies = [side.connection(step.connection).read() for side in self._sides(step)]
        snug, redis = replies[0], replies[-1]
        if redis.kind in ("closed", "timeout"):
            self._fail(step, snug, redis, "no reply came; the case is wrong, or says so with <closed")
        for name, argument in step.modes:
            if name == "capture":
                self._capture(step, argument, replies)
        if step.server:
            return
        if told := self._judged(step, snug, redis):
            self._fail(step, snug, redis, told)
        if self._compares(step) and not self._judged(step, NONSENSE, redis):
            self._fail(step, snug, redis, "this line would accept any reply")

    def _capture(self, step, name, replies):
        for side, reply in zip(self._sides(step), replies):
            value = reply.value
            side.captured[name] = value if isinstance(value, bytes) else str(value).encode()

    def _wanted(self, step):
        expected = step.expected
        return expected.get("==") or expected.get(f"={self.protocol}") or expected.get("=")

    def _compares(self, step):
        """Whether the step's replies are judged at all in this run."""
        if self._wanted(step):
            return self.check_expectations or "==" in step.expected
        return self.redis is not None

    def _judged(self, step, snug, redis):
        """None when the replies are right, else a sentence."""
        if not self._compares(step):
            return None
        wanted = self._wanted(step)
        if not wanted:
            return difference(snug, redis, step.modes)
        expected = parse_expectation(wanted)
        if not matches(expected, snug, self.protocol):
            return f"Snug must answer {wanted}"
        if "==" in step.expected and self.redis and not matches(expected, redis, self.protocol):
            return f"both must answer {wanted}"
        return None

    def _check_end(self, step):
        wanted = "closed" if step.operator == "<closed" else "timeout"
        wait = CLOSING if wanted == "closed" else SILENCE
        replies = [side.connection(step.connection).read(wait) for side in self._sides(step)]
        for reply in replies:
            if reply.kind != wanted:
                self._fail(step, replies[0], replies[-1], f"'{step.operator}' does not hold")

    def _fail(self, step, snug, redis, told):
        redis = redis if self.redis else Reply("not asked")
        raise Mismatch(
            f"{self.case.path}:{step.line}: case '{self.case.name}' in RESP{self.protocol}: {told}\n"
            f"  {step.text}\n  Snug:  {snug}\n  Redis: {redis}")
