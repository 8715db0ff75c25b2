#!/usr/bin/env python3
"""Write a named data set as commands for `redis-cli --pipe`.

usage: datasets.py NAME [COUNT]        datasets.py --list

A data set is the same on every run: its randomness has a fixed seed. COUNT is the number of logical
items, one million when it is left out. Each line is one inline command.
"""

import random
import sys
import uuid
import zlib
from itertools import islice

LOWERCASE = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
ALPHANUMERIC = LOWERCASE + LOWERCASE.upper() + DIGITS

DATASETS = {}


def dataset(function):
    DATASETS[function.__name__] = function
    return function


def text(source, alphabet, count):
    return "".join(source.choices(alphabet, k=count))


def blocked(user):
    """Every seventh user is blocked."""
    return int(user % 7 == 0)


# Strings


@dataset
def plain_flags(count):
    """user:N:blocked -> 0/1, a key each"""
    for user in range(1, count + 1):
        yield f"SET user:{user}:blocked {blocked(user)}"


@dataset
def plain_ints(count):
    """integer keys with small integer values"""
    for i in range(count):
        yield f"SET {i} {i % 97}"


@dataset
def plain_flags_ttl(count):
    """user:N:blocked, each key with its own expiry"""
    for user in range(1, count + 1):
        yield f"SET user:{user}:blocked 1 EX {100000 + user % 1000}"


@dataset
def external_ids(count):
    """user:N:external_id -> five letters and digits"""
    source = random.Random(11)
    for user in range(1, count + 1):
        yield f"SET user:{user}:external_id {text(source, 'ABCDEFGHJKLMNPQRSTUVWXYZ' + DIGITS, 5)}"


@dataset
def sparse_ints(count):
    """ids spread thinly over 10^9"""
    source = random.Random(7)
    for _ in range(count):
        yield f"SET user:{source.randrange(10**9)}:blocked {source.randrange(2)}"


@dataset
def uuid_sessions(count):
    """session:<uuid> -> seven digits"""
    source = random.Random(1)
    for _ in range(count):
        session = uuid.UUID(int=source.getrandbits(128))
        yield f"SET session:{session} {source.randrange(10**6, 10**7)}"


@dataset
def text_keys(count):
    """keys and values without structure, 20 characters each"""
    source = random.Random(3)
    for _ in range(count):
        yield f"SET {text(source, ALPHANUMERIC, 20)} {text(source, ALPHANUMERIC, 20)}"


ALPHABETS = {"lower": LOWERCASE + DIGITS, "mixed": ALPHANUMERIC, "hex": DIGITS + "abcdef"}
KEY_LENGTHS = (8, 12, 16, 20, 32)
BUCKET = 500


def random_pairs(alphabet, length, count):
    """Random keys with the values of plain_ints."""
    source = random.Random(31)
    for i in range(count):
        yield text(source, ALPHABETS[alphabet], length), i % 97


def random_keys(alphabet, length):
    def generate(count):
        for key, value in random_pairs(alphabet, length, count):
            yield f"SET {key} {value}"

    generate.__name__ = f"random_keys_{alphabet}_{length}"
    generate.__doc__ = f"{length} random characters -> the values of plain_ints, a key each"
    return generate


