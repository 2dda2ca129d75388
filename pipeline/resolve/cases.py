"""A case: what some accounts tell together of what is taken to be one incident, attribute by attribute.

It only collects; what it is worth against another case is weighed in `evidence`.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import log2, log10
from operator import attrgetter
from typing import Any, NamedTuple

from pipeline.resolve.articles import Account
from pipeline.resolve.companions import Companion
from schemas.vocabulary import ActionKind, DataType, Measure, Relation

MOST_VALUES = 6  # distinct values of one attribute that are compared: those told most often
LEAST_TELLING = 10  # smaller numbers are told of everything
REPORT_WEIGHT = 4  # what a main report or a follow-up tells weighs as much as so many mentions
VAGUE = frozenset({DataType.PERSONAL_UNSPECIFIED, DataType.OTHER})
TELLING = frozenset(
    {
        Measure.RANSOM,
        Measure.VOLUME_EXPOSED,
        Measure.SYSTEMS_AFFECTED,
        Measure.ORGANIZATIONS_AFFECTED,
        Measure.PEOPLE_SUBSET,
        Measure.PEOPLE_RESPONDED,
        Measure.LOSS,
        Measure.PENALTY,
    }
)


class Evidence(NamedTuple):
    """One reason for or against two cases being one incident: its points, and how to tell it with its values."""

    points: float
    told: str
    values: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """The reason in words; they are made when asked for, as most evidence is only added up."""
        return self.told.format(*self.values)


def best(found: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence that speaks most for it, one at most."""
    best = max(found, key=attrgetter("points"), default=None)
    if best is not None:
        yield best


# Accounts of one custodian are compared where they also share a time or a number: days fall into spans of so many, a
# total into one of so many steps of a factor of ten. A range of more than MOST_SPANS says too little.
SPAN, STEPS, MOST_SPANS = 90, 20, 5


class Case:
    """Accounts of one incident, how often each value of each attribute is told, and which figures of each measure.

    `reported` are the sorted days of its reports (of its mentions where it has no report), `reports` counts them;
    `joins` says which readings were taken in because of what, in order; `met` are the companions of all, and
    `named` is how many names the main report has that names most. `anchors` place it among the cases of its block, and
    a case that has none of those `near` it is not compared with it.
    """

    __slots__ = (
        *("accounts", "anchors", "articles", "common", "figures", "founding", "joins", "met", "named", "near"),
        *("readings", "repeats", "reported", "reports", "told"),
    )

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.accounts: list[Account] = []
        self.founding: Account  # stands for the case: by content alone, so the same in any order of arrival
        self.readings: set[str] = set()
        self.met: dict[str, Companion] = {}
        self.named = 0
        self.articles: set[str] = set()
        self.anchors: set[tuple[str, object]] = set()
        self.near: set[tuple[str, object]] = set()
        self.repeats: set[str] = set()
        self.reported: list[date] = []
        self.reports = 0
        self.joins: list[tuple[tuple[str, ...], tuple[Evidence, ...]]] = []
        self.figures: dict[str, set[float]] = {}
        self.told: defaultdict[str, Counter[Any]] = defaultdict(Counter)
        self.common: dict[str, tuple[Any, ...]] = {}
        for account in accounts:
            self.add(account)

    def add(self, account: Account) -> None:
        """Take in one more account."""
        if not self.accounts or account.order < self.founding.order:
            self.founding = account
        self.accounts.append(account)
        self._meet(account)
        self.articles.add(account.article_id)
        if account.repeats:
            self.repeats.add(account.repeats)
        for kind, place in _anchors(account):
            self.anchors.add((kind, place))
            self.near.add((kind, place))
            if isinstance(place, int):
                self.near.update(((kind, place - 1), (kind, place + 1)))
        self.common.clear()
        is_report = account.relation != Relation.MENTION
        if is_report and not self.reports:
            self.reported.clear()
        self.reports += is_report
        if (day := account.published_on) and (is_report or not self.reports) and day not in self.reported:
            insort(self.reported, day)
        for attribute, value in _values(account):
            if value is not None:
                self.told[attribute][value] += REPORT_WEIGHT if is_report else 1
        for figure in account.figures:
            if figure.measure in TELLING and figure.amount.value and figure.amount.value >= LEAST_TELLING:
                self.figures.setdefault(f"{figure.measure} ({figure.unit})", set()).add(figure.amount.value)

    def _meet(self, account: Account) -> None:
        """Take in whom its article names, and the companions that name the same."""
        self.readings.add(account.reading_id)
        self.named = max(self.named, account.named)
        for companion in account.companions:
            known = self.met.get(companion.companion)
            if known is None or _shared(known) < _shared(companion):
                self.met[companion.companion] = companion

    def absorb(self, other: Case, evidence: Iterable[Evidence]) -> None:
        """Take in all accounts of another case, because of this evidence."""
        self.joins += other.joins
        self.joins.append((tuple(account.reading_id for account in other.accounts), tuple(evidence)))
        for account in other.accounts:
            self.add(account)

    def values(self, attribute: str) -> tuple[Any, ...]:
        """The distinct values told of an attribute, those told most often first, MOST_VALUES at most."""
        if (found := self.common.get(attribute)) is None:
            told: Mapping[Any, int] = self.told.get(attribute, {})
            found = tuple(sorted(told, key=lambda value: (-told[value], repr(value)))[:MOST_VALUES])
            self.common[attribute] = found
        return found

    def companion(self, other: Case) -> Companion | None:
        """Those of the other's readings whose article names most of what one of these articles names."""
        one, two = (self, other) if len(self.met) <= len(other.met) else (other, self)
        return max((met for reading, met in one.met.items() if reading in two.readings), key=_shared, default=None)

    @property
    def prominence(self) -> float:
        """What speaks for this case between two that fit alike: many reports make it the one more likely meant."""
        return 0.3 * log2(1 + self.reports)


def _shared(companion: Companion) -> tuple[int, int, list[str]]:
    """Sorts by how much is shared; the same from either side."""
    return len(companion.names), companion.crossed, companion.names


def _values(account: Account) -> Iterator[tuple[str, Any]]:
    """What an account tells that can be compared, attribute by attribute."""
    yield "custodian", account.custodian
    yield "called", None if account.called == account.custodian else account.called
    yield "organization", account.organization if account.custodian else None
    yield "attacker", account.attacker
    yield "occurred", account.occurred
    yield "discovered", account.discovered_on
    yield "disclosed", account.disclosed_on
    yield "people", account.people
    yield "records", account.records
    yield "action", None if account.action == ActionKind.UNKNOWN else account.action
    yield "variety", account.action_variety
    yield "country", account.country
    for data_type in account.data_types:
        yield "data", None if data_type in VAGUE else data_type


def _anchors(account: Account) -> Iterator[tuple[str, object]]:
    """Where an account stands in time and size, and whom or what it names; numbers have neighbours."""
    for day in (account.published_on, account.disclosed_on, account.discovered_on):
        if day:
            yield "told", day.toordinal() // SPAN
    if account.published_on is None:
        yield "undated", ""
    if account.occurred:
        first, last = (day.toordinal() // SPAN for day in account.occurred)
        if last - first < MOST_SPANS:
            for place in range(first, last + 1):
                yield "occurred", place
    for amount in (account.people, account.records):
        if amount and amount.value:
            yield "total", round(log10(max(amount.value, 1)) * STEPS)
    if account.attacker:
        yield "attacker", account.attacker
    yield "article", account.repeats or account.article_id
