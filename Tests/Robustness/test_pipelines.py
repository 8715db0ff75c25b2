"""Pipelines on data so large that the server looks at the commands to come before it runs the first: replies are those
of a plain model, whatever the commands are and however their bytes arrive."""

import random

import pytest

from Robustness.model import COLLECTIONS, COUNT, KINDS, WRITES, Model, run
from snugtest.connection import encode


@pytest.fixture(scope="module")
def filled(server):
    """A model and a server that holds some megabytes of each type."""
    model = Model(random.Random(20))
    with server.connect(timeout=60) as connection:
        for kind in WRITES:
            for _ in range(COUNT // 500):
                run(connection, [model.command(kind) for _ in range(500)])
    return model


def test_pipelines_on_large_data(server, filled):
    source = filled.source
    with server.connect(timeout=60) as connection:
        for key in COLLECTIONS:
            assert connection.command("MEMORY", "USAGE", key).value > 1 << 20
        for _ in range(400):
            kinds = KINDS if source.random() < 0.5 else (source.choice(KINDS),)
            commands = [filled.command(source.choice(kinds)) for _ in range(source.randint(1, 60))]
            size = sum(len(encode(words)) for words, _ in commands)
            cuts = [source.randrange(size) for _ in range(source.randint(0, 4))]
            run(connection, commands, cuts)
