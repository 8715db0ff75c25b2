"""redis-py clients of the shared Snug server, with its defaults and with RESP2."""

import pytest
import redis as redispy


@pytest.fixture(params=["defaults", "resp2", "resp3"])
def client_options(request):
    return {"defaults": {}, "resp2": {"protocol": 2}, "resp3": {"protocol": 3}}[request.param]


@pytest.fixture
def client(snug, client_options):
    """A redis-py client of an empty server."""
    with redispy.Redis(port=snug.port, **client_options) as made:
        made.flushall()
        yield made


@pytest.fixture
def text_client(snug, client_options):
    """The same with decode_responses."""
    with redispy.Redis(port=snug.port, decode_responses=True, **client_options) as made:
        made.flushall()
        yield made
