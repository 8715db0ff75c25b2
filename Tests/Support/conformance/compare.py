"""Ways to compare Snug's reply with Redis's where equality would ask too much."""

import re

from snugtest.reply import Reply

# Sections of INFO that only Snug has.
OWN_SECTIONS = {"# Encodings"}


def difference(snug, redis, modes):
    """None when the replies agree under the modes, else a sentence that says how they do not."""
    for name, argument in modes:
        if name == "like":
            return _unlike(snug, redis, argument)
        if name == "names":
            if not fields(redis):
                return "Redis's reply has no fields; the case is wrong"
            missing = sorted(set(fields(redis)) - set(fields(snug)))
            return f"fields missing: {' '.join(missing)}" if missing else None
        if name == "within":
            return None if near(snug, redis, int(argument)) else f"differ by more than {argument}"
        if name in ("kind", "capture"):
            return None if snug.kind == redis.kind else "kinds differ"
        if name == "fields":
            return _fields_differ(fields(snug), fields(redis), argument.split())
        snug, redis = transformed(snug, name, argument), transformed(redis, name, argument)
    return None if snug == redis else "replies differ"


def transformed(reply, name, argument):
    """The part of a reply that a mode compares, in an order of its own."""
    if name == "unordered":
        return _sorted(reply)
    if name == "deep":
        return _deeply_sorted(reply)
    if name == "pairs":
        return sorted(reply.items(), key=repr) if reply.kind in ("map", "array") else reply
    if name == "count":
        return _count(reply)
    if name == "sections":
        return set(re.findall(r"^# .*", reply.text.replace("\r", ""), re.MULTILINE)) - OWN_SECTIONS
    if name == "lines":
        return [line for line in reply.text.splitlines() if re.search(argument, line)]
    if name == "pick":
        return picked(reply, argument.split("."))
    if name == "without":
        return without(reply, argument.encode().split())
    raise ValueError(f"unknown comparison '{name}'")


def _count(reply):
    if isinstance(reply, Reply):
        return (reply.kind, len(reply.value)) if isinstance(reply.value, (tuple, bytes)) else reply
    return len(reply)


def picked(reply, path):
    """The element at a path of indexes; `*` goes on in every element."""
    if not path:
        return reply
    if not isinstance(reply, Reply) or not isinstance(reply.value, tuple):
        return reply
    if path[0] == "*":
        return Reply(reply.kind, tuple(picked(element, path[1:]) for element in reply.value))
    index = int(path[0])
    if index >= len(reply.value):
        return Reply(reply.kind, f"no element {index}")
    return picked(reply.value[index], path[1:])


def without(reply, names):
    """The reply without these fields of its maps, also those that are flat arrays, at any depth."""
    if not isinstance(reply, Reply) or not isinstance(reply.value, tuple):
        return reply
    if reply.kind == "map":
        return Reply(reply.kind, tuple(
            (name, without(value, names)) for name, value in reply.value if name.value not in names))
    kept, skipped = [], False
    for element in reply.value:
        if skipped or isinstance(element, Reply) and element.kind == "bulk" and element.value in names:
            skipped = not skipped
        else:
            kept.append(without(element, names))
    return Reply(reply.kind, tuple(kept))


def fields(reply):
    """`name=value` words or `name:value` lines of a text, first occurrence of each."""
    found = {}
    text = reply.text if isinstance(reply.value, bytes) else ""
    for line in text.splitlines():
        if match := re.match(r"([\w.-]+):(.*)$", line):
            found.setdefault(match[1], match[2])
            for name, value in re.findall(r"([\w-]+)=([^,]*)", match[2]):
                found.setdefault(f"{match[1]}.{name}", value)
        else:
            for name, value in re.findall(r"([\w-]+)=(\S*)", line):
                found.setdefault(name, value)
    return found


def near(one, other, tolerance):
    """Whether replies are equal but for numbers that differ by up to `tolerance`."""
    if not isinstance(one, Reply):
        return one == other
    if one.kind != other.kind:
        return False
    if one.kind == "integer":
        special = one.value < 0 or other.value < 0
        return one.value == other.value if special else abs(one.value - other.value) <= tolerance
    if isinstance(one.value, tuple):
        return len(one.value) == len(other.value) and all(
            near(Reply("array", a), Reply("array", b), tolerance) if one.kind == "map"
            else near(a, b, tolerance) for a, b in zip(one.value, other.value))
    return one.value == other.value


def _sorted(reply):
    if isinstance(reply.value, tuple):
        return Reply(reply.kind, tuple(sorted(reply.value, key=repr)))
    return reply


def _deeply_sorted(reply):
    if reply.kind == "map":
        return Reply("map", tuple(sorted(
            ((_deeply_sorted(k), _deeply_sorted(v)) for k, v in reply.value), key=repr)))
    if isinstance(reply.value, tuple):
        return _sorted(Reply(reply.kind, tuple(_deeply_sorted(e) for e in reply.value)))
    return reply


def _unlike(snug, redis, pattern):
    for name, reply in (("Snug", snug), ("Redis", redis)):
        text = reply.text if isinstance(reply.value, bytes) else str(reply)
        if not re.fullmatch(pattern, text, re.DOTALL):
            return f"{name}'s reply does not match {pattern}"
    return None if snug.kind == redis.kind else "kinds differ"


def _fields_differ(snug, redis, names):
    unknown = [name for name in names if name not in redis]
    if unknown:
        return f"Redis's reply has no field {' '.join(unknown)}; the case is wrong"
    wrong = [name for name in names if snug.get(name) != redis.get(name)]
    told = [f"{n}: Snug {snug.get(n)!r}, Redis {redis.get(n)!r}" for n in wrong]
    return "; ".join(told) or None
