"""Requests a second, by redis-benchmark, in rounds that alternate between the two servers."""

import csv
import io
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .report import note, table
from .rounds import Round, alternate, cells, header, said
from .server import MeasurementError, Program, Server

CONNECTIONS = 50
KEYS = 1_000_000
TARGETS = {16: 1.2, 1: 0.95}  # Snug / Redis at least, by commands in flight


@dataclass(frozen=True)
class Workload:
    """What one row measures, and what fills the server before it (itself, when nothing else is said)."""

    name: str
    arguments: tuple[str, ...]
    filler: tuple[str, ...] | None = None
    fill_requests: int = 2 * KEYS
    fill_commands: Callable[[], Iterable[list[str]]] | None = None  # in the place of `filler`
    has_target: bool = False
    target: float | None = None  # in the place of the target for all
    consumes: int = 0  # takes away what it measures on, so much at most, and the server is filled before each measurement
    keys: int = KEYS  # __rand_int__ is below
    connections: int = CONNECTIONS
    trial_requests: int | None = None  # of the trial run; for commands that take milliseconds each

    def goal(self, in_flight: int) -> float | None:
        """Snug / Redis at least."""
        return self.target or (TARGETS[in_flight] if self.has_target else None)


def _built_in(name: str, **more) -> Workload:
    return Workload(name, ("-t", name.lower()), **more)


_FILL_KEYS = ("-t", "set")
_FILL_HASH = ("-t", "hset")
WORKLOADS = {
    workload.name: workload
    for workload in [
        _built_in("SET", has_target=True),
        _built_in("GET", has_target=True, filler=_FILL_KEYS),
        _built_in("INCR", has_target=True),
        _built_in("HSET", has_target=True),
        _built_in("MSET", has_target=True, fill_requests=KEYS // 4),
        Workload("DEL", ("DEL", "key:__rand_int__"), filler=_FILL_KEYS, consumes=KEYS),
        Workload("HGET", ("HGET", "myhash", "element:__rand_int__"), filler=_FILL_HASH),
    ]
}
DEFAULT = [name for name, workload in WORKLOADS.items() if workload.has_target]


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float  # about how long one measurement takes
    fill: float  # share of the filling requests to send


@dataclass(frozen=True)
class Rates:
    workload: Workload
    in_flight: int
    requests: int
    rounds: list[Round]


def _benchmark(server: Server, workload: Workload, requests: int, in_flight: int,
               arguments: tuple[str, ...] | None = None) -> float:
    arguments = arguments or workload.arguments
    options = ["-p", server.port, "-c", workload.connections, "-r", workload.keys, "-n", requests, "-P", in_flight]
    command = ["redis-benchmark", "--csv", *map(str, options), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    rows = [row for row in csv.reader(io.StringIO(result.stdout)) if len(row) > 2 and row[1] != "rps"]
    if result.returncode != 0 or len(rows) != 1:
        said = (result.stderr + result.stdout).strip()
        raise MeasurementError(f"{server.program.name}: redis-benchmark {' '.join(arguments)} failed: {said}")
    return float(rows[0][1])


def _fill(server: Server, workload: Workload, plan: Plan) -> None:
    server.client("FLUSHALL")
    if workload.fill_commands:
        server.client.pipeline(workload.fill_commands())
    else:
        _benchmark(server, workload, int(workload.fill_requests * plan.fill), 16, workload.filler)


def _requests_for(seconds: float, server: Server, workload: Workload, in_flight: int) -> int:
    """A count that keeps the server busy for about that long; the trial run also warms up."""
    trial = workload.trial_requests or 20_000 * in_flight // 2 + 10_000
    return max(min(10_000, trial), int(_benchmark(server, workload, trial, in_flight) * seconds))


def _measure(servers: list[Server], workload: Workload, in_flight: int, plan: Plan) -> Rates:
    requests = _requests_for(plan.seconds, servers[0], workload, in_flight)
    _benchmark(servers[1], workload, max(requests // 4, 1), in_flight)
    if workload.consumes:
        requests = min(requests, workload.consumes)

    def run(i: int, _: int) -> tuple[float, float]:
        if workload.consumes:
            _fill(servers[i], workload, plan)
        before = servers[i].processor_seconds
        rate = _benchmark(servers[i], workload, requests, in_flight)
        return rate, (servers[i].processor_seconds - before) / requests * 1e6

    rounds = alternate(plan.rounds, run)
    note(f"{workload.name}, {in_flight} in flight: {said(rounds)}")
    return Rates(workload, in_flight, requests, rounds)


def measure(programs: list[Program], workloads: list[Workload], plan: Plan,
            depths: Iterable[int] = tuple(TARGETS)) -> list[Rates]:
    """Redis first, Snug second in `programs`; `depths` are the numbers of commands in flight."""
    results = {}
    with Server(programs[0]) as redis, Server(programs[1]) as snug:
        servers = [redis, snug]
        filled = None
        for workload in workloads:
            state = (workload.fill_commands or workload.filler or workload.arguments, workload.fill_requests)
            if state != filled or workload.consumes:
                for server in servers:
                    _fill(server, workload, plan)
            filled = None if workload.consumes or not (workload.filler or workload.fill_commands) else state
            for in_flight in depths:
                results[in_flight, workload.name] = _measure(servers, workload, in_flight, plan)
    return [results[in_flight, workload.name] for in_flight in depths for workload in workloads]


def rate_table(results: list[Rates], programs: list[Program]) -> str:
    return table(["command", "in flight", "requests", *header(programs)], [_row(rates) for rates in results])


def _row(rates: Rates) -> list[str]:
    goal = rates.workload.goal(rates.in_flight)
    return [rates.workload.name, str(rates.in_flight), f"{rates.requests:,}", *cells(rates.rounds, goal)]
