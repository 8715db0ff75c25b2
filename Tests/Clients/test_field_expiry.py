"""Fields that expire, as redis-py uses them: HEXPIRE and its family, HGETEX, HSETEX, HGETDEL, and reclaiming unasked."""

import time

import pytest
import redis


@pytest.fixture(params=[2, 3])
def client(snug, request):
    with redis.Redis(port=snug.port, protocol=request.param, decode_responses=True) as client:
        client.flushall()
        yield client


def test_times_of_fields(client):
    client.hset("user", mapping={"name": "Ada", "token": "x1", "seen": "7"})
    assert client.hexpire("user", 100, "token", "nobody") == [1, -2]
    assert client.hpexpire("user", 50_000, "seen", lt=True) == [1]
    assert client.object("ENCODING", "user") == "listpackex"
    assert client.httl("user", "token", "seen", "name", "nobody") == [100, 50, -1, -2]
    assert client.hgetall("user") == {"seen": "7", "token": "x1", "name": "Ada"}
    assert list(client.hgetall("user")) == ["seen", "token", "name"]
    assert client.hpersist("user", "seen", "name") == [1, -1]
    assert client.hset("user", "token", "x2") == 0
    assert client.httl("user", "token") == [-1]


def test_reading_and_writing_with_times(client):
    assert client.hsetex("cart", mapping={"a": "1", "b": "2"}, ex=60) == 1
    assert client.hsetex("cart", mapping={"a": "3"}, keepttl=True, data_persist_option=None) == 1
    assert client.hgetex("cart", "a", "c", px=90_000) == ["3", None]
    assert [left > 60 for left in client.httl("cart", "a", "b")] == [True, False]
    assert client.hgetex("cart", "b", persist=True) == ["2"]
    assert client.httl("cart", "b") == [-1]
    assert client.hgetdel("cart", "a", "b", "c") == ["3", "2", None]
    assert client.exists("cart") == 0


@pytest.mark.parametrize("fields", [3, 2000])
def test_reclaimed_unasked(client, fields):
    before = client.info("stats")["expired_subkeys"]
    client.hset("h", mapping={f"field {number}": number for number in range(fields)})
    client.hset("whole", mapping={"a": 1, "b": 2})
    client.hpexpire("h", 400, *(f"field {number}" for number in range(fields - 1)))
    client.hpexpire("whole", 400, "a", "b")
    assert client.info("keyspace")["db0"]["subexpiry"] == 2
    deadline = time.monotonic() + 5
    while client.dbsize() > 1 or client.info("stats")["expired_subkeys"] - before < fields + 1:
        assert time.monotonic() < deadline, client.info("stats")["expired_subkeys"] - before
        time.sleep(0.05)
    assert client.hgetall("h") == {f"field {fields - 1}": str(fields - 1)}
    assert client.info("keyspace")["db0"]["subexpiry"] == 0


def test_a_watched_hash_whose_field_expires(client):
    client.hset("h", mapping={"a": 1, "b": 2})
    client.hpexpire("h", 40, "a")
    with client.pipeline() as pipe:
        pipe.watch("h")
        time.sleep(0.2)
        pipe.multi()
        pipe.hlen("h")
        with pytest.raises(redis.WatchError):
            pipe.execute()
