"""Limits that change encodings, as an operator sees it: the log, SNUG FLIPS, INFO, events through redis-py."""

import time

import pytest
import redis as redispy

from snugtest.server import self_check

pytestmark = pytest.mark.skipif(self_check, reason="asks Snug alone")


@pytest.fixture(params=[2, 3])
def one(request, start_snug):
    """A server of its own, whose log is read, and a client of it."""
    server = start_snug({"encoding-warn-percent": 0})
    with redispy.Redis(port=server.port, protocol=request.param) as client:
        client.server = server
        yield client


def lines(client, word):
    """The messages of the log that hold `word`, without time and level."""
    found = [line.split(None, 3) for line in client.server.log(1000).splitlines() if word in line]
    assert all(parts[2] == "notice" for parts in found)
    return [parts[3] for parts in found]


def wait_for(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def fill(client, key, count):
    client.hset(key, mapping={f"f{index}": index for index in range(count)})


def information(client):
    """The section as a dictionary of texts and numbers."""
    return client.info("encodings")


# The log

def test_a_line_tells_all(one):
    fill(one, "user:7:tags", 512)
    assert lines(one, "hashtable") == []
    address = one.client_info()["addr"]
    one.hset("user:7:tags", "f512", 1)
    assert lines(one, "hashtable") == [
        'hash "user:7:tags" in database 0 went from listpack to hashtable: 513 fields exceed '
        f"hash-max-listpack-entries 512; client {address}, command hset"]


@pytest.mark.parametrize("directive", ["hash-max-listpack-value", "hash-max-ziplist-value"])
def test_a_long_value_is_told(one, directive):
    one.config_set(directive, 10)
    one.hset("h", "f", "0123456789")
    assert lines(one, "hashtable") == []
    one.hset("h", "f", "0123456789a")
    line, = lines(one, "hashtable")
    assert "a field or value of 11 bytes exceeds hash-max-listpack-value 10;" in line


@pytest.mark.parametrize("directive", ["hash-max-listpack-entries", "hash-max-ziplist-entries"])
@pytest.mark.parametrize("limit", [0, 1, 5, 2**63 - 1])
def test_limits_at_their_ends(one, directive, limit):
    one.config_set(directive, limit)
    for count in range(1, 8):
        one.hset("h", f"f{count}", 1)
        assert one.object("encoding", "h") == (b"hashtable" if count > limit else b"listpack")
    told = lines(one, "hashtable")
    assert len(told) == (1 if limit < 7 else 0)
    if told:
        noun = "1 field exceeds" if limit == 0 else f"{limit + 1} fields exceed"
        assert f"{noun} hash-max-listpack-entries {limit};" in told[0]


@pytest.mark.parametrize("directive", ["hash-max-listpack-entries", "hash-max-ziplist-value"])
def test_limits_that_overflow_are_refused(one, directive):
    with pytest.raises(redispy.ResponseError, match="CONFIG SET failed"):
        one.config_set(directive, 2**63)


def test_a_setting_alone_changes_nothing(one):
    fill(one, "h", 10)
    one.config_set("hash-max-listpack-entries", 5)
    assert one.object("encoding", "h") == b"listpack" and one.execute_command("SNUG", "FLIPS", "LEN") == 0
    one.rename("h", "g")
    one.copy("g", "h")
    assert one.execute_command("SNUG", "FLIPS", "LEN") == 0
    one.hset("g", "f0", "x")
    assert one.object("encoding", "g") == b"hashtable" and one.execute_command("SNUG", "FLIPS", "LEN") == 1


def test_odd_keys_are_quoted_and_cut(one):
    one.config_set("hash-max-listpack-value", 1)
    one.hset(b'a "b"\r\n\x00\xff', "f", "long")
    one.hset("long:" + "k" * 100, "f", "long")
    told = lines(one, "hashtable")
    assert told[0].startswith(r'hash "a \"b\"\r\n\x00\xff" in database 0 went')
    assert told[1].startswith('hash "long:' + "k" * 59 + '"... (41 more bytes) in database 0 went')


def test_user_data_can_be_hidden(one):
    one.config_set("hash-max-listpack-value", 1)
    one.config_set("hide-user-data-from-log", "yes")
    for _ in range(3):
        one.hset("secret:1", "f", "long")
        one.delete("secret:1")
    wait_for(lambda: "left out of the log" in one.server.log())
    assert "secret" not in one.server.log(1000)
    assert lines(one, "hashtable")[0].startswith("hash (redacted) in database 0 went")
    assert lines(one, "left out") == ["encodings: 2 more were left out of the log"]


def test_one_line_a_second_for_a_shape(one):
    one.config_set("hash-max-listpack-value", 1)
    start = time.monotonic()
    with one.pipeline(transaction=False) as pipe:
        for number in range(300):
            pipe.hset(f"user:{number}:tags", "f", "long")
        pipe.hset("other:1", "f", "long")
        pipe.execute()
    assert time.monotonic() - start < 1
    told = lines(one, "hashtable")
    assert [line.split('"')[1] for line in told] == ["user:0:tags", "other:1"]
    assert information(one)["encoding_changes"] == 301
    assert information(one)["encoding_lines_left_out"] == 299
    # After a second the next line tells how many were left out.
    time.sleep(1.1)
    one.hset("user:500:tags", "f", "long")
    one.hset("other:2", "f", "long")
    told = lines(one, "hashtable")[2:]
    assert told[0].endswith("command hset; 299 more of the shape user:#:tags were left out before")
    assert told[1].startswith('hash "other:2"') and told[1].endswith("command hset")


def test_what_is_left_out_is_told_when_nothing_follows(one):
    one.config_set("hash-max-listpack-value", 1)
    for number in range(2):
        one.hset(f"user:{number}", "f", "long")
    wait_for(lambda: lines(one, "left out of the log"))
    assert lines(one, "left out of the log") == ["encodings: 1 more of the shape user:# was left out of the log"]
    time.sleep(2.2)
    assert len(lines(one, "left out of the log")) == 1


def test_commands_of_a_transaction(one):
    one.config_set("hash-max-listpack-entries", 1)
    with one.pipeline() as pipe:
        pipe.hset("h", "a", 1).hincrby("h", "b", 5).execute()
    assert lines(one, "hashtable")[0].endswith("command hincrby")


def test_the_way_back(one):
    one.config_set("hash-max-listpack-entries", 8)
    fill(one, "h:1", 9)
    one.hdel("h:1", *(f"f{index}" for index in range(6)))
    address = one.client_info()["addr"]
    wait_for(lambda: information(one)["hash_hashtable_to_listpack"] == 1)
    assert [entry[5:10] + [entry[10]] for entry in one.execute_command("SNUG", "FLIPS")] == [
        [b"hashtable", b"listpack", b"hash-max-listpack-entries", 8, 3, b"hdel"],
        [b"listpack", b"hashtable", b"hash-max-listpack-entries", 8, 9, b"hset"]]
    time.sleep(1.1)
    fill(one, "h:2", 9)
    one.delete("h:2")
    time.sleep(1.1)
    fill(one, "h:1", 9)
    time.sleep(1.1)
    one.hdel("h:1", *(f"f{index}" for index in range(6)))
    assert lines(one, "hashtable to")[-1] == (
        'hash "h:1" in database 0 went from hashtable to listpack: 3 fields are below half of '
        f"hash-max-listpack-entries 8; client {address}, command hdel")
    one.config_set("encoding-revert", "no")
    fill(one, "h:3", 9)
    one.hdel("h:3", *(f"f{index}" for index in range(6)))
    assert one.object("encoding", "h:3") == b"hashtable"
    assert information(one)["hash_hashtable_to_listpack"] == 2


# Coming near

def test_a_hash_near_to_a_limit(one):
    one.config_set("encoding-warn-percent", 90)
    one.config_set("hash-max-listpack-entries", 20)
    for index in range(20):
        one.hset("cart:1", f"f{index}", 1)
    line, = lines(one, "near")
    address = one.client_info()["addr"]
    assert line == (
        'hash "cart:1" in database 0 is near to leaving listpack for hashtable: 18 fields, at least 90 % of '
        f"hash-max-listpack-entries 20; client {address}, command hset")
    assert information(one)["encoding_warnings"] == 1
    assert one.execute_command("SNUG", "FLIPS") == []
    # Once until it falls back.
    for index in range(20):
        one.hset("cart:1", f"f{index}", 2)
    one.hdel("cart:1", "f17", "f18", "f19")
    one.hset("cart:1", "f17", 1)
    assert information(one)["encoding_warnings"] == 2


def test_a_value_near_to_a_limit(one):
    one.config_set("encoding-warn-percent", 90)
    one.hset("h", mapping={"a": "x" * 57})
    one.hset("h", mapping={"b": "x" * 58})
    one.hset("h", mapping={"c": "x" * 64})
    line, = lines(one, "near")
    assert "a field or value of 58 bytes, at least 90 % of hash-max-listpack-value 64;" in line


# SNUG FLIPS

def test_flips_are_kept_newest_first(one):
    one.config_set("hash-max-listpack-entries", 1)
    one.client_setname("ann")
    one.execute_command("SNUG", "FLIPS", "RESET")
    before = int(time.time())
    for number in range(12):
        fill(one, f"h:{number}", 2)
    assert one.execute_command("SNUG", "FLIPS", "LEN") == 12
    found = one.execute_command("SNUG", "FLIPS")
    assert [entry[0] for entry in found] == list(range(11, 1, -1))
    entry = found[0]
    assert before <= entry[1] <= time.time()
    assert entry[2:] == [
        0, b"h:11", b"hash", b"listpack", b"hashtable", b"hash-max-listpack-entries", 1, 2, b"hset",
        one.client_info()["addr"].encode(), b"ann"]
    assert len(one.execute_command("SNUG", "FLIPS", -1)) == 12
    assert len(one.execute_command("SNUG", "FLIPS", 3)) == 3
    assert one.execute_command("SNUG", "FLIPS", 0) == []
    one.config_set("encoding-flip-log-len", 2)
    fill(one, "h:99", 2)
    assert [entry[0] for entry in one.execute_command("SNUG", "FLIPS", -1)] == [12, 11]
    assert one.execute_command("SNUG", "FLIPS", "reset") == b"OK"
    assert one.execute_command("SNUG", "FLIPS") == [] and one.execute_command("SNUG", "FLIPS", "LEN") == 0
    fill(one, "h:100", 2)
    assert one.execute_command("SNUG", "FLIPS")[0][0] == 13


def test_what_flips_refuses(one):
    for word in ("-2", "x", "1.5", ""):
        with pytest.raises(redispy.ResponseError, match="count should be greater than or equal to -1"):
            one.execute_command("SNUG", "FLIPS", word)
    with pytest.raises(redispy.ResponseError, match="wrong number of arguments for 'FLIPS'. Try SNUG HELP"):
        one.execute_command("SNUG", "FLIPS", "1", "2")


def test_a_long_key_is_cut(one):
    one.config_set("hash-max-listpack-value", 1)
    one.hset("k" * 1000, "f", "long")
    assert one.execute_command("SNUG", "FLIPS")[0][3] == b"k" * 128 + b"... (872 more bytes)"


# INFO

def test_info_counts_by_type_and_direction(one):
    assert information(one) == {
        "encoding_changes": 0, "encoding_warnings": 0, "encoding_lines_left_out": 0, "encoding_flip_log_entries": 0,
        "hash_listpack_to_hashtable": 0, "hash_listpackex_to_hashtable": 0, "hash_hashtable_to_listpack": 0,
        "hash_hashtable_to_listpackex": 0}
    one.config_set("hash-max-listpack-entries", 1)
    fill(one, "a", 2)
    one.hset("b", "f", 1)
    one.hexpire("b", 100, "f")
    one.hset("b", "g", 1)
    found = information(one)
    assert found["hash_listpack_to_hashtable"] == 1 and found["hash_listpackex_to_hashtable"] == 1
    assert found["encoding_changes"] == 2 and found["encoding_flip_log_entries"] == 2
    for words in ([], ["all"], ["everything"], ["default"], ["ENCODINGS"]):
        with one.server.connect() as connection:
            assert "# Encodings\r\nencoding_changes:2\r\n" in connection.command("INFO", *words).text
    one.config_resetstat()
    assert information(one)["encoding_changes"] == 0


# Events

def messages(subscription, count):
    """The next messages as (type, pattern, channel, data), confirmations left out."""
    found = []
    until = time.monotonic() + 10
    while len(found) < count:
        assert time.monotonic() < until, f"{count} were expected, and {found} came"
        message = subscription.get_message(ignore_subscribe_messages=True, timeout=1)
        if message:
            found.append((message["type"], message["pattern"], message["channel"], message["data"]))
    assert subscription.get_message(timeout=0.1) is None
    return found


def subscribed(client, channels=(), patterns=()):
    subscription = client.pubsub()
    if channels:
        subscription.subscribe(*channels)
    if patterns:
        subscription.psubscribe(*patterns)
    for _ in range(len(channels) + len(patterns)):
        assert subscription.get_message(timeout=5)["type"] in ("subscribe", "psubscribe")
    return subscription


def test_a_change_is_an_event(one):
    one.config_set("hash-max-listpack-entries", 1)
    one.config_set("notify-keyspace-events", "KEf")
    assert one.config_get("notify-keyspace-events") == {"notify-keyspace-events": "KEf"}
    by_name = subscribed(one, ["__keyspace@0__:user:1", "__keyevent@0__:encoding"])
    by_pattern = subscribed(one, [], ["__key*__:*"])
    fill(one, "user:1", 2)
    assert messages(by_name, 2) == [
        ("message", None, b"__keyspace@0__:user:1", b"encoding"),
        ("message", None, b"__keyevent@0__:encoding", b"user:1")]
    assert messages(by_pattern, 2) == [
        ("pmessage", b"__key*__:*", b"__keyspace@0__:user:1", b"encoding"),
        ("pmessage", b"__key*__:*", b"__keyevent@0__:encoding", b"user:1")]
    by_name.close()
    by_pattern.close()


@pytest.mark.parametrize("letters, channels", [
    ("", []), ("f", []), ("AKE", []), ("KE", []), ("Kf", [b"__keyspace@0__:h"]), ("Ef", [b"__keyevent@0__:encoding"])])
def test_events_are_published_only_when_asked_for(one, letters, channels):
    one.config_set("hash-max-listpack-entries", 1)
    one.config_set("notify-keyspace-events", letters)
    subscription = subscribed(one, [], ["*"])
    fill(one, "h", 2)
    assert [message[2] for message in messages(subscription, len(channels))] == channels
    subscription.close()


def test_events_of_other_databases_and_of_ones_own(one):
    """The event of a subscriber's own command comes after the reply, that of others at once."""
    one.config_set("hash-max-listpack-entries", 1)
    one.config_set("notify-keyspace-events", "KEf")
    with one.server.connect(3) as own:
        assert own.command("PSUBSCRIBE", "__keyevent@*").kind == "push"
        own.command("SELECT", 3)
        own.send("HSET", "\x00k", "a", 1, "b", 2)
        assert own.read().value == 2
        pushed = own.read()
        assert pushed.kind == "push"
        assert [part.value for part in pushed.value] == [
            b"pmessage", b"__keyevent@*", b"__keyevent@3__:encoding", b"\x00k"]


def test_publishing_through_redis_py(one):
    subscription = subscribed(one, ["news"], ["n*"])
    assert one.publish("news", "hello") == 2
    assert messages(subscription, 2) == [
        ("message", None, b"news", b"hello"), ("pmessage", b"n*", b"news", b"hello")]
    assert one.pubsub_channels() == [b"news"] and one.pubsub_numpat() == 1
    assert one.pubsub_numsub("news", "none") == [(b"news", 1), (b"none", 0)]
    subscription.close()
    wait_for(lambda: one.pubsub_channels() == [] and one.pubsub_numpat() == 0)


def test_many_subscribers_get_many_messages(one):
    subscriptions = [subscribed(one, ["c"]) for _ in range(20)]
    for number in range(200):
        assert one.publish("c", number) == 20
    for subscription in subscriptions:
        assert [int(message[3]) for message in messages(subscription, 200)] == list(range(200))
        subscription.close()


def test_a_slow_subscriber_is_closed_by_its_own_limit(one):
    one.config_set("client-output-buffer-limit", "pubsub 1mb 0 0")
    with one.server.connect() as slow:
        slow.send("SUBSCRIBE", "c")
        wait_for(lambda: one.pubsub_channels() == [b"c"])
        wait_for(lambda: one.publish("c", b"x" * 500_000) == 0)
    assert one.info("stats")["client_output_buffer_limit_disconnections"] == 1
