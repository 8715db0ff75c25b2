"""redis-benchmark finishes each of its tests that Snug has commands for, without an error."""

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(not shutil.which("redis-benchmark"), reason="redis-benchmark is not installed")
TESTS = "ping_inline,ping_mbulk,set,get,incr,hset,mset"


@pytest.mark.parametrize("flags", [[], ["-P", "16"], ["-3"], ["-r", "1000", "-d", "200"], ["--threads", "2"]])
def test_benchmark(snug, flags):
    made = subprocess.run(
        ["redis-benchmark", "-p", str(snug.port), "-q", "-t", TESTS, "-n", "2000", "-c", "20", *flags],
        capture_output=True, timeout=120)
    out = made.stdout.decode().replace("\r", "\n")
    assert made.returncode == 0, out + made.stderr.decode()
    finished = [line for line in out.splitlines() if "requests per second" in line]
    assert len(finished) == len(TESTS.split(",")), out
    assert "rror" not in made.stderr.decode()
