"""Starts a server of its own on a free loopback port, talks to it, and stops it by its process id."""

import itertools
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class MeasurementError(Exception):
    """A measurement that could not be made; the message says which and why."""


@dataclass(frozen=True)
class Program:
    """A server program and the words that start it, before its directives."""

    name: str
    command: tuple[str, ...]

    @property
    def version(self) -> str:
        result = subprocess.run([self.command[0], "--version"], capture_output=True, text=True)
        found = re.search(r"\d+(\.\d+)+\S*", result.stdout)
        return found[0] if found else "unknown version"

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"


def redis_program(path: str) -> Program:
    return Program("Redis", (_executable(path),))


def snug_program(path: str) -> Program:
    return Program("Snug", (_executable(path), "serve"))


def add_program_options(parser) -> None:
    parser.add_argument("--redis", default="redis-server", metavar="PATH", help="redis-server to compare with")
    parser.add_argument("--snug", default=str(ROOT / ".build/release/snug"), metavar="PATH", help="snug to measure")


def _executable(path: str) -> str:
    found = shutil.which(path)
    if not found:
        raise MeasurementError(f"{path}: not found or not executable")
    return str(Path(found).absolute())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _request(arguments) -> bytes:
    words = [str(a).encode() for a in arguments]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in words)


def _batches(items, count: int):
    """Lists of `count`, the last one perhaps shorter."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, count)):
        yield batch


class Client:
    """A RESP2 connection for the few questions a benchmark asks."""

    def __init__(self, port: int):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._reader = self._socket.makefile("rb")

    def __call__(self, *arguments):
        self._socket.sendall(_request(arguments))
        return self._reply()

    def pipeline(self, commands, in_flight: int = 16) -> None:
        """Sends commands whose replies are short, and looks at these for errors alone."""
        for batch in _batches(commands, in_flight):
            self._socket.sendall(b"".join(map(_request, batch)))
            for _ in batch:
                self._reply()

    def _reply(self):
        line = self._reader.readline()
        if not line:
            raise ConnectionError("the server closed the connection")
        kind, rest = line[:1], line[1:-2].decode()
        if kind == b"+":
            return rest
        if kind == b"-":
            raise MeasurementError(f"the server answered: {rest}")
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == "-1" else self._reader.read(int(rest) + 2)[:-2].decode()
        if kind == b"*":
            return [self._reply() for _ in range(int(rest))]
        raise MeasurementError(f"unexpected reply {line!r}")

    def info(self, section: str) -> dict[str, str]:
        lines = self("INFO", section).splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def close(self) -> None:
        self._reader.close()
        self._socket.close()


class Server:
    """A running server without persistence, in a folder that goes when it stops. Use it in a `with`."""

    def __init__(self, program: Program, *directives: str):
        self.program = program
        self.port = free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="snug-benchmark-")
        self._log = Path(self._folder.name, "log")
        words = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *directives)
        with open(self._log, "wb") as log:
            started = time.monotonic()
            self._process = subprocess.Popen(
                program.command + words, cwd=self._folder.name, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.seconds_to_first_pong = self._wait_for_pong(started)
            self.client = Client(self.port)
        except BaseException:
            self.stop()
            raise

    def _wait_for_pong(self, started: float) -> float:
        while time.monotonic() - started < 30:
            if self._process.poll() is not None:
                raise MeasurementError(f"{self.program.name} did not start: {self._log.read_text(errors='replace')}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as probe:
                    probe.sendall(b"*1\r\n$4\r\nPING\r\n")
                    if probe.recv(16).startswith(b"+PONG"):
                        return time.monotonic() - started
            except OSError:
                pass
            time.sleep(0.001)
        raise MeasurementError(f"{self.program.name} did not answer PING within 30 seconds")

    @property
    def resident_bytes(self) -> int:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)[1]) * 1024

    @property
    def processor_seconds(self) -> float:
        """What its threads have spent on processors."""
        return self._schedule(0)

    @property
    def core_wait_seconds(self) -> float:
        """What its threads have spent ready to run while every processor was given to others."""
        return self._schedule(1)

    def _schedule(self, column: int) -> float:
        """The sum of a column of nanoseconds over the threads, in seconds."""
        files = (Path(f"/proc/{thread}/schedstat") for thread in self.threads)
        return sum(int(file.read_text().split()[column]) for file in files) / 1e9

    def keep_on(self, processor: int | None) -> None:
        """Keeps its threads on a processor, unless that is None."""
        for thread in self.threads if processor is not None else ():
            os.sched_setaffinity(thread, {processor})

    @property
    def threads(self) -> list[int]:
        return [int(path.name) for path in Path(f"/proc/{self._process.pid}/task").iterdir()]

    @property
    def used_memory(self) -> int:
        return int(self.client.info("memory")["used_memory"])

    def stop(self) -> None:
        if hasattr(self, "client"):
            self.client.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_) -> None:
        self.stop()


def raise_open_file_limit(wanted: int) -> bool:
    """Lets this process and the servers it starts open `wanted` files; false when the system forbids it."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return True
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))
    except (ValueError, OSError):
        return False
    return True


def shell_environment() -> dict[str, str]:
    """The environment for standard tools: the same wherever the benchmark runs."""
    return {**os.environ, "LC_ALL": "C"}
