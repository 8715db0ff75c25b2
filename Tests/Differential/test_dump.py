"""DUMP and RESTORE between Snug and redis-server, in both directions, for every type and encoding."""

import random
import struct

import pytest

import rdb
from snugtest.server import LIKE_REDIS, Server

SEEDS = range(40)


@pytest.fixture(scope="module")
def servers():
    with Server("snug", LIKE_REDIS) as snug, Server("redis") as redis:
        yield snug, redis


@pytest.fixture
def both(servers):
    """A connection to each of the two servers, which are empty and have their default limits."""
    with servers[0].connect() as snug, servers[1].connect() as redis:
        for connection in (snug, redis):
            connection.command("FLUSHALL")
            for name in ("hash-max-listpack-entries", "set-max-intset-entries"):
                connection.command("CONFIG", "SET", name, 512)
            connection.command("CONFIG", "SET", "zset-max-listpack-entries", 128)
            connection.command("CONFIG", "SET", "list-max-listpack-size", -2)
        yield snug, redis


def content(connection, key):
    """Everything that a client can see of a key's value."""
    kind = connection.command("TYPE", key).value
    if kind == b"string":
        return kind, connection.command("GET", key).value
    if kind == b"hash":
        return kind, dict((f.value, v.value) for f, v in connection.command("HGETALL", key).items())
    if kind == b"set":
        return kind, set(member.value for member in connection.command("SMEMBERS", key).value)
    if kind == b"zset":
        flat = [one.value for one in connection.command("ZRANGE", key, 0, -1, "WITHSCORES").value]
        return kind, list(zip(flat[0::2], map(float, flat[1::2])))
    if kind == b"list":
        return kind, [one.value for one in connection.command("LRANGE", key, 0, -1).value]
    if kind == b"stream":
        return kind, stream_content(connection, key)
    return kind, None


def stream_content(connection, key):
    """Entries, the head, and of each group its head, its consumers and what is pending, without times."""
    head = {name.value: value for name, value in connection.command("XINFO", "STREAM", key).items()}
    told = [head[name].value for name in (b"length", b"last-generated-id", b"max-deleted-entry-id", b"entries-added")]
    groups = []
    for group in connection.command("XINFO", "GROUPS", key).value:
        facts = {name.value: value.value for name, value in group.items()}
        name = facts[b"name"]
        consumers = [{n.value: v.value for n, v in consumer.items() if n.value in (b"name", b"pending")}
                     for consumer in connection.command("XINFO", "CONSUMERS", key, name).value]
        pending = [(i.value, owner.value, count.value) for i, owner, _, count in (
            entry.value for entry in connection.command("XPENDING", key, name, "-", "+", 10_000).value)]
        groups.append((facts, consumers, pending))
    return connection.command("XRANGE", key, "-", "+"), told, groups


def word(random):
    """What encodings tell apart: integers of all widths, and text of all lengths that have a head of their own."""
    roll = random.random()
    if roll < 0.4:
        return b"%d" % (random.getrandbits(64) - (1 << 63) >> random.randrange(0, 64))
    if roll < 0.5:
        return random.choice([b"", b"007", b"-0", b"+1", b"1.0", b" 1", b"9223372036854775808"])
    if roll < 0.6:
        return bytes(random.choice([b"a", b"ab", b"abc"])) * random.choice([7, 30, 200])
    return random.randbytes(random.choice([1, 2, 5, 11, 12, 20, 21, 63, 64, 65, 127, 128, 253, 254, 300]))


def words(random, most):
    return list(dict.fromkeys(word(random) for _ in range(random.randint(1, most))))


def score(random):
    return random.choice([
        random.randint(-100, 100), random.uniform(-1, 1), random.uniform(-1e300, 1e300), float("inf"), float("-inf"),
        random.randint(-(1 << 62), 1 << 62), 5e-324, 2.0 ** 53 + 2, 1e17, 0.1])


def make_string(random, connection, key):
    text = random.choice([word(random), random.randbytes(20_000), b"x" * 100_000, b"%d" % random.getrandbits(31)])
    connection.command("SET", key, text)
    if random.random() < 0.3:
        connection.command("APPEND", key, "7")


