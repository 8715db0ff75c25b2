"""A wall clock that jumps under a running server. Redis takes the same jumps where its behaviour is the expectation."""

import mmap
import shutil
import struct
import subprocess
import time

import pytest

from snugtest.reply import OK, PONG
from snugtest.server import Server, self_check

from .helpers import eventually

HOUR, YEAR = 3600, 365 * 86400
SOURCE = r"""
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Seconds that the wall clock is put forward, in a file that the test writes. */
static volatile long long *offset;

__attribute__((constructor)) static void map_offset(void) {
    const char *path = getenv("SNUGTEST_CLOCK");
    int descriptor = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (descriptor < 0) return;
    void *mapped = mmap(0, sizeof *offset, PROT_READ, MAP_SHARED, descriptor, 0);
    if (mapped != MAP_FAILED) offset = mapped;
    close(descriptor);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && offset && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *offset;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *seconds) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (seconds) *seconds = now.tv_sec;
    return now.tv_sec;
}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        pytest.skip("no C compiler for the library that moves the clock")
    directory = tmp_path_factory.mktemp("clock")
    (directory / "clock.c").write_text(SOURCE)
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", directory / "clock.so", directory / "clock.c"],
        capture_output=True, text=True)
    if built.returncode != 0:
        pytest.skip(f"the library that moves the clock does not compile: {built.stderr[:200]}")
    return directory / "clock.so"


class Clocked:
    """A server and the clock that it sees."""

    def __init__(self, kind, library, directory, directives):
        path = directory / f"offset-{kind}"
        path.write_bytes(bytes(8))
        with open(path, "r+b") as file:
            self.offset = mmap.mmap(file.fileno(), 8)
        self.server = Server(
            kind, directives, environment={"LD_PRELOAD": str(library), "SNUGTEST_CLOCK": str(path)})
        self.connection = self.server.connect()

    def jump(self, seconds):
        """Sets the clock `seconds` off the true time, and waits until the server has looked at it."""
        self.offset[:] = struct.pack("q", int(seconds))
        assert eventually(lambda: abs(self.time() - time.time() - seconds) < 60)

    def time(self):
        return int(self.connection.command("TIME").value[0].value)

    def ask(self, *words):
        return self.connection.command(*words)


@pytest.fixture
def clocked(library, tmp_path):
    made = []

    def start(kind="snug", **directives):
        made.append(Clocked(kind, library, tmp_path, directives))
        return made[-1]
    yield start
    for one in made:
        assert one.server.is_running(), one.server.log()
        one.connection.close()
        one.server.remove()


KINDS = ["snug"] if self_check else ["snug", "redis"]


@pytest.mark.parametrize("kind", KINDS)
def test_keys_expire_by_the_wall_clock(clocked, kind):
    one = clocked(kind)
    for key, seconds in (("short", 100), ("day", 86400), ("long", 20 * YEAR)):
        assert one.ask("SET", key, "v", "EX", seconds) == OK
    one.ask("SET", "always", "v")
    one.jump(-HOUR)
    assert 3695 <= one.ask("TTL", "short").value <= 3700
    one.ask("SET", "new", "v", "EX", 10)
    assert 9 <= one.ask("TTL", "new").value <= 10
    one.jump(2 * HOUR)
    assert one.ask("GET", "short").value is None and one.ask("GET", "new").value is None
    assert 86400 - 7205 <= one.ask("TTL", "day").value <= 86400 - 7200
    one.jump(10 * YEAR)
    assert eventually(lambda: one.ask("DBSIZE").value == 2)
    assert 10 * YEAR - 60 <= one.ask("TTL", "long").value <= 10 * YEAR
    one.ask("SET", "then", "v", "PX", 5000)
    one.jump(0)
    assert 10 * YEAR - 60 <= one.ask("TTL", "then").value <= 10 * YEAR + 5
    assert one.ask("TTL", "always").value == -1
    assert one.ask("GET", "then").value == b"v"


JUMPS = [-HOUR, 10 * YEAR, 0, -10 * YEAR, 100 * YEAR, -100 * YEAR, 0]


def test_nothing_becomes_negative(clocked):
    one = clocked(**{"latency-monitor-threshold": 1, "slowlog-log-slower-than": 0, "maxmemory-policy": "allkeys-lru"})
    with one.server.connect() as idle:
        for number, jump in enumerate(JUMPS):
            one.ask("SET", f"k{number}", "v", "EX", 50)
            one.ask("HSET", "h", f"f{number}", "v")
            one.jump(jump)
            one.ask("DEBUG", "SLEEP", "0.003")
            one.ask("INFO", "everything")
            assert_no_negative_durations(one)
            assert idle.command("PING") == PONG


def assert_no_negative_durations(one):
    for key in ("h", "k0"):
        idle = one.ask("OBJECT", "IDLETIME", key)
        assert idle.value is None or idle.is_error or idle.value >= 0
    for line in one.ask("CLIENT", "LIST").text.splitlines():
        found = dict(word.partition("=")[::2] for word in line.split())
        assert 0 <= int(found["age"]) < 1000 and 0 <= int(found["idle"]) < 1000, line
    for entry in one.ask("SLOWLOG", "GET", -1).value:
        assert 0 <= entry.value[2].value < 10_000_000
    for event in one.ask("LATENCY", "LATEST").value:
        assert all(part.value >= 0 for part in event.value[2:])
    one.ask("LATENCY", "DOCTOR"), one.ask("LATENCY", "GRAPH", "command"), one.ask("LATENCY", "HISTORY", "command")
    for line in one.ask("INFO", "everything").text.splitlines():
        name, _, value = line.partition(":")
        if name.startswith(("uptime", "instantaneous", "used_cpu", "total_", "expire", "latest")):
            assert not value.startswith("-"), line


@pytest.mark.parametrize("jump", [-HOUR, 10 * YEAR, -100 * YEAR])
def test_timeout_goes_by_time_that_passes(clocked, jump):
    """A jump makes nobody look idle or busy: who has said something just now stays, who has not goes."""
    one = clocked(timeout=2)
    with one.server.connect() as idle, one.server.connect() as busy:
        idle.command("PING")
        busy.command("PING")
        one.offset[:] = struct.pack("q", jump)
        until = time.monotonic() + 6
        closed = False
        while time.monotonic() < until and not closed:
            assert busy.command("PING") == PONG
            assert one.ask("PING") == PONG
            closed = one.ask("CLIENT", "LIST").text.count("\n") == 2
            time.sleep(0.1)
        assert closed


@pytest.mark.parametrize("jump", [-HOUR, 10 * YEAR, -100 * YEAR])
def test_transactions_scans_and_pauses_across_a_jump(clocked, jump):
    one = clocked()
    one.connection.pipeline([("SET", f"key:{number}", "v", "EX", 1000 + number) for number in range(500)])
    one.ask("WATCH", "key:1")
    one.ask("CLIENT", "PAUSE", 100, "WRITE")
    one.jump(jump)
    one.ask("CLIENT", "UNPAUSE")
    one.ask("MULTI")
    one.ask("SET", "a", "b", "EX", 100)
    one.ask("TTL", "a")
    reply = one.ask("EXEC")
    assert reply.value is None or reply.value[1].value in (99, 100)
    assert one.ask("SCAN", 0, "COUNT", 1000).kind == "array"
    assert eventually(lambda: one.ask("DBSIZE").value in ((1, 0) if jump > 0 else (500, 501)))
    one.ask("EXPIRE", "key:2", 5)
    one.ask("CONFIG", "SET", "hash-max-listpack-entries", 4)
    assert one.ask("FLUSHALL") == OK
