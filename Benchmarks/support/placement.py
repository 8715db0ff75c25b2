"""Keeps a server on one processor and the load generator on another.

Of a shared machine's processors one is often faster than the other, by a third and for seconds, because somebody else has the
other half of its core. Left alone a server stays where it is, so that one may be measured on the faster processor and the
other on the slower. Kept in place, both servers of a round stand on the same one; from round to round it changes."""

import os
from dataclasses import dataclass

EXPLANATION = ("The server is kept on one processor and the load generator on another; they change places from round to "
               "round.")


@dataclass(frozen=True)
class Placement:
    """Numbers of processors; None where there is only one."""

    server: int | None
    generator: int | None


def placement(number: int) -> Placement:
    """That of a round. On a machine of more processors the same two are used."""
    processors = sorted(os.sched_getaffinity(0))[:2]
    if len(processors) < 2:
        return Placement(None, None)
    return Placement(processors[number % 2], processors[(number + 1) % 2])