def make_hash(random, connection, key):
    if random.random() < 0.5:
        connection.command("CONFIG", "SET", "hash-max-listpack-entries", random.choice([0, 3, 512]))
    for field in words(random, random.choice([1, 5, 40, 700])):
        connection.command("HSET", key, field, word(random))


def make_set(random, connection, key):
    members = words(random, random.choice([1, 5, 40, 700]))
    if random.random() < 0.5:
        width = random.choice([8, 16, 32, 63])
        members = [b"%d" % (random.getrandbits(width) - (1 << width - 1)) for _ in range(random.choice([1, 5, 600]))]
    connection.command("SADD", key, *members)


def make_sorted_set(random, connection, key):
    for member in words(random, random.choice([1, 5, 40, 300])):
        connection.command("ZADD", key, repr(float(score(random))), member)


def make_list(random, connection, key):
    connection.command("CONFIG", "SET", "list-max-listpack-size", random.choice([-2, -1, 3, 40]))
    elements = [word(random) for _ in range(random.choice([1, 5, 40, 2000]))]
    if random.random() < 0.3:
        elements.insert(random.randrange(len(elements)), random.randbytes(random.choice([5000, 20_000])))
    connection.command(random.choice(["RPUSH", "LPUSH"]), key, *elements)
    if len(elements) > 5 and random.random() < 0.5:
        connection.command("LINSERT", key, "BEFORE", elements[3], "between")
        connection.command("LREM", key, 1, elements[4])


def make_stream(random, connection, key):
    connection.command("CONFIG", "SET", "stream-node-max-entries", random.choice([0, 1, 3, 100]))
    fields = words(random, 4)
    count = random.choice([1, 5, 40, 500])
    stamps = sorted(random.sample(range(1, random.choice([1000, 1 << 44])), count))
    ids = [b"%d-%d" % (stamp, random.choice([0, 0, 7, 1 << 40])) for stamp in stamps]
    for identifier in ids:
        names = fields if random.random() < 0.8 else words(random, 4)
        connection.command("XADD", key, identifier, *(part for name in names for part in (name, word(random))))
    for group in words(random, 3) if random.random() < 0.6 else []:
        connection.command("XGROUP", "CREATE", key, group, random.choice([b"0", b"$", *ids]))
        for consumer in words(random, 4):
            connection.command("XGROUP", "CREATECONSUMER", key, group, consumer)
            connection.command("XREADGROUP", "GROUP", group, consumer, "COUNT", random.choice([1, 3, 300]),
                               "STREAMS", key, ">")
        connection.command("XACK", key, group, *random.sample(ids, random.randint(1, count)))
    for _ in range(random.choice([0, 0, 1, 10])):
        connection.command("XDEL", key, random.choice(ids))


MAKERS = {"string": make_string, "hash": make_hash, "set": make_set, "zset": make_sorted_set, "list": make_list,
          "stream": make_stream}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("way", ["to redis", "to snug"])
def test_round_trips(both, kind, way):
    source, target = both if way == "to redis" else both[::-1]
    for seed in SEEDS:
        generator = random.Random(f"{kind} {seed}")
        key = b"%s:%d" % (kind.encode(), seed)
        MAKERS[kind](generator, source, key)
        dumped = source.command("DUMP", key)
        assert dumped.kind == "bulk"
        assert target.command("RESTORE", key, 0, dumped.value).value == b"OK", (seed, dumped.value[:100])
        assert content(source, key) == content(target, key), seed
        back = target.command("DUMP", key).value
        assert source.command("RESTORE", key, 0, back, "REPLACE").value == b"OK", seed
        assert content(source, key) == content(target, key), seed


