"""redis-py's own methods: values, scans, decoding, and what it parses on the client's side."""

import datetime

import pytest
import redis as redispy


def test_strings(client):
    assert client.set("k", "v") is True
    assert client.get("k") == b"v"
    assert client.set("k", "w", nx=True) is None
    assert client.set("k", "w", get=True) == b"v"
    assert client.incrbyfloat("f", 1.5) == 1.5
    assert client.mget("k", "nothing", "f") == [b"w", None, b"1.5"]
    assert client.mset({"a": 1, "b": 2}) is True
    assert client.msetnx({"a": 1, "c": 2}) is False
    assert client.getex("a", ex=100) == b"1"
    assert 0 < client.ttl("a") <= 100
    assert client.append("k", "x") == 2
    assert client.lcs("a", "b") == b""
    assert client.getdel("k") == b"wx"
    assert client.get("k") is None


def test_expiry(client):
    client.set("k", "v", ex=datetime.timedelta(seconds=100))
    assert client.expire("k", 200, gt=True) is True
    assert client.expire("k", 100, gt=True) is False
    assert client.expiretime("k") > 1_600_000_000
    assert client.persist("k") is True
    assert client.ttl("k") == -1
    assert client.expireat("k", datetime.datetime.now() + datetime.timedelta(hours=1)) is True


def test_hashes(client):
    assert client.hset("h", mapping={"a": 1, "b": "two"}) == 2
    assert client.hgetall("h") == {b"a": b"1", b"b": b"two"}
    assert client.hmget("h", "a", "nothing") == [b"1", None]
    assert client.hincrbyfloat("h", "a", 0.5) == 1.5
    assert sorted(client.hkeys("h")) == [b"a", b"b"]
    assert client.hexists("h", "a") is True
    assert client.hrandfield("h") in (b"a", b"b")
    assert len(client.hrandfield("h", 2, withvalues=True)) in (2, 4)
    assert client.hdel("h", "a", "b") == 2
    assert client.hgetall("h") == {}


def test_sets(client):
    assert client.sadd("s", 3, 1, "two") == 3
    assert client.smembers("s") == {b"1", b"two", b"3"}
    assert client.sismember("s", "two") == 1
    assert client.smismember("s", ["1", "4"]) == [1, 0]
    assert client.smove("s", "t", "two") is True
    assert client.sinter("s", "t") == set()
    assert client.sunion("s", "t") == {b"1", b"two", b"3"}
    assert client.sdiffstore("d", "s", "t") == 2
    assert client.sintercard(2, ["s", "d"], limit=1) == 1
    assert client.srandmember("t") == b"two"
    assert client.spop("t") == b"two"
    client.sadd("large", *range(1000))
    assert sorted(map(int, client.sscan_iter("large"))) == list(range(1000))
    assert len(client.spop("large", 400)) == 400
    assert client.scard("large") == 600


def test_decoding(text_client):
    text_client.set("ключ", "значение")
    assert text_client.get("ключ") == "значение"
    text_client.hset("h", mapping={"ä": "ö"})
    assert text_client.hgetall("h") == {"ä": "ö"}
    assert text_client.keys("к*") == ["ключ"]
    assert text_client.type("h") == "hash"
    assert text_client.object("encoding", "h") == "listpack"


def test_scans(client):
    client.mset({f"key:{i}": i for i in range(1000)})
    client.hset("big", mapping={f"f{i}": i for i in range(1000)})
    assert set(client.scan_iter()) == {b"key:%d" % i for i in range(1000)} | {b"big"}
    assert set(client.scan_iter(match="key:1*", count=7)) == {b"key:%d" % i for i in range(1000) if str(i)[0] == "1"}
    assert list(client.scan_iter(_type="HASH")) == [b"big"]
    assert dict(client.hscan_iter("big")) == {b"f%d" % i: b"%d" % i for i in range(1000)}
    assert dict(client.hscan_iter("big", match="f99?", count=3)) == {b"f%d" % i: b"%d" % i for i in range(990, 1000)}


def test_errors_become_exceptions(client):
    client.set("k", "text")
    with pytest.raises(redispy.ResponseError, match="not an integer"):
        client.incr("k")
    with pytest.raises(redispy.ResponseError, match="WRONGTYPE"):
        client.hset("k", "f", "v")
    with pytest.raises(redispy.ResponseError, match="unknown command"):
        client.execute_command("FOO")


def test_info(client):
    information = client.info()
    assert information["redis_version"] == "7.4.0" or "redis_version" in information
    assert isinstance(information["used_memory"], int)
    assert information["role"] == "master"
    client.set("k", "v")
    assert client.info("keyspace")["db0"]["keys"] == 1
    everything = client.info("everything")
    assert everything["cmdstat_set"]["calls"] >= 1
    assert client.info("all")["connected_clients"] >= 1


def test_client_commands(client):
    assert isinstance(client.client_id(), int)
    assert client.client_setname("fred") is True
    assert client.client_getname() in ("fred", b"fred")
    mine = client.client_info()
    assert mine["name"] == "fred"
    assert any(entry["name"] == "fred" for entry in client.client_list())
    assert client.client_list(client_id=[client.client_id()])
    assert client.client_no_evict("ON") in (b"OK", "OK", True)


def test_configuration(client):
    assert client.config_get("hash-max-listpack-*") == {
        "hash-max-listpack-entries": "512", "hash-max-listpack-value": "64"} or b"hash-max-listpack-value" in (
        client.config_get("hash-max-listpack-*"))
    assert client.config_set("timeout", 0) is True
    assert client.config_resetstat() is True


def test_command_tables(client):
    commands = client.command()
    assert commands["get"]["arity"] == 2
    assert client.command_count() == len(commands)
    assert client.command_getkeys("MSET", "a", 1, "b", 2) in ([b"a", b"b"], ["a", "b"])
    documentation = client.execute_command("COMMAND DOCS", "get", "set")
    assert len(documentation) in (2, 4)


def test_server_commands(client):
    assert client.ping() is True
    assert client.echo("x") == b"x"
    seconds, micros = client.time()
    assert seconds > 1_600_000_000 and 0 <= micros < 1_000_000
    assert client.dbsize() == 0
    assert client.slowlog_reset() is True
    client.config_set("slowlog-log-slower-than", 0)
    client.set("k", "v")
    client.config_set("slowlog-log-slower-than", 10000)
    assert any(b"SET k v" in entry["command"] for entry in client.slowlog_get())
    assert client.memory_usage("k") > 0
    assert client.memory_stats()
    assert client.lolwut()
    assert client.swapdb(0, 1) is True
    assert client.acl_whoami() in (b"default", "default")
    assert client.acl_getuser("default")["enabled"] is True
    assert client.function_list() == []
    assert client.copy("nothing", "other") is False


def test_monitor(client):
    with client.monitor() as monitor:
        client.set("watched", "v")
        for entry in monitor.listen():
            if "watched" in entry["command"]:
                assert entry["command"] == "SET watched v"
                break
