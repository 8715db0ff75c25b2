"""Tables, the description of the machine, and the marked sections of documents."""

import os
import platform
import re
import shlex
import statistics
import subprocess
import sys
from datetime import date
from pathlib import Path

from .server import ROOT, MeasurementError, Program


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table whose columns line up in a terminal too; columns of figures stand to the right."""
    columns = list(zip(header, *rows))
    widths = [max(3, *map(len, column)) for column in columns]
    right = [any(column[1:]) and all(re.match(r"[≤≥]? ?[-\d]|—?$", cell) for cell in column[1:]) for column in columns]

    def line(cells):
        padded = (cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(cells, widths, right))
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * (w - 1) + ":" if r else "-" * w for w, r in zip(widths, right)]
    return "\n".join([line(header), line(rule), *map(line, rows)])


def median_and_range(values: list[float], form: str = "{:.2f}") -> tuple[str, str]:
    """Median and `min–max`, each in the given form."""
    return form.format(statistics.median(values)), f"{form.format(min(values))}–{form.format(max(values))}"


def verdict(met: bool) -> str:
    return "met" if met else "missed"


def megabytes(count: float, digits: int = 1) -> str:
    return f"{count / 1e6:,.{digits}f} MB"


def circumstances(*programs: Program) -> str:
    """Date, command, versions and machine: what a reader needs to repeat a measurement or to distrust it."""
    system = f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, kernel {platform.release()}"
    versions = ", ".join(program.title for program in programs)
    return "\n".join([
        f"- Measured on {date.today().isoformat()} by `{_command()}` at commit {_commit()}.",
        f"- {versions}; {system}." if versions else f"- {system}.",
        f"- {_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB of memory.",
    ])


def _command() -> str:
    script = Path(sys.argv[0]).resolve()
    return shlex.join([str(script.relative_to(ROOT)), *sys.argv[1:]])


def _commit() -> str:
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    result = subprocess.run(command, capture_output=True, text=True)
    return result.stdout.strip() or "unknown"


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    return found[1] if found else platform.machine()


def _memory_gib() -> float:
    return int(re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(), re.M)[1]) / 2**20


def write_section(document: str, name: str, text: str) -> None:
    """Replaces what stands between the markers of section `name` in the document."""
    path = Path(document)
    begin, end = f"<!-- begin measured: {name} -->", f"<!-- end measured: {name} -->"
    content = path.read_text()
    if content.count(begin) != 1 or content.count(end) != 1 or content.index(begin) > content.index(end):
        raise MeasurementError(f"{document} must hold the lines '{begin}' and '{end}' once each, in this order")
    head, rest = content.split(begin)
    _, tail = rest.split(end)
    path.write_text(f"{head}{begin}\n\n{text.strip()}\n\n{end}{tail}")
    note(f"wrote section '{name}' of {document}")


def note(text: str) -> None:
    """Progress, apart from the result."""
    print(text, file=sys.stderr, flush=True)