@pytest.mark.parametrize("kind", MAKERS)
def test_round_trips_within_snug(both, kind):
    snug = both[0]
    for seed in SEEDS:
        generator = random.Random(f"{kind} {seed}")
        MAKERS[kind](generator, snug, "a")
        digest = snug.command("DEBUG", "DIGEST-VALUE", "a")
        encoding = snug.command("OBJECT", "ENCODING", "a")
        assert snug.command("RESTORE", "b", 0, snug.command("DUMP", "a").value, "REPLACE").value == b"OK"
        assert snug.command("DEBUG", "DIGEST-VALUE", "b") == digest
        # A set takes its encoding from how many members a command brought, duplicates among them.
        if kind in ("hash", "zset"):
            assert snug.command("OBJECT", "ENCODING", "b") == encoding, seed
        snug.command("DEL", "a")


@pytest.mark.parametrize("make", [
    lambda c: c.command("SET", "k", "hello"), lambda c: c.command("SET", "k", -5),
    lambda c: c.command("SET", "k", 1000), lambda c: c.command("SET", "k", 1 << 40),
    lambda c: c.command("SET", "k", ""),
    lambda c: c.command("HSET", "k", "a", 1, "b", "x"), lambda c: c.command("SADD", "k", 1, -5, 70000, 1 << 40),
    lambda c: c.command("SADD", "k", "a"), lambda c: c.command("ZADD", "k", 1, "a", -2, "b", "inf", "c"),
    lambda c: c.command("ZADD", "k", 1, "a" * 65)])
def test_values_have_the_bytes_of_redis(both, make):
    both[1].command("CONFIG", "SET", "rdbcompression", "no")
    for connection in both:
        make(connection)
    replies = [connection.command("DUMP", "k") for connection in both]
    both[1].command("CONFIG", "SET", "rdbcompression", "yes")
    assert replies[0] == replies[1]


def old_hashes(pairs):
    flat = [element for pair in pairs for element in pair]
    yield 4, rdb.length(len(pairs)) + b"".join(map(rdb.string, flat))
    yield 4, rdb.length(len(pairs)) + b"".join(map(rdb.literal_lzf, flat))
    yield 9, rdb.string(rdb.zipmap(pairs))
    yield 9, rdb.literal_lzf(rdb.zipmap(pairs, unused=3))
    yield 13, rdb.string(rdb.ziplist(flat))
    yield 13, rdb.literal_lzf(rdb.ziplist(flat))
    yield 16, rdb.string(rdb.listpack(flat))


def old_sorted_sets(members):
    flat = [element for member, number in members for element in (member, b"%.17g" % number)]
    yield 3, rdb.length(len(members)) + b"".join(rdb.string(m) + rdb.text_score(n) for m, n in members)
    yield 5, rdb.length(len(members)) + b"".join(rdb.string(m) + struct.pack("<d", n) for m, n in members)
    yield 12, rdb.string(rdb.ziplist(flat))
    yield 17, rdb.string(rdb.listpack(flat))


def old_lists(elements):
    parts = [elements[:3], [], elements[3:]]
    yield 1, rdb.length(len(elements)) + b"".join(map(rdb.string, elements))
    yield 10, rdb.string(rdb.ziplist(elements))
    yield 14, rdb.length(3) + b"".join(rdb.string(rdb.ziplist(part)) for part in parts)
    yield 18, rdb.length(3) + b"".join(rdb.length(2) + rdb.string(rdb.listpack(part)) for part in parts)
    yield 18, rdb.length(3) + b"".join(
        (rdb.length(1) + rdb.string(b"plain" * 9), rdb.length(2) + rdb.literal_lzf(rdb.listpack(elements)),
         rdb.length(1) + b"\xc0\x05"))


@pytest.mark.parametrize("seed", SEEDS)
def test_encodings_of_former_versions(both, seed):
    """What Redis 7.0 reads but does not write any more, written by hand."""
    generator = random.Random(seed)
    fields = words(generator, 60)
    pairs = [(field, word(generator)) for field in fields]
    members = sorted(((field, float(score(generator))) for field in fields), key=lambda one: (one[1], one[0]))
    numbers = {generator.getrandbits(40) - (1 << 39) for _ in range(20)}
    payloads = [*old_hashes(pairs), *old_sorted_sets(members), *old_lists(fields), (11, rdb.string(rdb.intset(numbers))),
                (2, rdb.length(len(fields)) + b"".join(map(rdb.string, fields)))]
    for version in (1, 9, 10):
        for kind, body in payloads:
            one = rdb.payload(kind, body, version)
            assert [c.command("RESTORE", "k", 0, one, "REPLACE").value for c in both] == [b"OK"] * 2, (kind, version)
            assert content(both[0], "k") == content(both[1], "k"), kind


