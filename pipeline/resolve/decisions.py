"""An analyst's word: lines that two incidents are the same or different, or that two names mean one organization.

Read from a CSV file with the columns decision, left, right, note; checked for contradictions; applied by others.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SAME, DIFFERENT, ALIAS = "same", "different", "alias"


class DecisionError(ValueError):
    """Decisions that cannot be read or contradict each other; the message names file and lines."""


class Decision(NamedTuple):
    """One line: two ids of incidents, articles or readings; or of an alias, the name and the canonical name."""

    line: int
    kind: str
    left: str
    right: str


class Ruling(NamedTuple):
    """A decision about two readings."""

    line: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What is decided of readings; `unknown` says in words which lines name an id that no reading has."""

    same: tuple[Ruling, ...] = ()
    different: tuple[Ruling, ...] = ()
    unknown: tuple[str, ...] = ()


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, none if there is no such file; DecisionError if a line is wrong or two contradict."""
    if not path.exists():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"decision", "left", "right"} <= set(reader.fieldnames or ()):
            raise DecisionError(f"{path}: the first line must name the columns decision, left, right")
        for row in reader:
            kind, left, right = ((row[column] or "").strip() for column in ("decision", "left", "right"))
            if not (kind or left or right):
                continue
            if kind not in (SAME, DIFFERENT, ALIAS) or not left or not right:
                problem = "expected same, different or alias, and two values"
                raise DecisionError(f"{path}: line {reader.line_num}: {problem}")
            found.append(Decision(reader.line_num, kind, left, right))
    try:
        check([Ruling(d.line, d.left, d.right) for d in found if d.kind == SAME],
              [Ruling(d.line, d.left, d.right) for d in found if d.kind == DIFFERENT])  # fmt: skip
        _check_aliases([d for d in found if d.kind == ALIAS])
    except DecisionError as error:
        raise DecisionError(f"{path}: {error}") from None
    return tuple(found)


def bind(decisions: Iterable[Decision], readings: Mapping[str, str]) -> Rulings:
    """The decisions as rulings about readings: `readings` gives the reading that each known id stands for.

    Raises DecisionError where two lines contradict once their ids are known to stand for the same reading.
    """
    same: list[Ruling] = []
    different: list[Ruling] = []
    unknown: list[str] = []
    for decision in decisions:
        if decision.kind == ALIAS:
            continue
        missing = [name for name in (decision.left, decision.right) if name not in readings]
        if missing:
            unknown.append(f"line {decision.line}: no incident, article or reading {' and '.join(missing)}")
            continue
        ruling = Ruling(decision.line, readings[decision.left], readings[decision.right])
        (same if decision.kind == SAME else different).append(ruling)
    check(same, different)
    return Rulings(tuple(same), tuple(different), tuple(unknown))


def check(same: Iterable[Ruling], different: Iterable[Ruling]) -> None:
    """Raise DecisionError, naming the lines, where what is called different is the same through other lines."""
    neighbours: dict[str, list[tuple[str, int]]] = {}
    for line, left, right in same:
        neighbours.setdefault(left, []).append((right, line))
        neighbours.setdefault(right, []).append((left, line))
    for line, left, right in different:
        lines = _path(neighbours, left, right)
        if lines is not None:
            told = ", ".join(str(number) for number in sorted({line, *lines}))
            raise DecisionError(f"lines {told} contradict: {left} and {right} are called different and the same")


def _path(neighbours: Mapping[str, list[tuple[str, int]]], start: str, goal: str) -> list[int] | None:
    """The lines that lead from one id to another, None if none do."""
    reached: dict[str, list[int]] = {start: []}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == goal:
            return reached[here]
        for there, line in neighbours.get(here, ()):
            if there not in reached:
                reached[there] = [*reached[here], line]
                waiting.append(there)
    return None


def _check_aliases(aliases: Iterable[Decision]) -> None:
    seen: dict[str, Decision] = {}
    for decision in aliases:
        other = seen.setdefault(decision.left.casefold(), decision)
        if other.right.casefold() != decision.right.casefold():
            raise DecisionError(
                f"lines {other.line}, {decision.line} contradict: "
                f"{decision.left} is called {other.right} and {decision.right}"
            )
        back = seen.get(decision.right.casefold())
        if back and back.right.casefold() == decision.left.casefold() and back is not decision:
            raise DecisionError(f"lines {back.line}, {decision.line} contradict: each name is called the other")
