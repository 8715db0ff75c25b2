"""A hundred thousand random commands and more against both servers in every test run."""

import os

import pytest

from Differential.campaign import Failure, run_campaign

COMMANDS = int(os.environ.get("SNUG_DIFFERENTIAL_COMMANDS", "60000"))
SEED = int(os.environ.get("SNUG_DIFFERENTIAL_SEED", "20240719"))


@pytest.mark.parametrize("protocol", [2, 3])
def test_random_commands(snug, redis, protocol):
    try:
        done = run_campaign(snug, redis, COMMANDS, SEED + protocol, protocol)
    except Failure as failure:
        pytest.fail(str(failure), pytrace=False)
    assert done >= COMMANDS
