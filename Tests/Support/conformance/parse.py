"""Reads case files into cases and steps."""

import dataclasses
import re

_STEP = re.compile(
    r"(?:@(?P<server>snug|redis)\s+)?"
    r"(?:for\s+i\s+in\s+(?P<first>-?\d+)\.\.(?P<last>-?\d+)\s+)?"
    r"(?P<connection>\w*)(?P<operator><closed|<nothing|>>|>|<|!)(?:\s+(?P<rest>.*))?$")
_EXPECTATION = re.compile(r"(?P<mark>==|=2|=3|=)\s+(?P<reply>.*)$")
_MODES = {"unordered", "pairs", "deep", "within", "kind", "count", "like", "fields", "names",
          "sections", "pick", "without", "lines", "capture"}


class CaseError(Exception):
    """A case file that does not follow the format."""


@dataclasses.dataclass
class Step:
    line: int
    text: str
    operator: str
    connection: str = "main"
    rest: str = ""
    server: str | None = None
    repeat: range | None = None
    modes: list = dataclasses.field(default_factory=list)
    expected: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Case:
    path: str
    line: int
    name: str
    protocols: tuple = (2, 3)
    snug_only: bool = False
    steps: list = dataclasses.field(default_factory=list)

    @property
    def changes_configuration(self):
        return any("config set" in step.rest.lower() for step in self.steps)


def parse_file(path, shown=None):
    """All cases of a file, in order."""
    return parse_text(path.read_text(encoding="utf-8"), shown or str(path))


def parse_text(text, path="text"):
    cases = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("case "):
                cases.append(Case(path, number, line[5:].strip()))
            elif not cases:
                raise CaseError("a step stands before the first case")
            else:
                _add_line(cases[-1], line, number)
        except (CaseError, ValueError) as error:
            raise CaseError(f"{path}:{number}: {error}: {line}") from None
    for case in cases:
        if not case.steps:
            raise CaseError(f"{path}:{case.line}: the case has no steps")
    return cases


def _add_line(case, line, number):
    if line in ("resp2", "resp3"):
        case.protocols = (int(line[-1]),)
    elif line == "snug only":
        case.snug_only = True
    elif match := re.fullmatch(r"wait (\d+)", line):
        case.steps.append(Step(number, line, "wait", rest=match.group(1)))
    elif line.startswith("~ "):
        _annotated(case).modes.append(_mode(line))
    elif match := _EXPECTATION.match(line):
        _annotated(case).expected[match["mark"]] = match["reply"]
    elif match := _STEP.match(line):
        repeat = range(int(match["first"]), int(match["last"]) + 1) if match["first"] else None
        case.steps.append(Step(
            number, line, match["operator"], match["connection"] or "main", match["rest"] or "",
            match["server"], repeat))
    else:
        raise CaseError("not a step")


def _annotated(case):
    if not case.steps or case.steps[-1].operator not in (">", "<"):
        raise CaseError("no reply stands before this line")
    return case.steps[-1]


def _mode(line):
    name, _, argument = line[2:].partition(" ")
    if name not in _MODES:
        raise CaseError(f"unknown comparison '{name}'")
    return name, argument.strip()
