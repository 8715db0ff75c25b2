"""A disk that takes no more: CONFIG REWRITE fails whole, log lines are lost, the server goes on."""

import contextlib
import os
import pathlib
import resource
import subprocess

import pytest

from snugtest.reply import OK
from snugtest.server import Server

from .helpers import answers

COMMENTS = "".join(f"# line {number} of a comment\n" for number in range(1000))


class FromFile(Server):
    """A server with a configuration file in a directory of its choice."""

    def __init__(self, path, *more):
        self.path, self.more = pathlib.Path(path), more
        super().__init__("snug")

    def start(self):
        self.arguments = [*self.arguments[:2], str(self.path), "--port", str(self.port), *self.more]
        super().start()


@pytest.fixture
def configured(tmp_path):
    """A server whose configuration file has a directory to itself."""
    path = tmp_path / "conf" / "server.conf"
    path.parent.mkdir()
    path.write_text(f"{COMMENTS}timeout 30\n")
    with FromFile(path, "--bind", "127.0.0.1") as server:
        yield server


@contextlib.contextmanager
def files_limited(server, size):
    """No file of the server may be written beyond `size`; every attempt raises SIGXFSZ."""
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    yield
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


def assert_rewrite_fails_whole(server, reason):
    before = server.path.read_bytes()
    names = sorted(os.listdir(server.path.parent))
    with server.connect() as connection:
        assert connection.command("CONFIG", "SET", "timeout", 45) == OK
        reply = connection.command("CONFIG", "REWRITE")
        assert reply.kind == "error" and reply.text == f"ERR Rewriting config file: {reason}"
        assert connection.command("CONFIG", "GET", "timeout").value[1].value == b"45"
    assert server.path.read_bytes() == before
    assert sorted(os.listdir(server.path.parent)) == names


@pytest.mark.parametrize("size", [0, 1, 20_000])
def test_rewrite_beyond_the_limit_of_a_files_size(configured, size):
    with files_limited(configured, size):
        assert_rewrite_fails_whole(configured, "File too large")
    with configured.connect() as connection:
        assert connection.command("CONFIG", "REWRITE") == OK
    assert configured.path.read_text().startswith(f"{COMMENTS}timeout 45\n")


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 KiB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    path = tmp_path / "small"
    path.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "snugtest", path], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small file system: {mounted.stderr.strip()}")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


def fill(path):
    with open(path / "filler", "wb", buffering=0) as filler, contextlib.suppress(OSError):
        while filler.write(b"x" * 4096):
            pass


def test_rewrite_on_a_full_disk(small_disk):
    path = small_disk / "server.conf"
    path.write_text(f"{COMMENTS}timeout 30\n")
    with FromFile(path, "--bind", "127.0.0.1") as server:
        fill(small_disk)
        assert_rewrite_fails_whole(server, "No space left on device")
        (small_disk / "filler").unlink()
        with server.connect() as connection:
            assert connection.command("CONFIG", "REWRITE") == OK
        assert "timeout 45\n" in path.read_text()


def test_start_and_work_with_log_and_pid_file_on_a_full_disk(small_disk):
    fill(small_disk)
    with Server("snug", {"logfile": small_disk / "log", "pidfile": small_disk / "pid", "loglevel": "debug"}) as server:
        for _ in range(20):
            assert answers(server)


@pytest.mark.parametrize("path", ["/dev/full", "log"])
def test_log_that_cannot_be_written(path):
    with Server("snug", {"logfile": path, "loglevel": "debug"}) as server:
        with files_limited(server, 0):
            for _ in range(20):
                assert answers(server)
            with server.connect() as connection:
                assert connection.command("CONFIG", "REWRITE").is_error
                assert connection.command("SET", "k", "v") == OK
        assert answers(server) and server.starts == 1


def test_log_goes_on_when_there_is_room_again(tmp_path):
    path = tmp_path / "log"
    with Server("snug", {"logfile": path}) as server:
        size = path.stat().st_size
        with files_limited(server, size), server.connect() as connection:
            connection.command("CONFIG", "SET", "loglevel", "debug")
            assert answers(server)
        assert path.stat().st_size == size
        assert answers(server)
        with server.connect() as connection:
            connection.command("SHUTDOWN")
        server.process.wait(10)
        assert path.stat().st_size > size
