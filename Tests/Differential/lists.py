"""Random commands on lists."""

from . import pools
from .operation import operation

ENDS = [b"LEFT", b"RIGHT", b"left", b"Right"]


def element(c):
    """Few different ones, so that there is something to find; now and then any value."""
    return b"%d" % c.random.randint(-3, 9) if c.chance(0.5) else c.field() if c.chance(0.7) else c.value()


def elements(c):
    return [element(c) for _ in range(c.of(1, 1, 1, 2, 3, 8, 40))]


def end(c):
    return c.of(*ENDS) if c.chance(0.97) else c.of(b"", b"UP", b"LEFT ")


def index(c):
    return c.of(*pools.INDEXES) if c.chance(0.3) else b"%d" % c.random.randint(-12, 12)


def push(c):
    return operation(c.case(c.of(b"LPUSH", b"RPUSH", b"RPUSH", b"LPUSHX", b"RPUSHX")), c.key(), *elements(c))


def pop(c):
    count = c.of([], [], [b"1"], [b"2"], [b"5"], [c.of(*pools.COUNTS)])
    return operation(c.case(c.of(b"LPOP", b"RPOP")), c.key(), *count)


def pop_first(c):
    keys = c.keys(3)
    number = b"%d" % len(keys) if c.chance(0.9) else c.of(b"0", b"-1", b"1", b"9", b"x")
    count = c.of([], [], [b"COUNT", b"3"], [b"count", c.of(*pools.COUNTS)], [b"COUNT"], [b"FOO", b"1"],
                 [b"COUNT", b"1", b"COUNT", b"1"])
    return operation(b"LMPOP", number, *keys, end(c), *count)


def move(c):
    if c.chance(0.3):
        return operation(b"RPOPLPUSH", c.key(), c.key())
    source = c.key()
    return operation(b"LMOVE", source, c.of(source, c.key()), end(c), end(c))


def read(c):
    return c.of(
        operation(b"LLEN", c.key()), operation(b"LINDEX", c.key(), index(c)),
        operation(b"LRANGE", c.key(), index(c), index(c)), operation(b"LRANGE", c.key(), b"0", b"-1"))


def find(c):
    options = [c.of([], [], [c.case(b"RANK"), c.of(b"1", b"2", b"-1", b"-2", b"5", b"0", b"x")]),
               c.of([], [c.case(b"COUNT"), c.of(*pools.COUNTS)]),
               c.of([], [], [c.case(b"MAXLEN"), c.of(b"0", b"1", b"5", b"100", b"-1", b"x")]),
               c.of([], [], [], [], [], [b"FOO"], [b"RANK"], [b"RANK", b"2"])]
    c.random.shuffle(options)
    return operation(b"LPOS", c.key(), element(c), *[word for option in options for word in option])


def insert(c):
    where = c.of(b"BEFORE", b"AFTER", b"before", b"After") if c.chance(0.97) else c.of(b"", b"BESIDE")
    return operation(b"LINSERT", c.key(), where, element(c), element(c))


def replace(c):
    return operation(b"LSET", c.key(), index(c), element(c))


def remove(c):
    return operation(b"LREM", c.key(), c.of(b"0", b"1", b"-1", b"2", b"-2", b"100", b"x", b"1.5"), element(c))


def trim(c):
    return operation(b"LTRIM", c.key(), index(c), index(c))


def threshold(c):
    return operation(
        b"CONFIG", b"SET", c.of(b"list-max-listpack-size", b"list-max-ziplist-size"),
        c.of(b"-2", b"-1", b"-5", b"0", b"1", b"3", b"16", b"128"))


ALL = [(push, 10), (pop, 3), (pop_first, 2), (move, 4), (read, 5), (find, 4), (insert, 3), (replace, 3), (remove, 3),
       (trim, 1.5), (threshold, 0.3)]
