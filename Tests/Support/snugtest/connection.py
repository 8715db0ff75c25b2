"""A raw RESP client over one socket: what is sent is exact, what comes back keeps its type."""

import socket

from .reply import CLOSED, TIMEOUT, Reply


class Closed(Exception):
    """The server closed the connection."""


def encode(arguments):
    """A command as an array of bulk strings."""
    parts = [b"*%d\r\n" % len(arguments)]
    for argument in arguments:
        data = as_bytes(argument)
        parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
    return b"".join(parts)


def as_bytes(argument):
    if isinstance(argument, bytes):
        return argument
    return str(argument).encode("utf-8", "surrogateescape")


class Connection:
    """`address` is a (host, port) pair, or the path of a unix socket."""

    def __init__(self, address, protocol=2, timeout=10):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self.socket.connect(address)
        if family == socket.AF_INET:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.position = 0
        if protocol == 3:
            reply = self.command("HELLO", 3)
            if reply.kind != "map":
                raise AssertionError(f"HELLO 3 was answered with {reply}")

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # Sending

    def send(self, *arguments):
        self.send_raw(encode(arguments))

    def send_raw(self, data):
        """Sends bytes as they are; a connection that the server closed shows when reading."""
        try:
            self.socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def command(self, *arguments):
        self.send(*arguments)
        return self.read()

    def send_all(self, commands):
        """Sends all commands at once."""
        self.send_raw(b"".join(map(encode, commands)))

    def pipeline(self, commands):
        """Sends all commands at once and returns all replies."""
        self.send_all(commands)
        return [self.read() for _ in commands]

    # Reading

    def read(self, timeout=None):
        """One reply; CLOSED and TIMEOUT stand for none. What has come of a late one is kept."""
        start, previous = self.position, self.socket.gettimeout()
        if timeout is not None:
            self.socket.settimeout(timeout)
        try:
            reply = self._parse()
        except socket.timeout:
            self.position = start
            return TIMEOUT
        except (Closed, ConnectionResetError):
            return CLOSED
        finally:
            self.socket.settimeout(previous)
        if self.position > 1 << 16 or self.position == len(self.buffer):
            self.buffer, self.position = self.buffer[self.position:], 0
        return reply

    def read_all(self, timeout=5):
        """Every byte until the server closes the connection or is silent for `timeout`."""
        self.socket.settimeout(timeout)
        out = self.buffer[self.position:]
        self.buffer, self.position = b"", 0
        try:
            while data := self.socket.recv(1 << 16):
                out += data
        except (socket.timeout, ConnectionResetError):
            pass
        return out

    def _fill(self):
        data = self.socket.recv(1 << 18)
        if not data:
            raise Closed()
        self.buffer += data

    def _line(self):
        searched = self.position
        while (end := self.buffer.find(b"\r\n", searched)) < 0:
            searched = max(self.position, len(self.buffer) - 1)
            self._fill()
        line = self.buffer[self.position:end]
        self.position = end + 2
        return line

    def _exactly(self, count):
        missing = self.position + count + 2 - len(self.buffer)
        if missing > 0:
            self._fill_at_least(missing)
        data = self.buffer[self.position:self.position + count]
        self.position += count + 2
        return data

    def _fill_at_least(self, missing):
        chunks = []
        while missing > 0:
            data = self.socket.recv(1 << 18)
            if not data:
                raise Closed()
            chunks.append(data)
            missing -= len(data)
        self.buffer += b"".join(chunks)

    def _many(self, count):
        return tuple(self._parse() for _ in range(count))

    def _parse(self):
        line = self._line()
        mark, rest = line[:1], line[1:]
        if mark == b"$":
            count = int(rest)
            return Reply("nil") if count < 0 else Reply("bulk", self._exactly(count))
        if mark == b":":
            return Reply("integer", int(rest))
        if mark == b"+":
            return Reply("simple", rest)
        if mark == b"-":
            return Reply("error", rest)
        if mark == b"*":
            count = int(rest)
            return Reply("nilarray") if count < 0 else Reply("array", self._many(count))
        return self._parse_three(mark, rest)

    def _parse_three(self, mark, rest):
        if mark == b"_":
            return Reply("null")
        if mark == b",":
            return Reply("double", rest)
        if mark == b"#":
            return Reply("boolean", {b"t": True, b"f": False}[rest])
        if mark == b"(":
            return Reply("bignumber", rest)
        if mark == b"=":
            return Reply("verbatim", self._exactly(int(rest)))
        if mark == b"~":
            return Reply("set", self._many(int(rest)))
        if mark == b">":
            return Reply("push", self._many(int(rest)))
        if mark in (b"%", b"|"):
            flat = self._many(2 * int(rest))
            kind = "map" if mark == b"%" else "attribute"
            return Reply(kind, tuple(zip(flat[0::2], flat[1::2])))
        raise AssertionError(f"not a RESP reply: {mark + rest!r}")
