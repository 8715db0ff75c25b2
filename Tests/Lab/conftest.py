"""Fixtures of the laboratory's tests: the run itself, and servers to run it against."""

import pytest

from snugtest.server import Server

from Lab.helpers import Laboratory


@pytest.fixture
def lab(tmp_path):
    laboratory = Laboratory(tmp_path / "results")
    yield laboratory
    laboratory.stop()


@pytest.fixture
def start_redis():
    servers = []

    def start(directives=None, **options):
        servers.append(Server("redis", directives, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.remove()