def test_newer_encodings(both):
    """Of Redis 7.2 and 7.4, which 7.0 does not know."""
    snug = both[0]
    later = 4_000_000_000_000
    members = rdb.payload(20, rdb.string(rdb.listpack([b"b", b"1", b"a"])), 11)
    assert snug.command("RESTORE", "s", 0, members).value == b"OK"
    assert [m.value for m in snug.command("SMEMBERS", "s").value] == [b"b", b"1", b"a"]
    assert snug.command("OBJECT", "ENCODING", "s").value == b"listpack"
    packed = rdb.listpack([b"f", b"v", b"%d" % later, b"g", b"w", b"0"])
    body = struct.pack("<Q", later) + rdb.string(packed)
    assert snug.command("RESTORE", "h", 0, rdb.payload(25, body, 12)).value == b"OK"
    table = struct.pack("<Q", later) + rdb.length(3) + b"".join(
        rdb.length(n) + rdb.string(f) + rdb.string(v)
        for n, f, v in ((1, b"f", b"v"), (0, b"g", b"w"), (6, b"h", b"x")))
    assert snug.command("RESTORE", "t", 0, rdb.payload(24, table, 12)).value == b"OK"
    # Of the release candidates of 7.4.
    assert snug.command("RESTORE", "hc", 0, rdb.payload(23, rdb.string(packed), 12)).value == b"OK"
    table_c = rdb.length(2) + b"".join(
        rdb.length(n) + rdb.string(f) + rdb.string(v) for n, f, v in ((later, b"f", b"v"), (0, b"g", b"w")))
    assert snug.command("RESTORE", "tc", 0, rdb.payload(22, table_c, 12)).value == b"OK"
    two = [later, -1, -2]
    for key, times in (("h", two), ("hc", two), ("tc", two), ("t", [later, -1, later + 5])):
        reply = snug.command("HPEXPIRETIME", key, "FIELDS", 3, "f", "g", "h")
        assert [one.value for one in reply.value] == times
        dumped = snug.command("DUMP", key).value
        assert dumped[-10:-8] == b"\x0c\0" and dumped[0] == 25
        assert snug.command("RESTORE", "copy", 0, dumped, "REPLACE").value == b"OK"
        assert snug.command("HPEXPIRETIME", "copy", "FIELDS", 3, "f", "g", "h") == reply
    snug.command("CONFIG", "SET", "hash-max-listpack-entries", 2)
    assert snug.command("RESTORE", "u", 0, rdb.payload(24, table, 12)).value == b"OK"
    dumped = snug.command("DUMP", "u").value
    assert dumped[0] == 24 and snug.command("RESTORE", "copy", 0, dumped, "REPLACE").value == b"OK"
    assert [one.value for one in snug.command("HPEXPIRETIME", "copy", "FIELDS", 3, "f", "g", "h").value] == [
        later, -1, later + 5]


def test_what_a_hash_with_expiring_fields_refuses(both):
    snug = both[0]
    late = struct.pack("<Q", 4_000_000_000_000)

    def refuses(kind, body, version=12):
        reply = snug.command("RESTORE", "k", 0, rdb.payload(kind, body, version))
        return reply.kind == "error" and reply.value == b"ERR Bad data format"
    assert refuses(25, late + rdb.string(rdb.listpack([b"f", b"v"])))
    assert refuses(25, late + rdb.string(rdb.listpack([b"f", b"v", b"x"])))
    assert refuses(25, late + rdb.string(rdb.listpack([b"f", b"v", b"-1"])))
    assert refuses(25, late + rdb.string(rdb.listpack([b"f", b"v", b"0", b"f", b"w", b"0"])))
    assert refuses(25, late + rdb.string(rdb.listpack([])))
    assert refuses(25, late[:5])
    assert refuses(24, late + rdb.length(1) + rdb.length(1 << 62) + rdb.string(b"f") + rdb.string(b"v"))
    assert refuses(24, b"\xff" * 7 + b"\x7f" + rdb.length(1) + rdb.length(2) + rdb.string(b"f") + rdb.string(b"v"))
    assert refuses(24, late + rdb.length(0))
    assert snug.command("RESTORE", "k", 0, rdb.payload(20, rdb.string(rdb.listpack([b"a"])), 13)).value == (
        b"ERR DUMP payload version or checksum are wrong")


