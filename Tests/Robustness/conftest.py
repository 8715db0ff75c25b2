"""A server for robustness tests: after each of them it must still be the same and answer."""

import pytest

from snugtest.reply import PONG
from snugtest.server import Server


@pytest.fixture(scope="module")
def server():
    with Server("snug") as made:
        yield made


@pytest.fixture(autouse=True)
def still_answering(request):
    """Every test that uses the module's server leaves it alive, with the same process."""
    if "server" not in request.fixturenames:
        yield
        return
    server = request.getfixturevalue("server")
    pid = server.pid
    yield
    assert server.is_running(), f"the server ended:\n{server.log()}"
    assert server.pid == pid
    with server.connect() as connection:
        connection.pipeline([("CONFIG", "SET", "client-output-buffer-limit", "normal 0 0 0"), ("FLUSHALL",)])
        assert connection.command("PING") == PONG
