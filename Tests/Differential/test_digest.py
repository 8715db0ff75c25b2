"""DEBUG DIGEST: equal content gives equal digests whatever the way to it; other content does not."""

import random

import pytest

from Differential.generate import DATA, Generator
from Differential.pair import DATABASES
from snugtest.server import LIKE_REDIS, Server


@pytest.fixture(scope="module")
def servers():
    with Server("snug", LIKE_REDIS) as one, Server("snug", LIKE_REDIS) as other:
        yield one, other


@pytest.fixture
def two(servers):
    """A connection to each of two empty servers."""
    with servers[0].connect() as one, servers[1].connect() as other:
        for connection in (one, other):
            connection.command("FLUSHALL")
        yield one, other


def digest(connection):
    reply = connection.command("DEBUG", "DIGEST")
    assert reply.kind in ("bulk", "simple") and len(reply.value) == 40
    return reply.value


def fill(connection, seed, commands=20_000):
    for segment in Generator(seed, DATA).segments(commands):
        connection.pipeline([one.arguments for one in segment])
    connection.pipeline([("DISCARD",), ("SELECT", "0")])


def rebuild(source, target, shuffle):
    """Writes all that `source` holds into `target`, in another order and by other commands."""
    for database in DATABASES:
        source.command("SELECT", database)
        target.command("SELECT", database)
        keys = [key.value for key in source.command("KEYS", "*").value]
        shuffle(keys)
        for key in keys:
            copy_key(source, target, key, shuffle)


def copy_key(source, target, key, shuffle):
    kind = source.command("TYPE", key).value
    if kind == b"string":
        target.command("SET", key, source.command("GET", key).value)
    elif kind == b"set":
        members = list(source.command("SMEMBERS", key).value)
        shuffle(members)
        for member in members:
            target.command("SADD", key, member.value)
    elif kind == b"list":
        for element in source.command("LRANGE", key, 0, -1).value[::-1]:
            target.command("LPUSH", key, element.value)
    elif kind == b"zset":
        members = [member.value for member in source.command("ZRANGE", key, 0, -1).value]
        shuffle(members)
        for member in members:
            target.command("ZADD", key, repr(float(source.command("ZSCORE", key, member).value)), member)
    elif kind == b"stream":
        target.command("RESTORE", key, 0, source.command("DUMP", key).value)
    else:
        pairs = source.command("HGETALL", key).items()
        shuffle(pairs)
        for field, value in pairs:
            target.command("HSET", key, field.value, value.value)
    expiry = source.command("PEXPIRETIME", key).value
    if expiry >= 0:
        target.command("PEXPIREAT", key, expiry)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_equal_content_in_two_servers(two, seed):
    source, target = two
    fill(source, seed)
    rebuild(source, target, random.Random(seed).shuffle)
    assert digest(source) == digest(target)
    assert digest(source) != b"0" * 40


def test_any_change_shows(two):
    connection = two[0]
    connection.pipeline([("MSET", "a", "1", "b", "2"), ("HSET", "h", "f", "v", "g", "w")])
    seen = {digest(connection)}
    for command in (("SET", "a", "3"), ("DEL", "b"), ("HSET", "h", "f", "x"), ("HDEL", "h", "g"),
                    ("RENAME", "a", "c"), ("EXPIRE", "c", "1000"), ("MOVE", "c", "1"), ("SET", "f", "x")):
        connection.command(*command)
        now = digest(connection)
        assert now not in seen, command
        seen.add(now)


def test_undone_changes_do_not_show(two):
    connection = two[0]
    connection.pipeline([("SET", "a", "1"), ("HSET", "h", "f", "v")])
    before = digest(connection)
    connection.pipeline([("SET", "x", "1"), ("DEL", "x"), ("HSET", "h", "g", "w"), ("HDEL", "h", "g"),
                         ("EXPIRE", "a", "1000"), ("PERSIST", "a"), ("MOVE", "a", "1"), ("SELECT", "1"),
                         ("MOVE", "a", "0"), ("SELECT", "0"), ("APPEND", "a", "2"), ("SET", "a", "1")])
    assert digest(connection) == before


def test_digest_of_a_hash_does_not_depend_on_its_encoding(two):
    one, other = two
    one.command("HSET", "h", "f", "v", "g", "w")
    other.command("HSET", "h", "g", "w", "f", "x" * 100)
    other.command("HSET", "h", "f", "v")
    assert one.command("OBJECT", "ENCODING", "h") != other.command("OBJECT", "ENCODING", "h")
    assert digest(one) == digest(other)
    assert one.command("DEBUG", "DIGEST-VALUE", "h") == other.command("DEBUG", "DIGEST-VALUE", "h")
