"""What a server costs before it holds any data: start-up, an empty process, idle connections."""

import socket
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from .report import megabytes, note, table, verdict
from .server import MeasurementError, Program, Server, raise_open_file_limit

SETTLE_SECONDS = 1.0
IDLE_SECONDS = 5.0  # longer than a server waits before it gives back the buffers of a quiet connection


@dataclass
class Measure:
    name: str
    form: Callable[[float], str]
    limit: float  # Snug's median at most
    by_server: list[list[float]]


def _seconds(value: float) -> str:
    return f"{value * 1000:,.0f} ms"


def _kilobytes(value: float) -> str:
    return f"{value / 1000:,.1f} kB"


def measure(programs: list[Program], starts: int, connections: int) -> list[Measure]:
    """Redis first, Snug second in `programs`."""
    start = Measure("start until the first PONG", _seconds, 0.2, [[], []])
    empty = Measure("resident memory of an empty server", megabytes, 14e6, [[], []])
    idle = Measure(f"resident memory of each of {connections:,} idle connections", _kilobytes, 12e3, [[], []])
    for i, program in [*enumerate(programs)] * starts:
        with Server(program) as server:
            time.sleep(SETTLE_SECONDS)
            start.by_server[i].append(server.seconds_to_first_pong)
            empty.by_server[i].append(server.resident_bytes)
    note("start-up and empty memory: done")
    for i, program in enumerate(programs):
        idle.by_server[i].append(_bytes_per_idle_connection(program, connections))
    note(f"{connections:,} idle connections: done")
    return [start, empty, idle]


def _bytes_per_idle_connection(program: Program, connections: int) -> float:
    if not raise_open_file_limit(connections + 500):
        raise MeasurementError(f"{connections} connections need more open files than allowed: ulimit -n {connections + 500}")
    with Server(program, "--maxclients", str(connections + 100)) as server, ExitStack() as opened:
        time.sleep(SETTLE_SECONDS)
        before = server.resident_bytes
        for _ in range(connections):
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            connection.sendall(b"PING\r\n")
            if connection.recv(16) != b"+PONG\r\n":
                raise MeasurementError(f"{program.name} did not answer PING on one of {connections} connections")
        time.sleep(IDLE_SECONDS)
        return (server.resident_bytes - before) / connections


def footprint_table(measures: list[Measure], programs: list[Program]) -> str:
    header = ["measure", *(program.title for program in programs), "Snug, min–max", "target", "result"]
    return table(header, [_row(measure) for measure in measures])


def _row(measure: Measure) -> list[str]:
    snug = measure.by_server[1]
    medians = [measure.form(statistics.median(values)) for values in measure.by_server]
    spread = f"{measure.form(min(snug))} – {measure.form(max(snug))}"
    return [measure.name, *medians, spread, f"≤ {measure.form(measure.limit)}",
            verdict(statistics.median(snug) <= measure.limit)]
