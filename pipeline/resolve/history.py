"""Ids that never die: which earlier incident each case continues, and what that leaves behind.

A case continues the oldest incident whose larger part it holds; the others become its aliases. Only memberships are
compared here, never contents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pipeline.identity import row_id


class Past(NamedTuple):
    """An incident as the last run left it: what it held, and what tells which of two is older."""

    incident_id: str
    founded_at: datetime
    first_reported_on: date | None
    readings: frozenset[str]
    mains: frozenset[str]
    articles: frozenset[str]

    @property
    def age(self) -> tuple[datetime, date, str]:
        """Sorts the older of two incidents first."""
        return self.founded_at, self.first_reported_on or date.max, self.incident_id


class Present(NamedTuple):
    """A case of this run: its founding reading, all its readings and articles, and the articles chiefly about it."""

    founding: str
    readings: frozenset[str]
    mains: frozenset[str]
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Succession:
    """The ids of the cases in their order, what became of each id that lives on in another, and the ids that ended."""

    ids: tuple[str, ...]
    merged: Mapping[str, str]
    ended: tuple[str, ...]


def succeed(past: Iterable[Past], present: Sequence[Present], taken: Iterable[str] = ()) -> Succession:
    """Which case continues which incident: each goes to the case that holds most of it, each case takes the oldest.

    `taken` are ids that live elsewhere and cannot be given to a new incident.
    """
    elders = sorted(past, key=lambda incident: incident.age)
    holders = _Holders(present)
    claims: defaultdict[int, list[str]] = defaultdict(list)
    heirs: dict[str, int | None] = {}
    for incident in elders:
        heirs[incident.incident_id] = heir = holders.heir(incident, claims)
        if heir is not None:
            claims[heir].append(incident.incident_id)
    used = {*taken, *heirs}
    ids = []
    for place, case in enumerate(present):
        ids.append(claims[place][0] if claims[place] else _new_id(case.founding, used))
        used.add(ids[-1])
    merged = {old: ids[place] for place, olds in claims.items() for old in olds[1:]}
    return Succession(tuple(ids), merged, tuple(old for old, heir in heirs.items() if heir is None))


def new_id(founding: str) -> str:
    """The id of an incident that no earlier run knows, from its founding reading."""
    return row_id("i", founding)


class _Holders:
    """Which case holds which reading, and which cases are told, chiefly or at all, by which article."""

    def __init__(self, present: Sequence[Present]) -> None:
        self.founding = [case.founding for case in present]
        self.readings: dict[str, list[int]] = {}
        self.mains: dict[str, list[int]] = {}
        self.articles: dict[str, list[int]] = {}
        for place, case in enumerate(present):
            for index, held in self._kinds(case):
                for name in held:
                    index.setdefault(name, []).append(place)

    def heir(self, incident: Past, claimed: Collection[int]) -> int | None:
        """The place of the case with most of an incident's readings; where a new extractor gave them new ids, of its
        main articles, at last of all its articles. Of equals one that no other claims, then the first by reading.
        """
        for index, held in self._kinds(incident):
            shares = Counter(place for name in held for place in index.get(name, ()))
            if shares:
                return min(shares, key=lambda place: (-shares[place], place in claimed, self.founding[place]))
        return None

    def _kinds(self, holder: Past | Present) -> Iterable[tuple[dict[str, list[int]], frozenset[str]]]:
        return (self.readings, holder.readings), (self.mains, holder.mains), (self.articles, holder.articles)


def _new_id(founding: str, used: set[str]) -> str:
    """A new id, where a split has left the founding reading's own with another case: the next from it."""
    found, repeat = new_id(founding), 1
    while found in used:
        repeat += 1
        found = row_id("i", founding, repeat)
    return found
