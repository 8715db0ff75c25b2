"""Random commands on HyperLogLogs. Their bytes are compared by GET: after some commands, and in every state.

They have keys of their own most of the time, or there would seldom be one under a key. What is corrupt is left out:
Snug refuses it always, Redis when it comes upon it.
"""

from .operation import operation

KEYS = [b"hll:1", b"hll:2", b"hll:3", b"hll:4", b"{hll}"]


def key(c):
    return c.key() if c.chance(0.08) else c.of(*KEYS)


def element(c):
    return c.value() if c.chance(0.2) else b"%d" % c.random.randint(0, c.of(30, 3000, 2**40))


def add(c):
    name = key(c)
    count = c.of(0, 1, 1, 2, 5, 20, 300)
    return [operation(c.case(b"PFADD"), name, *[element(c) for _ in range(count)]), operation(b"GET", name)]


def count(c):
    names = [key(c) for _ in range(c.of(1, 1, 2, 3))]
    return [operation(c.case(b"PFCOUNT"), *names), operation(b"GET", names[0])]


def merge(c):
    names = [key(c) for _ in range(c.of(1, 2, 2, 3))]
    return [operation(c.case(b"PFMERGE"), *names), operation(b"GET", names[0])]


def debug(c):
    return operation(c.case(b"PFDEBUG"), c.case(c.of(b"ENCODING", b"DECODE", b"GETREG", b"TODENSE", b"FOO")), key(c))


def forget(c):
    return operation(b"DEL", c.of(*KEYS))


def limit(c):
    return operation(b"CONFIG", b"SET", b"hll-sparse-max-bytes", c.of(b"3000", b"3000", b"100", b"16384", b"0"))


def copy(c):
    """A value that was read is stored again elsewhere: as GET and SET move it."""
    return c.of(operation(b"COPY", c.of(*KEYS), c.of(*KEYS), b"REPLACE"), operation(b"APPEND", c.of(*KEYS), b""),
                operation(b"SETRANGE", c.of(*KEYS), b"20", b""), operation(b"STRLEN", c.of(*KEYS)))


ALL = [(add, 6), (count, 2.5), (merge, 2.5), (debug, 1), (forget, 0.7), (limit, 0.15), (copy, 0.7)]
