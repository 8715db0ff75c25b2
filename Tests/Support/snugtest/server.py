"""Server processes for tests: on a free loopback port or a unix socket, in a directory of their own.

The subject is Snug: `$SNUG_BINARY`, else `.build/release/snug`, else `.build/debug/snug`. With
`SNUG_TEST_SUBJECT=redis` a second redis-server takes its place, which tests the tests themselves.
"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from .connection import Connection

ROOT = pathlib.Path(__file__).resolve().parents[3]
BASE = ["--save", "", "--appendonly", "no", "--enable-debug-command", "yes"]
self_check = os.environ.get("SNUG_TEST_SUBJECT") == "redis"


# What Snug does otherwise than Redis unless it is told, for tests that compare the two.
LIKE_REDIS = {} if self_check else {"encoding-revert": "no"}


class StartFailed(Exception):
    """The server ended or stayed silent instead of answering."""


def snug_binary():
    """The path of the Snug binary under test."""
    chosen = os.environ.get("SNUG_BINARY")
    candidates = [chosen] if chosen else [ROOT / ".build" / kind / "snug" for kind in ("release", "debug")]
    for candidate in candidates:
        if os.access(candidate, os.X_OK):
            return str(candidate)
    tried = ", ".join(str(c) for c in candidates)
    raise StartFailed(f"no Snug binary: tried {tried}; build it with 'make build' or set SNUG_BINARY")


def program_of(kind):
    """The command that starts a server of this kind, without arguments."""
    if kind == "snug" and not self_check:
        return [snug_binary(), "serve"]
    found = shutil.which("redis-server")
    if not found:
        raise StartFailed("no redis-server on PATH: install Debian's package redis-server")
    return [found]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One running server. `kind` is "snug" or "redis"; directives are given as a dictionary."""

    def __init__(self, kind, directives=None, unix_socket=False, environment=None):
        self.kind = kind
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix=f"snugtest-{kind}-"))
        self.port = 0 if unix_socket else free_port()
        self.address = str(self.directory / "socket") if unix_socket else ("127.0.0.1", self.port)
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", *BASE]
        if unix_socket:
            arguments += ["--unixsocket", self.address]
        for name, value in (directives or {}).items():
            values = value if isinstance(value, (list, tuple)) else [value]
            arguments += [f"--{name}", *map(str, values)]
        self.arguments = program_of(kind) + arguments
        self.log_path = self.directory / "log"
        self.environment = {**os.environ, **(environment or {})}
        self.starts = 0
        self.start()

    def start(self):
        self.starts += 1
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.arguments, cwd=self.directory, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, env=self.environment)
        self.wait_until_answering()

    def wait_until_answering(self, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                with Connection(self.address, timeout=2) as probe:
                    if probe.command("PING").kind in ("simple", "error"):
                        return
            except OSError:
                time.sleep(0.01)
        status = self.process.poll()
        self.stop()
        raise StartFailed(f"{self.arguments} did not answer (status {status}):\n{self.log()}")

    @property
    def pid(self):
        return self.process.pid

    def is_running(self):
        return self.process.poll() is None

    def connect(self, protocol=2, timeout=10):
        return Connection(self.address, protocol, timeout)

    def log(self, lines=40):
        text = self.log_path.read_text(errors="replace") if self.log_path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def resident_bytes(self):
        """Resident memory of the process, from /proc."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise AssertionError(f"no resident size for pid {self.pid}")

    def processor_seconds(self):
        """Processor time of all threads so far, user and system, from /proc."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        """Ends the process by its id, politely first."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)

    def remove(self):
        """Stops the server and deletes its directory."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()
