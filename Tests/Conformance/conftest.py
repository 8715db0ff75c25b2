"""One pair of servers for all cases, brought back to the same state before each."""

import pytest

from conformance.baseline import Baseline


@pytest.fixture(scope="session")
def baselines(snug, redis):
    return Baseline(snug), Baseline(redis)
