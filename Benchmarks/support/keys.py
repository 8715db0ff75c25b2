"""Requests a second and the server's processor time for one, on three makes of keys, by the load generator of
Benchmarks/Load, in rounds that alternate between the two servers."""

from dataclasses import dataclass

from .load import LoadGenerator
from .placement import placement
from .report import note, table
from .rounds import Round, alternate, cells, header, said
from .server import Program, Server
from .throughput import CONNECTIONS, KEYS, Plan

TARGETS = {16: 1.5, 1: 1.0}  # Snug / Redis at least, by commands in flight
MAKES = ["dense", "benchmark", "text"]
FILLERS = {"SET": "SET", "GET": "SET", "INCR": "INCR", "DEL": "SET", "HSET": "HSET", "HGET": "HSET"}
COMMANDS = list(FILLERS)


@dataclass(frozen=True)
class Trial:
    command: str
    keys: str
    in_flight: int
    count: int  # how many keys there are, or fields

    @property
    def consumes(self) -> bool:
        return self.command == "DEL"

    def fill(self, load: LoadGenerator, server: Server, number: int) -> None:
        """Before the round of a number."""
        server.client("FLUSHALL")
        self._load(load, server, number, "fill", command=FILLERS[self.command])

    def run(self, load: LoadGenerator, server: Server, requests: int, number: int) -> tuple[float, float]:
        """Requests a second, and microseconds of the server's processor time for one, in the round of a number."""
        before = server.processor_seconds
        result = self._load(load, server, number, "throughput", command=self.command, seed=number,
                            connections=CONNECTIONS, in_flight=self.in_flight, requests=requests)
        return result["rate"], (server.processor_seconds - before) / requests * 1e6

    def _load(self, load: LoadGenerator, server: Server, number: int, mode: str, **options) -> dict[str, float]:
        place = placement(number)
        server.keep_on(place.server)
        return load(server, mode, processor=place.generator, keys=self.keys, count=self.count, **options)


@dataclass(frozen=True)
class Figures:
    trial: Trial
    requests: int
    rounds: list[Round]


def _measure(load: LoadGenerator, servers: list[Server], trial: Trial, plan: Plan) -> Figures:
    requests = 10_000 * (1 + trial.in_flight)
    rate, _ = trial.run(load, servers[0], requests, number=0)
    trial.run(load, servers[1], requests, number=0)
    requests = max(10_000, int(rate * plan.seconds))
    if trial.consumes:
        requests = min(requests, trial.count)

    def run(i: int, number: int) -> tuple[float, float]:
        if trial.consumes:
            trial.fill(load, servers[i], number + 1)
        return trial.run(load, servers[i], requests, number=number + 1)

    rounds = alternate(plan.rounds, run)
    note(f"{trial.command} on {trial.keys} keys, {trial.in_flight} in flight: {said(rounds)}")
    return Figures(trial, requests, rounds)


def measure(load: LoadGenerator, programs: list[Program], commands: list[str], makes: list[str],
            plan: Plan) -> list[Figures]:
    """Redis first, Snug second in `programs`."""
    results = {}
    with Server(programs[0]) as redis, Server(programs[1]) as snug:
        servers = [redis, snug]
        for keys in makes:
            for command in commands:
                for in_flight in TARGETS:
                    trial = Trial(command, keys, in_flight, int(KEYS * plan.fill))
                    if in_flight == next(iter(TARGETS)) or trial.consumes:
                        for server in servers:
                            trial.fill(load, server, 0)
                    results[in_flight, keys, command] = _measure(load, servers, trial, plan)
    return [results[flight, keys, command] for flight in TARGETS for keys in makes for command in commands]


def keys_table(results: list[Figures], programs: list[Program]) -> str:
    return table(["command", "keys", "in flight", "requests", *header(programs)], [_row(figures) for figures in results])


def _row(figures: Figures) -> list[str]:
    trial = figures.trial
    return [trial.command, trial.keys, str(trial.in_flight), f"{figures.requests:,}",
            *cells(figures.rounds, TARGETS[trial.in_flight])]