def test_fields_that_are_past_their_time_are_left_out(both):
    snug = both[0]
    body = struct.pack("<Q", 5) + rdb.string(rdb.listpack([b"f", b"v", b"5", b"g", b"w", b"0"]))
    assert snug.command("RESTORE", "k", 0, rdb.payload(25, body, 12)).value == b"OK"
    assert content(snug, "k") == (b"hash", {b"g": b"w"})
    body = struct.pack("<Q", 5) + rdb.string(rdb.listpack([b"f", b"v", b"5"]))
    assert snug.command("RESTORE", "k", 0, rdb.payload(25, body, 12), "REPLACE").value == b"OK"
    assert snug.command("EXISTS", "k").value == 0


CORRUPT = [
    (0, b""), (0, b"\xc4"), (0, b"\x82\0\0\0\0"), (0, b"\x81" + b"\xff" * 8), (0, b"\xc3\x01\x05\x00"),
    (0, b"\xc3\x03\x64\x01aa"), (0, b"\xc3\x05\x81" + b"\x7f" * 8 + b"\x00a\xff\xff\x00"),
    (0, b"\xc3\x03\x05\x20\x05a"),
    (1, b"\0"), (2, b"\0"), (3, b"\0"), (4, b"\0"), (5, b"\0"), (14, b"\0"), (18, b"\0"),
    (2, b"\x02\x01a\x01a"), (2, b"\x81" + b"\x0f" + b"\xff" * 7 + b"\x01a"), (4, b"\x81\x7f" + b"\xff" * 7),
    (4, b"\x01\x01f"),
    (5, b"\x01\x01a" + struct.pack("<d", float("nan"))), (3, b"\x01\x01a\xfd"),
    (5, b"\x02" + (b"\x01a" + struct.pack("<d", 1)) * 2),
    (6, b"\0"), (7, b"\0"), (8, b"\0"), (26, b"\0"), (255, b"\0"),
    (11, rdb.string(struct.pack("<II", 2, 0))), (11, rdb.string(struct.pack("<II", 3, 1) + b"\0\0\0")),
    (16, rdb.string(rdb.listpack([]))), (17, rdb.string(rdb.listpack([]))), (13, rdb.string(rdb.ziplist([]))),
    (10, rdb.string(rdb.ziplist([]))), (14, rdb.length(1) + rdb.string(rdb.ziplist([]))), (1, b"\x02\x01a"),
    (18, rdb.length(1) + rdb.length(2) + rdb.string(rdb.listpack([]))), (18, b"\x01\x03\x01a"),
    (18, rdb.length(1) + rdb.length(1) + rdb.string(b"")), (16, rdb.string(b"")), (16, b"\xc0\x05"), (13, rdb.string(b"\xff"))]


@pytest.mark.parametrize("kind, body", CORRUPT)
def test_corrupt_payloads(both, kind, body):
    """Those that Redis refuses too without looking deep."""
    both[0].command("SET", "k", "kept")
    both[1].command("SET", "k", "kept")
    one = rdb.payload(kind, body)
    replies = [c.command("RESTORE", "k", 0, one, "REPLACE") for c in both]
    assert replies[0] == replies[1] and replies[0].value == b"ERR Bad data format"
    assert both[0].command("GET", "k").value == b"kept"


