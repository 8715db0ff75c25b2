"""The command line of `snug serve`: what stops a start, what is only warned of, the orderly end."""

import os
import signal
import socket
import subprocess

import pytest

from snugtest.server import program_of, self_check

pytestmark = pytest.mark.skipif(self_check, reason="asks Snug alone")


def refused(*arguments):
    """What Snug says when it does not start; the exit status must be 1."""
    made = subprocess.run([*program_of("snug"), *map(str, arguments)], capture_output=True, text=True, timeout=10)
    said = (made.stdout + made.stderr).strip()
    assert made.returncode == 1, f"exit status {made.returncode}: {said}"
    assert len(said.splitlines()) == 1, f"not one sentence:\n{said}"
    return said


def test_unknown_directive():
    assert "nonsense" in refused("--port", 0, "--nonsense", "1")


@pytest.mark.parametrize("directive, value", [
    ("port", "abc"), ("port", "70000"), ("maxclients", "0"), ("maxmemory-policy", "foo"), ("timeout", "-1"),
    ("hash-max-listpack-entries", "x"), ("maxmemory", "12parsecs"), ("appendonly", "maybe"), ("loglevel", "shouting")])
def test_bad_values_are_named(directive, value):
    said = refused(f"--{directive}", value)
    assert directive in said and value in said


def test_a_directive_without_value():
    assert "timeout" in refused("--timeout")


def test_missing_and_unreadable_files(tmp_path):
    assert "nothing.conf" in refused(tmp_path / "nothing.conf")
    assert str(tmp_path) in refused(tmp_path)


@pytest.mark.parametrize("line", ["nonsense 1", "timeout x", 'requirepass "open', "include nothing.conf", "timeout"])
def test_errors_in_a_file_name_file_and_line(tmp_path, line):
    path = tmp_path / "snug.conf"
    path.write_text(f"# first\nport 0\n{line}\n")
    said = refused(path)
    assert "snug.conf" in said and "3" in said


def test_errors_in_an_included_file_name_that_file(tmp_path):
    (tmp_path / "inner.conf").write_text("\nnonsense 1\n")
    (tmp_path / "outer.conf").write_text(f"include {tmp_path}/inner.conf\n")
    said = refused(tmp_path / "outer.conf")
    assert "inner.conf" in said and "2" in said


def test_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert str(port) in refused("--bind", "127.0.0.1", "--port", port)


def test_a_socket_path_that_cannot_be(tmp_path):
    assert "missing" in refused("--port", 0, "--unixsocket", tmp_path / "missing" / "socket")


@pytest.mark.parametrize("flag, expected", [("--version", "7.4"), ("--help", "serve")])
def test_version_and_help(flag, expected):
    binary = program_of("snug")[0]
    made = subprocess.run([binary, flag], capture_output=True, text=True, timeout=20)
    assert made.returncode == 0
    assert "nug" in made.stdout or expected in made.stdout


def test_directives_without_meaning_are_warned_of(start_snug):
    server = start_snug({"rdbcompression": "yes", "repl-timeout": "60"})
    assert "rdbcompression" in server.log() and "repl-timeout" in server.log()


def test_the_banner_names_address_process_and_allocator(start_snug):
    server = start_snug()
    banner = [line for line in server.log().splitlines() if str(server.port) in line]
    assert banner and str(server.pid) in banner[0] and "jemalloc" in banner[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_in_order(start_snug, number):
    server = start_snug()
    with server.connect() as connection:
        server.process.send_signal(number)
        assert server.process.wait(10) == 0
        assert connection.read().kind == "closed"


@pytest.mark.parametrize("arguments", [(), ("NOSAVE",), ("NOSAVE", "NOW", "FORCE")])
def test_shutdown_command(start_snug, arguments):
    server = start_snug()
    with server.connect() as connection:
        connection.send("SHUTDOWN", *arguments)
        assert connection.read().kind == "closed"
    assert server.process.wait(10) == 0


def test_a_socket_file_is_removed_at_the_end(start_snug):
    server = start_snug(unix_socket=True)
    assert os.path.exists(server.address)
    server.stop()
    assert not os.path.exists(server.address)
