"""A whole run: generate, execute, compare states now and then, shrink what differs."""

from .generate import Generator
from .pair import Pair
from .shrink import shrink

STATE_INTERVAL = 4000


class Failure(AssertionError):
    """A difference, with the shortest sequence found that shows it."""


def run_campaign(snug, redis, commands, seed, protocol, report=lambda text: None):
    """Runs about `commands` random commands against both servers; raises Failure on a difference."""
    with Pair(snug, redis, protocol) as pair:
        pair.reset()
        done, history, pending, count = 0, [], [], 0
        for segment in Generator(seed).segments(commands):
            pending.append(segment)
            count += len(segment)
            if count >= STATE_INTERVAL:
                _round(pair, history, pending, seed, protocol)
                history, pending, done, count = history + pending, [], done + count, 0
                report(f"{done} commands")
        _round(pair, history, pending, seed, protocol)
        return done + count


def _round(pair, history, pending, seed, protocol):
    difference = pair.run(pending) or pair.compare_states()
    if not difference:
        return
    whole = history + (pending[:difference.index + 1] if difference.index is not None else pending)
    found = [difference]

    def fails(segments):
        pair.reset()
        again = pair.run(segments) or pair.compare_states()
        if again:
            found[0] = again
        return bool(again)

    segments = shrink(whole, fails) if fails(whole) else None
    raise Failure(_told(segments, found[0], seed, protocol))


def _told(segments, difference, seed, protocol):
    head = f"seed {seed}, RESP{protocol}: {difference}"
    if segments is None:
        return f"{head}\n(not seen again when the commands were repeated)"
    lines = [str(one) for segment in segments for one in segment]
    return "\n".join([head, f"shortest sequence found, from empty databases ({len(lines)} commands):", *lines])
