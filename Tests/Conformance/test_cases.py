"""Every case of every folder here, against Snug and redis-server, in RESP2 and RESP3."""

import pathlib

import pytest

from conformance.parse import parse_file
from conformance.run import CaseRun, Mismatch
from snugtest.server import self_check

FOLDER = pathlib.Path(__file__).parent


def all_runs():
    for path in sorted(FOLDER.glob("*/*.cases")):
        shown = path.relative_to(FOLDER).as_posix()
        for case in parse_file(path, f"Tests/Conformance/{shown}"):
            for protocol in case.protocols:
                name = f"{shown.removesuffix('.cases')}:{case.line}-{case.name}-resp{protocol}"
                yield pytest.param(case, protocol, id=name)


@pytest.mark.parametrize("case, protocol", list(all_runs()))
def test_case(case, protocol, baselines):
    if case.snug_only and self_check:
        pytest.skip("asks Snug alone")
    snug, redis = baselines
    for baseline in baselines:
        baseline.restore()
    starts = snug.server.starts
    try:
        CaseRun(case, snug.server, None if case.snug_only else redis.server, protocol,
                check_expectations=not self_check).run()
        told = None
    except Mismatch as mismatch:
        told = str(mismatch)
    finally:
        for baseline in baselines:
            baseline.restore(case.changes_configuration)
    if snug.server.starts > starts:
        pytest.fail(f"Snug ended during the case:\n{snug.server.log()}\n{told or ''}", pytrace=False)
    if told:
        pytest.fail(told, pytrace=False)
