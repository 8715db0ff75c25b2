"""A reproducible stream of random commands, in segments that must stay whole."""

import random

from . import (bitmaps, dumps, geo, hashes, hyperloglogs, keys, lists, server, sets, settings, sorting, sortedsets, streams,
               strings)
from .operation import operation
from .pools import Choice

DATA = (strings.ALL + keys.ALL + hashes.ALL + lists.ALL + sets.ALL + sortedsets.ALL + bitmaps.ALL + hyperloglogs.ALL
        + dumps.ALL + geo.ALL + sorting.ALL + streams.ALL)
SERVER = server.ALL + settings.ALL
# What a transaction cannot hold, because it ends it or changes whether and how it is answered.
_ALONE = {server.hello, server.reset, server.silence, server.slow}


class Generator:
    """The same seed gives the same segments, whatever the servers answer."""

    def __init__(self, seed, makers=tuple(DATA + SERVER)):
        self.functions, self.weights = zip(*makers)
        self.random = random.Random(seed)
        self.choice = Choice(self.random)

    def segments(self, commands):
        """Segments with at least `commands` commands in all."""
        made = 0
        while made < commands:
            segment = self._segment()
            made += len(segment)
            yield segment

    def _segment(self):
        roll = self.random.random()
        if roll < 0.015:
            return self._transaction()
        if roll < 0.03:
            return [self._wrong_arity()]
        if roll < 0.035:
            return [self._single().on(1)]
        return self._any()

    def _any(self, alone=True):
        while True:
            function = self.random.choices(self.functions, self.weights)[0]
            if alone or function not in _ALONE:
                made = function(self.choice)
                return made if isinstance(made, list) else [made]

    def _single(self):
        while len(made := self._any(alone=False)) != 1:
            pass
        return made[0]

    def _wrong_arity(self):
        """A command that lacks its last arguments, or has one too many."""
        # BITCOUNT and BITPOS look at their words first since 7.2; see bitmaps.py.
        while (one := self._single()).arguments[0].upper() in (b"BITCOUNT", b"BITPOS"):
            pass
        if self.random.random() < 0.5:
            arguments = one.arguments + (b"extra",)
        else:
            arguments = one.arguments[:self.random.randint(1, len(one.arguments))]
        random = one.how in ("among", "amongPairs", "scan", "scanPairs")
        how = "kind" if random or arguments[0] in (b"RANDOMKEY", b"HRANDFIELD", b"SRANDMEMBER", b"COMMAND") else one.how
        return one._replace(arguments=arguments, how=how)

    def _transaction(self):
        """WATCH, perhaps a change by another connection, MULTI, commands, EXEC or DISCARD."""
        segment = []
        if self.choice.chance(0.6):
            segment.append(operation(b"WATCH", *self.choice.keys()))
            if self.choice.chance(0.5):
                segment.append(self._single().on(self.choice.of(0, 1)))
            if self.choice.chance(0.1):
                segment.append(operation(b"UNWATCH"))
        inner = [one for _ in range(self.choice.of(0, 1, 3, 8)) for one in self._any(alone=False)]
        segment.append(operation(b"MULTI"))
        # They are answered with QUEUED; how they compare counts when a difference is cut down and MULTI goes first.
        segment += inner
        if self.choice.chance(0.1):
            segment.append(operation(*self.choice.of((b"FOO",), (b"GET",), (b"MULTI",), (b"WATCH", b"a"))))
        if self.choice.chance(0.1):
            return segment + [operation(b"DISCARD")]
        return segment + [operation(b"EXEC", how="exec")._replace(parts=tuple(inner))]
