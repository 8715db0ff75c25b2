"""Thousands of additions and merges, the bytes of every HyperLogLog compared after each, and values that move."""

import os
import random

SEED = int(os.environ.get("SNUG_DIFFERENTIAL_SEED", "20240719"))
ROUNDS = int(os.environ.get("SNUG_HYPERLOGLOG_ROUNDS", "3000"))
KEYS = [b"h:%d" % number for number in range(6)]


def same(sides, *command):
    replies = [side.command(*command) for side in sides]
    assert replies[0] == replies[1], command[:3]
    return replies[0]


def test_bytes_after_additions_and_merges(snug, redis):
    choice = random.Random(SEED)
    with snug.connect() as ours, redis.connect() as theirs:
        sides = (ours, theirs)
        for side in sides:
            side.command("FLUSHALL")
        for round_number in range(ROUNDS):
            roll, key = choice.random(), choice.choice(KEYS)
            if roll < 0.7:
                count, span = choice.choice([(1, 50), (3, 1000), (20, 10**6), (200, 10**9)])
                same(sides, "PFADD", key, *[b"%d" % choice.randrange(span) for _ in range(count)])
            elif roll < 0.85:
                same(sides, "PFMERGE", key, *choice.choices(KEYS, k=choice.randint(0, 3)))
            elif roll < 0.93:
                same(sides, "PFCOUNT", *choice.choices(KEYS, k=choice.choice([1, 1, 1, 2, 4])))
            elif roll < 0.96:
                same(sides, "CONFIG", "SET", "hll-sparse-max-bytes", choice.choice([3000, 3000, 64, 700, 12000]))
            else:
                same(sides, "DEL", key)
            same(sides, "GET", key)
            if round_number % 100 == 0:
                for each in KEYS:
                    same(sides, "GET", each)
        for side in sides:
            side.command("CONFIG", "SET", "hll-sparse-max-bytes", "3000")
            side.command("FLUSHALL")


def test_values_move_both_ways(snug, redis):
    with snug.connect() as ours, redis.connect() as theirs:
        for source, target in ((ours, theirs), (theirs, ours)):
            for count in (0, 1, 5, 100, 900, 20_000):
                for side in (ours, theirs):
                    side.command("FLUSHALL")
                for start in range(0, count, 500):
                    source.command("PFADD", "h", *[b"%d" % n for n in range(start, min(start + 500, count))])
                source.command("PFADD", "h")
                value = source.command("GET", "h").value
                target.command("SET", "h", value)
                assert source.command("PFCOUNT", "h") == target.command("PFCOUNT", "h")
                more = [b"more:%d" % n for n in range(50)]
                assert source.command("PFADD", "h", *more) == target.command("PFADD", "h", *more)
                assert source.command("GET", "h") == target.command("GET", "h")
        for side in (ours, theirs):
            side.command("FLUSHALL")
