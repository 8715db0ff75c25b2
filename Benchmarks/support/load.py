"""Runs the load generator of Benchmarks/Load against a server."""

import json
import os
import subprocess
from functools import partial
from pathlib import Path

from .core import SCRATCH, core_command
from .report import note
from .server import ROOT, MeasurementError, Server


class LoadGenerator:
    """The program at `path`, or the repository's own, built as it is now."""

    def __init__(self, path: str | None = None):
        if path is None:
            note("building the load generator")
            command = core_command("build", "--product", "LoadBenchmark")
            built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            if built.returncode != 0:
                raise MeasurementError(f"the load generator was not built: {(built.stderr + built.stdout)[-2000:]}")
        self._path = str(Path(path) if path else ROOT / SCRATCH / "release/LoadBenchmark")

    def __call__(self, server: Server, mode: str, processor: int | None = None, **options) -> dict[str, float]:
        """Runs it to its end, on that processor; underscores in the names of options are hyphens on its command line."""
        return self.start(server, mode, processor, **options).result()

    def start(self, server: Server, mode: str, processor: int | None = None, **options) -> "Run":
        command = [self._path, mode, "--port", str(server.port)]
        for name, value in options.items():
            command += [f"--{name.replace('_', '-')}", str(value)]
        return Run(server, command, processor)


class Run:
    """A load generator at work. Use it in a `with` when something else happens meanwhile."""

    def __init__(self, server: Server, command: list[str], processor: int | None):
        self._server = server
        self._command = command
        keep = None if processor is None else partial(os.sched_setaffinity, 0, {processor})
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE, text=True, preexec_fn=keep)

    def result(self) -> dict[str, float]:
        output, said = self._process.communicate()
        if self._process.returncode != 0:
            words = " ".join(self._command[1:])
            raise MeasurementError(f"{self._server.program.name}: load {words} failed: {(said + output).strip()}")
        return json.loads(output)

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *_) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def add_load_option(parser) -> None:
    parser.add_argument("--load", metavar="PATH", help="load generator to use instead of building the repository's")
