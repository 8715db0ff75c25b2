"""Loading a data set into a fresh server, and what it takes there."""

import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .server import MeasurementError, Program, Server


@dataclass
class Loaded:
    used: int  # bytes above the empty server, both
    resident: int
    seconds: float
    errors: int

    @property
    def failed(self) -> str:
        return f"{self.errors:,} errors" if self.errors else ""


def load(program: Program, name: str, count: int, idle_seconds: float = 0) -> Loaded:
    """Memory is read `idle_seconds` after the last reply. `NAME@N` sets hash-max-listpack-entries to N before."""
    data, _, entries = name.partition("@")
    with Server(program) as server:
        if entries:
            server.client("CONFIG", "SET", "hash-max-listpack-entries", entries)
        used, resident, started = server.used_memory, server.resident_bytes, time.monotonic()
        errors = _pipe(server, data, count)
        seconds = time.monotonic() - started
        time.sleep(idle_seconds)
        return Loaded(server.used_memory - used, server.resident_bytes - resident, seconds, errors)


def _pipe(server: Server, data: str, count: int) -> int:
    """Loads through `redis-cli --pipe`; how many commands were answered with an error."""
    generator = [sys.executable, str(Path(__file__).parents[1] / "datasets.py"), data, str(count)]
    with subprocess.Popen(generator, stdout=subprocess.PIPE) as source:
        pipe = subprocess.run(["redis-cli", "-p", str(server.port), "--pipe"], stdin=source.stdout,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = re.search(r"errors: (\d+), replies: \d+", pipe.stdout)
    if source.returncode != 0 or not found:
        raise MeasurementError(f"{server.program.name}: loading {data} failed: {pipe.stdout.strip()[-500:]}")
    return int(found[1])
