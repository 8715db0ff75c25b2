"""redis-py's pipelines, transactions, pools with threads, unix sockets and passwords."""

import threading

import pytest
import redis as redispy
from redis.backoff import NoBackoff
from redis.retry import Retry


def test_pipelines(client):
    with client.pipeline(transaction=False) as pipe:
        for i in range(5000):
            pipe.set(f"k{i}", i)
        pipe.get("k4999")
        replies = pipe.execute()
    assert replies[:5000] == [True] * 5000 and replies[5000] == b"4999"


def test_transactions(client):
    with client.pipeline() as pipe:
        replies = pipe.set("n", 1).incr("n").hset("h", "f", "v").hgetall("h").get("nothing").execute()
    assert replies == [True, 2, 1, {b"f": b"v"}, None]


def test_errors_in_pipelines(client):
    client.set("s", "text")
    with client.pipeline() as pipe:
        replies = pipe.incr("s").get("s").execute(raise_on_error=False)
    assert isinstance(replies[0], redispy.ResponseError) and replies[1] == b"text"
    with pytest.raises(redispy.ResponseError):
        client.pipeline().incr("s").execute()
    pipe = client.pipeline()
    pipe.set("never", "set").execute_command("GET")
    with pytest.raises(redispy.ResponseError, match="wrong number of arguments"):
        pipe.execute()
    assert client.exists("never") == 0


def test_watch(client):
    client.set("n", 1)
    with client.pipeline() as pipe:
        pipe.watch("n")
        value = int(pipe.get("n"))
        client.set("n", 10)
        pipe.multi()
        pipe.set("n", value + 1)
        with pytest.raises(redispy.WatchError):
            pipe.execute()
    assert client.get("n") == b"10"
    assert client.transaction(lambda pipe: (pipe.multi(), pipe.incr("n")), "n") == [11]


def test_many_threads_share_a_pool(snug, client_options):
    pool = redispy.BlockingConnectionPool(port=snug.port, max_connections=20, **client_options)
    shared = redispy.Redis(connection_pool=pool)
    shared.flushall()
    errors = []

    def work(number):
        try:
            for i in range(100):
                shared.incr("total")
                shared.set(f"t{number}", i)
                assert shared.get(f"t{number}") == b"%d" % i
                shared.pipeline().hincrby("h", "f", 1).hget("h", "f").execute()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert shared.get("total") == b"2000"
    assert shared.hget("h", "f") == b"2000"
    shared.close()
    pool.disconnect()


def test_optimistic_counter_with_many_threads(snug, client_options):
    """Every increment by WATCH, MULTI and EXEC counts once, however many threads try."""
    shared = redispy.Redis(port=snug.port, **client_options)
    shared.set("n", 0)

    def add():
        for _ in range(20):
            shared.transaction(
                lambda pipe: (value := int(pipe.get("n")), pipe.multi(), pipe.set("n", value + 1)), "n")

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.get("n") == b"160"
    shared.close()


def test_unix_socket(start_snug, client_options):
    server = start_snug(unix_socket=True)
    with redispy.Redis(unix_socket_path=server.address, **client_options) as client:
        assert client.set("k", "v") and client.get("k") == b"v"
        assert client.client_info()["addr"].endswith(":0")
        assert client.pipeline().incr("n").execute() == [1]


def test_password(start_snug, client_options):
    server = start_snug({"requirepass": "secret word"})
    with redispy.Redis(port=server.port, password="secret word", **client_options) as client:
        assert client.ping()
    with redispy.Redis(port=server.port, username="default", password="secret word", **client_options) as client:
        assert client.ping()
    once = {"retry": Retry(NoBackoff(), 0), **client_options}
    with redispy.Redis(port=server.port, **once) as client:
        with pytest.raises(redispy.AuthenticationError):
            client.get("k")
    with redispy.Redis(port=server.port, password="wrong", **once) as client:
        with pytest.raises(redispy.AuthenticationError):
            client.get("k")


def test_databases_and_names(snug, client_options):
    with redispy.Redis(port=snug.port, db=3, client_name="named", **client_options) as client:
        client.flushall()
        client.set("k", "v")
        mine = client.client_info()
        assert mine["db"] in (3, "3") and mine["name"] == "named"
        assert client.move("k", 4) is True


def test_large_values(client):
    value = bytes(range(256)) * 40_000
    client.set("large", value)
    same = client.get("large") == value
    assert same
    client.hset("h", "large", value)
    same = client.hget("h", "large") == value
    assert same
    client.delete("large", "h")
