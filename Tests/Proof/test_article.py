"""The article's three runs by its own shell lines, against Snug: replies, encodings, what is stored.

`SNUG_PROOF_ITEMS` sets the number of items: 100,000 unless told otherwise, 1,000,000 in the article.
"""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

from snugtest.server import Server

pytestmark = pytest.mark.skipif(not shutil.which("redis-cli"), reason="redis-cli is not installed")
ITEMS = int(os.environ.get("SNUG_PROOF_ITEMS", "100000"))
SCRIPT = pathlib.Path(__file__).with_name("runs.sh")


@pytest.fixture(scope="module")
def proof(tmp_path_factory):
    """The output of each run, and the server that they ran on."""
    with Server("snug") as server:
        folder = tmp_path_factory.mktemp("bin")
        wrapper = folder / "redis-cli"
        wrapper.write_text(f'#!/bin/sh\nexec {shutil.which("redis-cli")} -p {server.port} "$@"\n')
        wrapper.chmod(0o755)
        environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "ITEMS": str(ITEMS)}
        made = subprocess.run(
            ["bash", "-e", "-o", "pipefail", str(SCRIPT)], env=environment, capture_output=True, text=True,
            timeout=280)
        assert made.returncode == 0, made.stdout + made.stderr
        _, *runs = re.split(r"run \w+\n", made.stdout)
        yield runs, server


def used(run):
    return [int(number) for number in re.findall(r"^used_memory:(\d+)", run, re.MULTILINE)]


def test_every_run_answers_without_an_error(proof):
    runs, _ = proof
    assert len(runs) == 3
    for run in runs:
        assert run.startswith("OK\n")
        assert f"errors: 0, replies: {ITEMS}" in run
        assert "ERR" not in run


def test_encodings_are_those_the_article_names(proof):
    runs, _ = proof
    assert runs[1].splitlines()[-1] == "hashtable"
    assert runs[2].splitlines()[-1] == "listpack"


def test_used_memory_is_shown_before_and_after_and_grows(proof):
    runs, _ = proof
    for run in runs:
        before, after = used(run)
        assert after > before


def test_listpacks_take_no_more_than_tables(proof):
    runs, _ = proof
    _, table, packed = (after - before for before, after in map(used, runs))
    assert packed <= table * 1.1


def test_the_values_are_there(proof):
    _, server = proof
    with server.connect() as connection:
        assert connection.command("DBSIZE").value == (ITEMS + 999) // 1000
        assert connection.command("HLEN", "user:blocked:0").value == 1000
        for number in (1, 7, 14, 999, ITEMS // 2, ITEMS):
            got = connection.command("HGET", f"user:blocked:{(number - 1) // 1000}", number)
            assert got.value == (b"1" if number % 7 == 0 else b"0")
