"""Rounds that alternate between the two servers, and that are repeated while others take the machine's processors.

The order is the same in each round. If it changed, every other measurement would follow one of the same server, which
finds its data in the processor's caches then: that made ZADD on a million members more than twice as fast."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .report import median_and_range, verdict
from .server import Program

CALM = 0.03  # share of the processors' time that the hypervisor may give to others during a round
REPEATS = 3  # at most so many times as many rounds as are asked for


@dataclass(frozen=True)
class Round:
    """One measurement of each server: Redis first, Snug second."""

    rates: tuple[float, float]  # requests a second
    processor: tuple[float, float]  # microseconds of the server's processor time for a request
    stolen: float  # share of the processors' time that others had

    @property
    def ratio(self) -> float:
        return self.rates[1] / self.rates[0]


def explanation(count: int) -> str:
    """What is said above a table of `cells`."""
    return (
        f"Medians of alternating rounds ({count}), the ratio taken within each round; µs are the server's processor time "
        f"for one request. A round during which the hypervisor gave more than {CALM:.0%} of the processors' time to others "
        f"is repeated, up to {REPEATS} times as many rounds in all; the calmest are kept, and the last column says what the "
        "worst of these lost.")


def alternate(count: int, run: Callable[[int, int], tuple[float, float]]) -> list[Round]:
    """The `count` calmest rounds. `run` measures a server, 0 or 1, in the round of a number: its rate and its processor
    time for a request."""
    rounds: list[Round] = []
    while len(rounds) < REPEATS * count and sum(r.stolen <= CALM for r in rounds) < count:
        number = len(rounds)
        before = _processor_ticks()
        found = [run(i, number) for i in (0, 1)]
        stolen, total = (after - start for after, start in zip(_processor_ticks(), before))
        rounds.append(Round((found[0][0], found[1][0]), (found[0][1], found[1][1]), stolen / max(total, 1)))
    return sorted(rounds, key=lambda r: r.stolen)[:count]


def _processor_ticks() -> tuple[int, int]:
    """What the hypervisor has given to others since the start of the system, and all time."""
    line = Path("/proc/stat").read_text().split("\n", 1)[0]
    ticks = [int(word) for word in line.split()[1:9]]
    return ticks[7], sum(ticks)


def header(programs: list[Program]) -> list[str]:
    """The columns of `cells`."""
    return [*(f"{program.title}, a second" for program in programs), "Snug / Redis", "min–max", "target", "result",
            *(f"{program.name}, µs" for program in programs), "stolen"]


def cells(rounds: list[Round], goal: float | None) -> list[str]:
    """Medians of both servers, the ratio with its range and whether it is at least the goal."""
    ratios = [r.ratio for r in rounds]
    speeds = [f"{statistics.median(r.rates[i] for r in rounds):,.0f}" for i in (0, 1)]
    processor = [f"{statistics.median(r.processor[i] for r in rounds):.2f}" for i in (0, 1)]
    judged = [f"≥ {goal}", verdict(statistics.median(ratios) >= goal)] if goal else ["", ""]
    return [*speeds, *median_and_range(ratios), *judged, *processor, f"{max(r.stolen for r in rounds):.0%}"]


def said(rounds: list[Round]) -> str:
    """The ratios, for a line of progress."""
    worst = max(r.stolen for r in rounds)
    return ", ".join(f"{r.ratio:.2f}" for r in rounds) + (f" ({worst:.0%} stolen)" if worst > CALM else "")
