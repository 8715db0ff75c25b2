"""Fixtures that all tests share: the two servers, and servers made for one test."""

import pytest

from snugtest.server import LIKE_REDIS, Server, StartFailed


def running(kind):
    """A server for a fixture; one that does not start is told in one sentence."""
    try:
        server = Server(kind, LIKE_REDIS if kind == "snug" else None)
    except StartFailed as failure:
        pytest.fail(str(failure), pytrace=False)
    with server:
        yield server


@pytest.fixture(scope="session")
def snug():
    """The Snug server that tests share; they leave it as they found it."""
    yield from running("snug")


@pytest.fixture(scope="session")
def redis():
    """The redis-server that answers are compared with."""
    yield from running("redis")


@pytest.fixture
def start_snug():
    """Starts Snug servers with directives of the test's choice and removes them afterwards."""
    servers = []

    def start(directives=None, **options):
        servers.append(Server("snug", directives, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.remove()