DEEPLY_CORRUPT = [
    (0, b"\x05abc"), (5, b"\x01\x01a\0\0\0"), (4, b"\x02\x01f\x01v\x01f\x01w"),
    (11, rdb.string(struct.pack("<IIhh", 2, 2, 5, 5))), (11, rdb.string(struct.pack("<IIhh", 2, 2, 5, 4))),
    (16, rdb.string(rdb.listpack([b"f", b"v", b"f", b"w"]))), (16, rdb.string(rdb.listpack([b"f"]))),
    (17, rdb.string(rdb.listpack([b"a", b"x"]))), (17, rdb.string(rdb.listpack([b"a", b"nan"]))),
    (17, rdb.string(rdb.listpack([b"a", b"1", b"a", b"2"]))),
    (16, rdb.string(rdb.listpack([b"f", b"v"])[:-2] + b"\x7f\xff")), (0, b"\x03abcd")]


@pytest.mark.parametrize("kind, body", DEEPLY_CORRUPT)
def test_deeply_corrupt_payloads(both, kind, body):
    """Those that Redis takes unless it is told to look deep, or takes whatever it is told."""
    assert both[0].command("RESTORE", "k", 0, rdb.payload(kind, body)).value == b"ERR Bad data format"
    assert both[0].command("EXISTS", "k").value == 0


def stream_payload(connection):
    """Of a stream with entries and groups that is neither tiny nor long."""
    for seed in range(1000):
        connection.command("DEL", "s")
        make_stream(random.Random(seed), connection, "s")
        dumped = connection.command("DUMP", "s").value
        if 300 < len(dumped) < 700 and connection.command("XINFO", "GROUPS", "s").value:
            return dumped
    raise AssertionError("no stream of that size")


def test_every_cut_and_every_changed_byte(both):
    """Without a true checksum none is taken; with one the key is there or not, and can be read."""
    snug = both[0]
    flat = [b"f", b"v", b"g", b"7", b"h", b"x" * 70]
    pairs = list(zip(flat[::2], flat[1::2]))
    stream = stream_payload(both[1])
    for kind, body in [(stream[0], stream[1:-10]), (4, rdb.length(3) + b"".join(map(rdb.string, flat))), (16, rdb.string(rdb.listpack(flat))),
                       (13, rdb.string(rdb.ziplist(flat))), (9, rdb.string(rdb.zipmap(pairs))),
                       (2, rdb.length(6) + b"".join(map(rdb.string, flat))), (11, rdb.string(rdb.intset([1, 5, 900])))]:
        whole = rdb.payload(kind, body)
        for cut in range(len(whole)):
            assert snug.command("RESTORE", "k", 0, whole[:cut]).value == (
                b"ERR DUMP payload version or checksum are wrong")
            assert snug.command("RESTORE", "k", 0, rdb.payload(kind, body[:cut])).kind == "error" or cut >= len(body)
            snug.command("DEL", "k")
        for place in range(len(whole) - 10):
            for change in (1, 0x80, 0xff):
                data = bytearray(whole)
                data[place] ^= change
                assert snug.command("RESTORE", "k", 0, bytes(data)).kind == "error"
                reply = snug.command("RESTORE", "k", 0, rdb.rechecked(bytes(data)))
                if reply.value == b"OK":
                    content(snug, "k")
                    snug.command("DEL", "k")
                else:
                    assert reply.value in (
                        b"ERR Bad data format", b"ERR DUMP payload version or checksum are wrong"), reply


def test_a_claim_costs_no_memory(both):
    """A short payload that claims much is refused for what it is."""
    snug = both[0]

    def peak():
        info = snug.command("INFO", "memory").value.decode()
        return int(next(line for line in info.splitlines() if line.startswith("used_memory_rss:")).split(":")[1])
    before = peak()
    huge = rdb.length(1 << 60)
    for kind in (2, 3, 4, 5):
        for body in (huge, huge + rdb.string(b"a"), rdb.length((1 << 32) - 1)):
            assert snug.command("RESTORE", "k", 0, rdb.payload(kind, body)).value == b"ERR Bad data format"
    for claimed in (1 << 29, 1 << 40, 1 << 62):
        body = b"\xc3" + rdb.length(4) + rdb.length(claimed) + b"\x00a\xff\xff"
        assert snug.command("RESTORE", "k", 0, rdb.payload(0, body)).value == b"ERR Bad data format"
    assert peak() - before < 64 << 20
