"""What a run finds: complete, repeatable, and the same as a direct measurement."""

import re
import time

import pytest

from Lab.helpers import LIMIT, address, limit_of

REDIS = "redis=redis-server --port {port}"


def used(connection):
    """`used_memory` when it no longer changes."""
    last = -1
    for _ in range(30):
        text = connection.command("INFO", "memory").text
        figure = int(re.search(r"^used_memory:(\d+)", text, re.M).group(1))
        if figure == last:
            return figure
        last = figure
        time.sleep(0.15)
    return last


def direct(connection, commands):
    before = used(connection)
    assert not any(reply.is_error for reply in connection.pipeline(commands))
    return used(connection) - before


def test_figures_are_those_of_a_direct_measurement(lab, start_redis):
    items = 30_000
    run = lab.run("proof", "--items", str(items), "--repeat", "2", "--seed", "5", "--spawn", REDIS)
    assert run.status == 0, run.errors
    server = start_redis()
    layouts = [
        ("a key per user", "512", "int", lambda n, v: ("SET", f"user:{n}:blocked", v)),
        ("hashes of 1,000, past the limit", "1", "hashtable",
         lambda n, v: ("HSET", f"user:blocked:{(n - 1) // 1000}", n, v)),
        ("hashes of 1,000, within the limit", "1024", "listpack",
         lambda n, v: ("HSET", f"user:blocked:{(n - 1) // 1000}", n, v)),
    ]
    for series, limit, encoding, command in layouts:
        with server.connect() as control, server.connect() as loader:
            control.command("FLUSHALL")
            control.command("CONFIG", "SET", LIMIT, limit)
            expected = direct(control, [])
            before = used(control)
            for start in range(1, items + 1, 1000):
                loader.pipeline([command(n, int(n % 7 == 0)) for n in range(start, start + 1000)])
            loader.close()
            expected = used(control) - before
        measured = run.figures("used_bytes", server="redis", series=series)
        assert len(measured) == 2
        for figure in measured:
            assert abs(figure - expected) < 0.01 * expected + 40_000, (series, measured, expected)
        assert run.figures("encoding", server="redis", series=series) == [encoding] * 2
        assert run.figures("encoding", server="snug", series=series) == [encoding] * 2
    assert "a key per user" in run.output and "█" in run.output
    assert run.results["settings"] == {"experiments": ["proof"], "items": items, "repeat": 2, "seed": "5"}


def test_running_servers_are_left_as_they_were(lab, start_redis, start_snug):
    servers = {"one": start_redis({LIMIT: 300}), "two": start_snug()}
    arguments = [word for name, server in servers.items() for word in ("--server", f"{name}={address(server)}")]
    run = lab.run("proof", "--items", "2000", "--no-snug", *arguments)
    assert run.status == 0, run.errors
    for server, limit in zip(servers.values(), (b"300", b"512")):
        with server.connect() as connection:
            assert connection.command("DBSIZE").value == 0
            assert limit_of(connection) == limit


def test_unix_sockets_and_users(lab, start_redis):
    server = start_redis({"requirepass": "wo:rd"}, unix_socket=True)
    run = lab.run("proof", "--items", "1000", "--no-snug", "--server", f"u=unix://default:wo%3Ard@{server.address}?db=2")
    assert run.status == 0, run.errors
    assert "wo" not in run.results["servers"][0]["address"]
    assert all("wo:rd" not in path.read_text() for path in run.directory.iterdir())


def test_without_config_the_rest_is_measured(lab, start_redis):
    server = start_redis({"rename-command": ["CONFIG", ""]})
    run = lab.run("proof", "--items", "1000", "--no-snug", "--server", f"managed={address(server)}")
    assert run.status == 0, run.errors
    assert {sample["series"] for sample in run.results["samples"]} == {"a key per user"}
    left_out = run.results["left_out"]
    assert [part["experiment"] for part in left_out] == ["proof"]
    report = (run.directory / "report.html").read_text()
    assert f"Set {LIMIT} in the provider&#39;s parameter group" in report.replace("'", "&#39;")


@pytest.mark.parametrize("quiet", [True, False])
def test_progress_is_lines_where_there_is_no_terminal(lab, quiet):
    run = lab.run("proof", "--items", "1000", quiet=quiet)
    assert run.status == 0
    assert run.errors == ("" if quiet else f"Results are in {lab.directory}\n")
