"""redis-cli against Snug: plain, RESP3, --pipe, the key searches, --latency, monitor."""

import re
import shutil
import signal
import subprocess
import time

import pytest

from snugtest.connection import encode

pytestmark = pytest.mark.skipif(not shutil.which("redis-cli"), reason="redis-cli is not installed")


@pytest.fixture
def cli(snug):
    with snug.connect() as connection:
        connection.command("FLUSHALL")

    def run(*arguments, data=None, timeout=60):
        made = subprocess.run(
            ["redis-cli", "-p", str(snug.port), *arguments], input=data, capture_output=True, timeout=timeout)
        return made.stdout.decode(errors="replace")
    return run


@pytest.mark.parametrize("flags", [[], ["-3"]])
def test_commands(cli, flags):
    assert cli(*flags, "SET", "k", "v") == "OK\n"
    assert cli(*flags, "GET", "k") == "v\n"
    assert cli(*flags, "--no-raw", "GET", "nothing") == "(nil)\n"
    assert cli(*flags, "--no-raw", "INCR", "n") == "(integer) 1\n"
    assert cli(*flags, "HSET", "h", "f", "v") == "1\n"
    assert "f" in cli(*flags, "HGETALL", "h")
    assert "ERR unknown command" in cli(*flags, "FOO")
    assert "used_memory:" in cli(*flags, "INFO", "memory")
    assert "hash-max-listpack-entries" in cli(*flags, "CONFIG", "GET", "hash-*")


def test_lines_from_standard_input(cli):
    lines = b'SET "a key" "a \\x00 value"\nMULTI\nINCR n\nEXEC\nGET "a key"\n'
    out = cli(data=lines)
    assert out.startswith("OK\nOK\nQUEUED\n1\n")


def test_pipe(cli):
    commands = b"".join(encode(("SET", f"key:{i}", i)) for i in range(20_000))
    out = cli("--pipe", data=commands)
    assert "errors: 0, replies: 20000" in out
    assert cli("DBSIZE") == "20000\n"
    lines = b"".join(b"SET line:%d v\r\n" % i for i in range(10_000))
    assert "errors: 0, replies: 10000" in cli("--pipe", data=lines)
    assert "errors: 2, replies: 3" in cli("--pipe", data=b"FOO\r\nSET k v\r\nGET\r\n")


def test_scan_and_bigkeys_and_memkeys(cli):
    cli("MSET", *[word for i in range(300) for word in (f"key:{i}", "v" * i)])
    cli("HSET", "hash", *[str(i) for i in range(200)])
    found = cli("--scan", "--pattern", "key:1*").split()
    assert sorted(found) == sorted(f"key:{i}" for i in range(300) if str(i).startswith("1"))
    assert cli("--scan", "--pattern", "h*").split() == ["hash"]
    big = cli("--bigkeys")
    assert "Sampled 301 keys in the keyspace!" in big
    assert re.search(r"Biggest string found \W*key:299\W* has 299 bytes", big)
    assert re.search(r"Biggest   hash found \W*hash\W* has 100 fields", big)
    assert "Sampled 301 keys in the keyspace!" in cli("--memkeys")


def test_latency_and_stat(snug):
    for flags in (["--latency", "-i", "1"], ["--stat", "-i", "0.1"]):
        process = subprocess.Popen(
            ["redis-cli", "-p", str(snug.port), *flags], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        time.sleep(0.6)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=10)
        assert b"rror" not in out, out


def test_monitor(snug, cli):
    process = subprocess.Popen(
        ["redis-cli", "-p", str(snug.port), "monitor"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"OK\n"
        cli("SET", "seen", "yes")
        for _ in range(20):
            line = process.stdout.readline()
            if b'"seen"' in line:
                break
        assert line.endswith(b'"SET" "seen" "yes"\n')
    finally:
        process.terminate()
        process.wait(10)


def test_unix_socket(start_snug):
    server = start_snug(unix_socket=True)
    made = subprocess.run(["redis-cli", "-s", server.address, "PING"], capture_output=True, timeout=20)
    assert made.stdout == b"PONG\n"
