"""Requests a second, by redis-benchmark, in rounds that alternate between the two servers."""

import csv
import io
import statistics
import subprocess
from dataclasses import dataclass

from .report import median_and_range, note, table, verdict
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
    has_target: bool = False
    consumes: bool = False  # takes away what it measures on, so the server is filled again before each measurement


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
        Workload("DEL", ("DEL", "key:__rand_int__"), filler=_FILL_KEYS, consumes=True),
        Workload("HGET", ("HGET", "myhash", "element:__rand_int__"), filler=_FILL_HASH),
        _built_in("LPUSH"),
        _built_in("RPUSH"),
        _built_in("LPOP", consumes=True, filler=("-t", "lpush")),
        _built_in("RPOP", consumes=True, filler=("-t", "lpush")),
        _built_in("SADD"),
        Workload("SISMEMBER", ("SISMEMBER", "myset", "element:__rand_int__"), filler=("-t", "sadd")),
        _built_in("SPOP", consumes=True, filler=("-t", "sadd")),
        _built_in("ZADD"),
    ]
}
DEFAULT = [name for name, workload in WORKLOADS.items() if workload.has_target]


@dataclass(frozen=True)
class Plan:
    rounds: int
    seconds: float  # about how long one measurement takes
    fill: float  # share of the filling requests to send


@dataclass
class Rates:
    workload: Workload
    in_flight: int
    requests: int
    by_server: list[list[float]]  # Redis's and Snug's requests a second, round by round

    @property
    def ratios(self) -> list[float]:
        redis, snug = self.by_server
        return [s / r for r, s in zip(redis, snug)]


def _benchmark(server: Server, arguments: tuple[str, ...], requests: int, in_flight: int) -> float:
    options = ["-p", server.port, "-c", CONNECTIONS, "-r", KEYS, "-n", requests, "-P", in_flight, "--csv"]
    command = ["redis-benchmark", *map(str, options), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    rows = [row for row in csv.reader(io.StringIO(result.stdout)) if len(row) > 2 and row[1] != "rps"]
    if result.returncode != 0 or len(rows) != 1:
        said = (result.stderr + result.stdout).strip()
        raise MeasurementError(f"{server.program.name}: redis-benchmark {' '.join(arguments)} failed: {said}")
    return float(rows[0][1])


def _fill(server: Server, workload: Workload, plan: Plan) -> None:
    server.client("FLUSHALL")
    _benchmark(server, workload.filler or workload.arguments, int(workload.fill_requests * plan.fill), 16)


def _requests_for(seconds: float, server: Server, workload: Workload, in_flight: int) -> int:
    """A count that keeps the server busy for about that long; the trial run also warms up."""
    rate = _benchmark(server, workload.arguments, 20_000 * in_flight // 2 + 10_000, in_flight)
    return max(10_000, int(rate * seconds))


def _measure(servers: list[Server], workload: Workload, in_flight: int, plan: Plan) -> Rates:
    requests = _requests_for(plan.seconds, servers[0], workload, in_flight)
    _benchmark(servers[1], workload.arguments, requests // 4, in_flight)
    rates = Rates(workload, in_flight, requests, [[], []])
    for number in range(plan.rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for i in order:
            if workload.consumes:
                _fill(servers[i], workload, plan)
            rates.by_server[i].append(_benchmark(servers[i], workload.arguments, requests, in_flight))
    note(f"{workload.name}, {in_flight} in flight: " + ", ".join(f"{ratio:.2f}" for ratio in rates.ratios))
    return rates


def measure(programs: list[Program], names: list[str], plan: Plan) -> list[Rates]:
    """Redis first, Snug second in `programs`."""
    results = {}
    with Server(programs[0]) as redis, Server(programs[1]) as snug:
        servers = [redis, snug]
        for name in names:
            workload = WORKLOADS[name]
            for server in servers:
                _fill(server, workload, plan)
            for in_flight in TARGETS:
                results[in_flight, name] = _measure(servers, workload, in_flight, plan)
    return [results[in_flight, name] for in_flight in TARGETS for name in names]


def rate_table(results: list[Rates], programs: list[Program]) -> str:
    header = ["command", "in flight", "requests",
              *(f"{program.title}, a second" for program in programs), "Snug / Redis", "min–max", "target", "result"]
    return table(header, [_row(rates) for rates in results])


def _row(rates: Rates) -> list[str]:
    median, spread = median_and_range(rates.ratios)
    speeds = [f"{statistics.median(values):,.0f}" for values in rates.by_server]
    target = TARGETS[rates.in_flight]
    judged = [f"≥ {target}", verdict(statistics.median(rates.ratios) >= target)] if rates.workload.has_target else ["", ""]
    return [rates.workload.name, str(rates.in_flight), f"{rates.requests:,}", *speeds, median, spread, *judged]
