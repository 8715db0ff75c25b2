"""A run of `snug lab`, and looks at the servers that it works on."""

import json
import pathlib
import subprocess
import time
from dataclasses import dataclass

from snugtest.server import snug_binary

LIMIT = "hash-max-listpack-entries"


@dataclass
class Run:
    status: int
    output: str
    errors: str
    directory: pathlib.Path

    @property
    def results(self):
        return json.loads((self.directory / "results.json").read_text())

    def figures(self, metric, **wanted):
        """The values of a metric in all samples that have these fields."""
        return [
            sample[metric] for sample in self.results["samples"]
            if all(sample[name] == value for name, value in wanted.items())]

    def sentence(self):
        """The one line on standard error, without the program's name."""
        lines = self.errors.strip().splitlines()
        assert len(lines) == 1, self.errors
        assert lines[0].startswith("snug: "), lines
        return lines[0][6:]


class Laboratory:
    """Starts `snug lab`, as a whole run or to be interrupted."""

    def __init__(self, directory):
        self.directory = directory
        self.processes = []

    def start(self, *arguments, quiet=True, **options):
        words = [snug_binary(), "lab", *arguments, "--out", str(self.directory), *(["--quiet"] if quiet else [])]
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        self.processes.append(process)
        return process

    def finish(self, process, timeout=60):
        output, errors = process.communicate(timeout=timeout)
        return Run(process.returncode, output, errors, self.directory)

    def run(self, *arguments, timeout=60, **options):
        return self.finish(self.start(*arguments, **options), timeout)

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.communicate()


def address(server, credentials="", database=0):
    return f"redis://{credentials}127.0.0.1:{server.port}/{database}"


def limit_of(connection):
    return connection.command("CONFIG", "GET", LIMIT).plain()[1]


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def wait_until_at_work(connection):
    """Until the laboratory has changed the setting and written keys."""
    wait_for(lambda: limit_of(connection) != b"512" and connection.command("DBSIZE").value > 0)
