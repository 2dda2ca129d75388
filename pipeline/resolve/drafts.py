"""The rows of an incident before it has an id: its record, its articles, its readings and what its figures say.

A case goes in, rows come out; ids and times are the ledger's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.resolve.cases import Case
from pipeline.resolve.evidence import explain, likelihood, score
from pipeline.resolve.figures import Verdict, reconcile
from pipeline.resolve.history import Present
from pipeline.resolve.organizations import Directory
from pipeline.resolve.records import Record, borne_out, record
from pipeline.resolve.sums import Sum, find_sums
from pipeline.resolve.topics import label, topics


@dataclass(frozen=True, slots=True)
class Draft:
    """One incident without its id; the tuples are rows of the tables in the order of their columns, less that id."""

    home: str
    record: Record
    articles: tuple[tuple[str, bool, str, float], ...]  # article_id, is_main, relation, confidence
    members: tuple[tuple[str, str, bool, float | None, str | None], ...]  # reading, article, is_main, score, evidence
    joins: tuple[tuple[frozenset[str], str], ...]  # readings that were taken in together, and because of what
    reconciliations: tuple[tuple[object, ...], ...]
    present: Present


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two drafts, by their places, that may be one incident: the score from 0 to 1, and the evidence in words."""

    left: int
    right: int
    score: float
    evidence: str


def draft(home: str, case: Case, directory: Directory) -> Draft:
    """The rows of a case."""
    told = sorted(case.accounts, key=lambda account: account.order)
    groups = topics(told)
    verdicts = [reconcile(topic) for topic in groups]
    stated = [_verdict_row(verdict) for verdict in verdicts] + [_sum_row(found) for found in find_sums(told, groups)]
    joins = tuple((frozenset(readings), score(evidence), explain(evidence)) for readings, evidence in case.joins)
    because: dict[str, tuple[float, str]] = {}
    for readings, points, words in joins:
        for reading in readings:
            because.setdefault(reading, (points, words))
    # An article tells of the incident as surely as it was read right and joined the others rightly.
    relations: dict[str, tuple[str, bool, str, float]] = {}
    for account in told:  # an analyst may call two readings of one article the same: the chief one speaks
        points, _ = because.get(account.reading_id, (math.inf, ""))
        sure = round(borne_out(account, told) * likelihood(points), 3)
        relations.setdefault(account.article_id, (account.article_id, account.is_main, account.relation, sure))
    members = tuple(
        (account.reading_id, account.article_id, account.is_main, *because.get(account.reading_id, (None, None)))
        for account in told
    )
    present = Present(
        founding=told[0].reading_id,
        readings=frozenset(account.reading_id for account in told),
        mains=frozenset(account.article_id for account in told if account.is_main),
        articles=frozenset(case.articles),
    )
    return Draft(
        home=home,
        record=record(case, verdicts, directory),
        articles=tuple(relations.values()),
        members=members,
        joins=tuple((readings, words) for readings, _, words in joins),
        reconciliations=tuple(stated),
        present=present,
    )


def _verdict_row(verdict: Verdict) -> tuple[object, ...]:
    topic = verdict.topic
    return (
        topic.measure,
        verdict.subject,
        len(topic.members),
        len(topic.articles),
        *(_rounded(bound) for bound in (verdict.low, verdict.best, verdict.high)),
        verdict.status.value,
        verdict.explanation,
    )


def _sum_row(found: Sum) -> tuple[object, ...]:
    figures = (*found.parts, found.total)
    return (
        found.total.measure,
        label(found.total),
        len(figures),
        len({figure.article_id for figure in figures}),
        *(_rounded(bound) for bound in (found.amount.low, found.amount.value, found.amount.high)),
        found.status.value,
        found.explanation,
    )


def _rounded(bound: float | None) -> float | None:
    """A bound without what binary fractions add to it: 110, not 110.00000000000001."""
    return None if bound is None else round(bound, 6)
