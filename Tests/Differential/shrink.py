"""Makes a failing sequence of segments short while it still fails."""

import time


def shrink(segments, fails, seconds=60):
    """A short subsequence for which `fails` still holds, found within about `seconds`."""
    until = time.monotonic() + seconds
    segments = _keep_related(segments, fails)
    chunk = max(1, len(segments) // 2)
    while chunk >= 1:
        at, removed = 0, False
        while at < len(segments):
            if time.monotonic() > until:
                return segments
            shorter = segments[:at] + segments[at + chunk:]
            if shorter and fails(shorter):
                segments, removed = shorter, True
            else:
                at += chunk
        if chunk == 1 and not removed:
            break
        chunk = max(chunk // 2, 1)
    return _unwrapped(segments, fails)


def _unwrapped(segments, fails):
    """Replaces transactions by the commands inside them where that is enough to fail."""
    for index, segment in enumerate(segments):
        parts = [[part] for part in segment[-1].parts]
        if not parts:
            continue
        for inner in [[part] for part in parts] + [parts]:
            shorter = segments[:index] + inner + segments[index + 1:]
            if fails(shorter):
                return _unwrapped(shorter, fails)
    return segments


def _keep_related(segments, fails):
    """Tries first with only those segments that share an argument with the last one."""
    words = {word for one in segments[-1] for word in one.arguments[1:]}
    related = [s for s in segments if any(words & set(one.arguments[1:]) for one in s)]
    return related if related != segments and fails(related) else segments