def random_buckets(alphabet, length):
    def generate(count):
        buckets = max(1, count // BUCKET)
        for key, value in random_pairs(alphabet, length, count):
            yield f"HSET b:{zlib.crc32(key.encode()) % buckets} {key} {value}"

    generate.__name__ = f"random_buckets_{alphabet}_{length}"
    generate.__doc__ = f"random_keys_{alphabet}_{length} by hand: hashed to hashes of {BUCKET} on average"
    return generate


for alphabet in ALPHABETS:
    for length in KEY_LENGTHS:
        dataset(random_keys(alphabet, length))
        dataset(random_buckets(alphabet, length))


@dataset
def profiles(count):
    """user:N:profile -> 100 bytes of text"""
    source = random.Random(5)
    for user in range(1, count + 1):
        yield f"SET user:{user}:profile {text(source, LOWERCASE + DIGITS, 100)}"


@dataset
def churn(count):
    """plain_flags in random order, overwritten, deleted and written again at random, then restored"""
    source = random.Random(9)
    users = list(range(1, count + 1))
    source.shuffle(users)
    for user in users:
        yield f"SET user:{user}:blocked {blocked(user)}"
    for _ in range(count):
        user = source.randrange(1, count + 1)
        choice = source.random()
        if choice < 0.2:
            yield f"DEL user:{user}:blocked"
        else:
            yield f"SET user:{user}:blocked {source.randrange(2 if choice < 0.6 else 1000)}"
    for user in users:
        yield f"SET user:{user}:blocked {blocked(user)}"


# Hashes


@dataset
def hash_flags(count):
    """plain_flags by hand: a thousand users to a hash"""
    for user in range(1, count + 1):
        yield f"HSET user:blocked:{(user - 1) // 1000} {user} {blocked(user)}"


def integers_by_bucket(bucket):
    def generate(count):
        for i in range(count):
            yield f"HSET {i // bucket} {i} {i % 97}"

    generate.__name__ = f"hash_ints_{bucket}"
    generate.__doc__ = f"plain_ints by hand: {bucket} to a hash"
    return generate


for size in (10, 100, 500, 512, 513, 1000, 10000):
    dataset(integers_by_bucket(size))


@dataset
def user_hashes(count):
    """a small hash per user, always the same three fields"""
    source = random.Random(2)
    for user in range(1, count + 1):
        yield f"HSET user:{user} name u{user} email u{user}@example.com age {source.randrange(18, 90)}"


# Sets, sorted sets, lists, streams


@dataset
def big_set_ints(count):
    """one set of consecutive integers"""
    for i in range(count):
        yield f"SADD s {i}"


@dataset
def big_set_text(count):
    """one set of 16-character members"""
    source = random.Random(21)
    for _ in range(count):
        yield f"SADD s {text(source, LOWERCASE + DIGITS, 16)}"


@dataset
def big_zset(count):
    """one leaderboard: player:N with a random integer score"""
    source = random.Random(22)
    for i in range(count):
        yield f"ZADD z {source.randrange(10**6)} player:{i}"


@dataset
def big_list(count):
    """one list of 10-digit numbers"""
    source = random.Random(23)
    for _ in range(count):
        yield f"RPUSH l {source.randrange(10**9, 10**10)}"


@dataset
def small_sets(count):
    """sets of ten integers"""
    source = random.Random(24)
    for user in range(count // 10):
        yield f"SADD user:{user}:tags " + " ".join(str(source.randrange(10**5)) for _ in range(10))


@dataset
def small_zsets(count):
    """sorted sets of ten members"""
    source = random.Random(25)
    for user in range(count // 10):
        members = (f"{source.randrange(1000)} item:{source.randrange(10**5)}" for _ in range(10))
        yield f"ZADD user:{user}:top " + " ".join(members)


@dataset
def small_lists(count):
    """lists of ten ids"""
    source = random.Random(26)
    for user in range(count // 10):
        yield f"RPUSH user:{user}:recent " + " ".join(str(source.randrange(10**6)) for _ in range(10))


@dataset
def stream(count):
    """one stream of readings, always the same three fields"""
    source = random.Random(27)
    for i in range(count):
        fields = f"sensor {i % 50} temp {source.randrange(150, 350)} hum {source.randrange(100)}"
        yield f"XADD st {1700000000000 + i * 10}-0 {fields}"


def main(arguments):
    if arguments == ["--list"]:
        for name, function in DATASETS.items():
            print(f"{name:23} {function.__doc__}")
        return
    if not arguments or arguments[0] not in DATASETS:
        sys.exit(__doc__)
    lines = DATASETS[arguments[0]](int(arguments[1]) if len(arguments) > 1 else 1_000_000)
    while chunk := list(islice(lines, 10_000)):
        sys.stdout.write("\n".join(chunk) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
