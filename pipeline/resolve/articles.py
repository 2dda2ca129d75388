"""What one article tells of one incident, joined with what is known of the article: the unit of resolution.

Frames become records here and nowhere else; nothing is compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from pipeline.resolve.companions import Companion
from pipeline.resolve.quantities import Amount
from schemas.vocabulary import ActionKind, ActorKind, DiscoveryMethod, ExposureStatus, Relation

RANK = {Relation.MAIN.value: 0, Relation.FOLLOW_UP.value: 1, Relation.MENTION.value: 2}
ARTICLE_COLUMNS = ("published_on", "publisher", "duplicate_of", "superseded_by")


class Figure(NamedTuple):
    """A quantity that an article states of an incident, as in the table of figures; `char_end` is exclusive."""

    figure_id: str
    article_id: str
    measure: str
    amount: Amount
    qualifier: str
    unit: str
    subject: str
    predicate: str
    as_of: date | None
    attributed_to: str | None
    quote: str
    char_start: int
    char_end: int


class Days(NamedTuple):
    """A closed range of days."""

    first: date
    last: date

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Account:
    """One incident as one article tells it; keys (`custodian`, `attacker`) stand for all names of one bearer."""

    reading_id: str
    article_id: str
    repeats: str | None  # the article that its article repeats, or that replaces it
    custodian: str | None
    called: str | None  # the fullest name of the custodian
    is_main: bool
    relation: str
    organization: str | None
    names: tuple[str, ...]
    action: str
    action_variety: str | None
    actor: str
    actor_name: str | None
    attacker: str | None
    occurred: Days | None
    discovered_on: date | None
    disclosed_on: date | None
    people: Amount | None
    records: Amount | None
    data_types: tuple[str, ...]
    exposure_status: str
    discovery_method: str
    sector: str | None
    country: str | None
    confidence: float
    published_on: date | None
    publisher: str | None
    companions: tuple[Companion, ...]
    named: int  # people, firms and products that its article names; 0 if it is not chiefly about this incident
    figures: tuple[Figure, ...]

    @property
    def stands(self) -> bool:
        """Whether its article counts as a source of its own."""
        return self.repeats is None

    @property
    def rank(self) -> int:
        """0 for a main report, 1 for a follow-up, 2 for a mention."""
        return RANK[self.relation]

    @property
    def order(self) -> tuple[bool, int, date, str, str]:
        """The order in which accounts speak, by content alone: standing, main and early ones first."""
        return (
            self.repeats is not None,
            RANK[self.relation],
            self.published_on or date.max,
            self.article_id,
            self.reading_id,
        )

    @property
    def details(self) -> int:
        """How many things the account fixes that can tell incidents apart."""
        known = (self.occurred, self.disclosed_on, self.discovered_on, self.people, self.records, self.attacker)
        return sum(item is not None for item in known) + bool(self.data_types) + bool(self.figures)


def accounts(readings: pl.DataFrame, figures: pl.DataFrame) -> Iterator[Account]:
    """The accounts of incident readings that `blocks.place` has placed, with their figures."""
    told = _figures(figures)
    for row in readings.iter_rows(named=True):
        first, last = row["occurred_from"], row["occurred_to"]
        yield Account(
            reading_id=row["reading_id"],
            article_id=row["article_id"],
            repeats=row["duplicate_of"] or row["superseded_by"],
            custodian=row["custodian"],
            called=row["called"],
            is_main=row["is_main"],
            relation=row["relation"],
            organization=row["organization"],
            names=tuple(row["organization_names"] or ()),
            action=row["action"] or ActionKind.UNKNOWN.value,
            action_variety=row["action_variety"],
            actor=row["actor"] or ActorKind.UNKNOWN.value,
            actor_name=row["actor_name"],
            attacker=row["attacker"],
            occurred=Days(first or last, last or first) if first or last else None,
            discovered_on=row["discovered_on"],
            disclosed_on=row["disclosed_on"],
            people=_amount(row, "people_affected"),
            records=_amount(row, "records_exposed"),
            data_types=tuple(row["data_types"] or ()),
            exposure_status=row["exposure_status"] or ExposureStatus.UNKNOWN.value,
            discovery_method=row["discovery_method"] or DiscoveryMethod.UNKNOWN.value,
            sector=row["sector"],
            country=row["country"],
            confidence=row["confidence"],
            published_on=row["published_on"],
            publisher=row["publisher"],
            named=row["named"],
            companions=tuple(Companion(*each.values()) for each in row["companions"] or ()),
            figures=tuple(told.get(row["reading_id"], ())),
        )


def _amount(row: dict[str, object], column: str) -> Amount | None:
    """The amount in three columns of a row, None where all are NULL."""
    found = [row[column], row[f"{column}_low"], row[f"{column}_high"]]
    value, low, high = (float(number) if isinstance(number, int | float) else None for number in found)
    return None if value is None and low is None and high is None else Amount(value, low, high)


def _figures(frame: pl.DataFrame) -> dict[str, list[Figure]]:
    """The figures of each reading in the order of the text."""
    told: dict[str, list[Figure]] = {}
    for row in frame.sort("article_id", "char_start", "figure_id").iter_rows(named=True):
        told.setdefault(row["reading_id"], []).append(
            Figure(
                figure_id=row["figure_id"],
                article_id=row["article_id"],
                measure=row["measure"],
                amount=Amount(row["value"], row["value_low"], row["value_high"]),
                qualifier=row["qualifier"],
                unit=row["unit"],
                subject=row["subject"] or "",
                predicate=row["predicate"] or "",
                as_of=row["as_of"],
                attributed_to=row["attributed_to"],
                quote=row["quote"],
                char_start=row["char_start"],
                char_end=row["char_end"],
            )
        )
    return told
