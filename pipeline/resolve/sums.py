"""Sums that the figures of an incident make or break: parts of one article against a total.

A sum counts only where the wording presents parts ("5,100 were in custody, another 1,000 removed"), two parts side by
side make a stated total exactly, or the numbers are too precise for chance; others that add up are coincidences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.resolve.articles import Account, Figure
from pipeline.resolve.quantities import Amount, count, overlap, significant
from pipeline.resolve.topics import SAID, Topic, predicate, subject
from schemas.vocabulary import Measure, Qualifier, ReconciliationStatus

# "another 1,000", "an additional 2,200", "300 others", "2,000 more", "the remaining 40"
ADDED = re.compile(r"\b(?:another|additional|further|other|others|remaining|rest)\b|\bmore\b(?!\s+than)", re.IGNORECASE)
PARTS = frozenset({Measure.PEOPLE_SUBSET, Measure.PEOPLE_RESPONDED})
PEOPLE = PARTS | {Measure.PEOPLE_AFFECTED}
COUNTS = frozenset({Measure.RECORDS_EXPOSED, Measure.ORGANIZATIONS_AFFECTED, Measure.SYSTEMS_AFFECTED})
# Characters of the text between parts that are named together, side by side, and between them and their total.
TOGETHER, SIDE_BY_SIDE, BEFORE = 250, 60, 300
MOST_PARTS = 3
# A stated whole that the parts miss by more is the whole of something else.
NEAR_MISS = 0.05
APPROXIMATE = 0.02
# 612,318,204 and 445,907,113 make 1,058,225,317 by no chance; so many digits of a part and of a total are that precise.
PRECISE_PART, PRECISE_TOTAL = 4, 5
MOST_PRECISE = 20  # precise figures of an article that are tried


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts of one article and the stated total that they make or miss."""

    parts: tuple[Figure, ...]
    total: Figure
    amount: Amount
    status: ReconciliationStatus
    explanation: str


def find_sums(accounts: Iterable[Account], topics: Sequence[Topic]) -> list[Sum]:
    """The sums of an incident, each once, in the order of the articles and their texts."""
    found: dict[tuple[object, ...], Sum] = {}
    stated = [(topic, figure) for topic in topics for _, figure in topic.members]
    topic_of = {figure.figure_id: topic for topic, figure in stated}
    for account in sorted(accounts, key=lambda account: account.order):
        told = [figure for figure in account.figures if figure.figure_id in topic_of]
        for parts, is_told in (*_parts(told), *_precise(told)):
            own = [topic_of[part.figure_id] for part in parts]
            wholes = [figure for topic, figure in stated if topic not in own and _is_whole(figure, parts)]
            amount = _added(parts)
            if amount is None:
                continue
            total = _made(amount, parts, wholes, is_told)
            if total is not None:
                result = _adds_up(parts, total, amount)
            elif is_told and (total := _missed(amount, parts, wholes)) is not None:
                result = _does_not_add_up(parts, total, amount)
            else:
                continue
            found.setdefault((tuple(sorted(part.amount.size for part in parts)), result.total.amount.size), result)
    return list(found.values())


def _parts(told: Sequence[Figure]) -> Iterator[tuple[tuple[Figure, ...], bool]]:
    """The runs of two or three figures of one article that may be parts, and whether its wording says they are."""
    for end, last in enumerate(told):
        run = [last]
        is_told = bool(ADDED.search(last.quote))
        for part in reversed(told[:end]):
            near = TOGETHER if is_told else SIDE_BY_SIDE
            if part.unit != last.unit or not _are_parts(part, run[0]) or run[0].char_start - part.char_end > near:
                break
            run.insert(0, part)
            if len(run) > MOST_PARTS:
                break
            if is_told or run[0].measure not in COUNTS:
                yield tuple(run), is_told
            if is_told and not ADDED.search(part.quote):
                break  # "5,100 ... while another 1,000": the first part is what the other is added to


def _precise(told: Sequence[Figure]) -> Iterator[tuple[tuple[Figure, ...], bool]]:
    """The figures of one article that make another one of it exactly, with more digits than chance could meet."""
    exact = [figure for figure in told if figure.amount.is_exact and significant(figure.amount.size) >= PRECISE_PART]
    totals = {figure.amount.size for figure in exact if significant(figure.amount.size) >= PRECISE_TOTAL}
    for number in range(2, MOST_PARTS + 1):
        for parts in combinations(exact[:MOST_PRECISE], number):
            is_one_kind = all(part.unit == parts[0].unit and _are_parts(parts[0], part) for part in parts[1:])
            if is_one_kind and sum(part.amount.size for part in parts) in totals:
                yield parts, False


def _are_parts(first: Figure, second: Figure) -> bool:
    """Whether two figures may be parts of one whole by what they measure; of people, a part may be called all."""
    if first.measure in COUNTS:
        return first.measure == second.measure
    return first.measure in PEOPLE and second.measure in PEOPLE


def _is_whole(figure: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a figure may be the whole of the parts: of the same unit and a fitting measure, and more than each."""
    if figure.unit != parts[0].unit or figure.amount.size <= max(part.amount.size for part in parts):
        return False
    if parts[0].measure in COUNTS:
        return figure.measure == parts[0].measure
    return figure.measure == Measure.PEOPLE_AFFECTED or all(f.measure in PARTS for f in (figure, *parts))


def _added(parts: Sequence[Figure]) -> Amount | None:
    """The sum of the parts with its range, None if one of them names no number."""
    values = [part.amount.value for part in parts if part.amount.value is not None]
    lows = [part.amount.low for part in parts if part.amount.low is not None]
    highs = [part.amount.high for part in parts if part.amount.high is not None]
    if len(values) < len(parts):
        return None
    return Amount(
        sum(values),
        sum(lows) if len(lows) == len(parts) else None,
        sum(highs) if len(highs) == len(parts) else None,
    )


def _made(amount: Amount, parts: Sequence[Figure], wholes: Sequence[Figure], is_told: bool) -> Figure | None:
    """The stated whole that the parts make, the incident's total before others; None if they make none."""
    article = parts[0].article_id
    made = [
        whole
        for whole in wholes
        if _equals(amount, whole.amount)
        and (is_told or whole.measure == Measure.PEOPLE_AFFECTED or whole.article_id == article)
    ]
    first = (Measure.PEOPLE_AFFECTED, Measure.PEOPLE_SUBSET)
    return min(
        made,
        key=lambda whole: (
            whole.measure not in first[:1],
            whole.measure not in first,
            not whole.amount.is_exact,
            whole.article_id != article,
            whole.article_id,
            whole.char_start,
        ),
        default=None,
    )


def _equals(amount: Amount, whole: Amount) -> bool:
    """Whether a sum is the whole: the same number, or nearly if one of the two is rounded by its wording."""
    if whole.value is None or amount.value is None:
        return False
    if whole.value == amount.value:
        return True
    is_rough = not (amount.is_exact and whole.is_exact)
    return is_rough and overlap(amount, whole) and abs(whole.value - amount.value) <= APPROXIMATE * whole.value


def _missed(amount: Amount, parts: Sequence[Figure], wholes: Sequence[Figure]) -> Figure | None:
    """The whole that the same article states shortly before the parts and that they nearly make, if there is one."""
    before = [
        whole
        for whole in wholes
        if whole.article_id == parts[0].article_id
        and (whole.measure == Measure.PEOPLE_AFFECTED or whole.measure in COUNTS)
        and 0 <= parts[0].char_start - whole.char_end <= BEFORE
        and whole.amount.is_exact
    ]
    whole = max(before, key=lambda figure: figure.char_start, default=None)
    if whole is None or not amount.is_exact or abs(amount.size - whole.amount.size) > NEAR_MISS * whole.amount.size:
        return None
    return whole


def _adds_up(parts: tuple[Figure, ...], total: Figure, amount: Amount) -> Sum:
    words = f"{_sum(parts)} = {_term(total)}"
    return Sum(parts, total, amount, ReconciliationStatus.ADDS_UP, words)


def _does_not_add_up(parts: tuple[Figure, ...], total: Figure, amount: Amount) -> Sum:
    difference = total.amount.size - amount.size
    more = "fewer" if difference > 0 else "more"
    words = f"{_sum(parts)} = {count(amount.size)}, {count(abs(difference))} {more} than {_term(total)}"
    return Sum(parts, total, amount, ReconciliationStatus.DOES_NOT_ADD_UP, words)


def _sum(parts: Sequence[Figure]) -> str:
    return " + ".join(_term(part) for part in parts)


def _term(figure: Figure) -> str:
    """A figure in a sum: "2,900 released", "about 90,000 clients in Wales"; of a total, what it counts."""
    bounds = {Qualifier.EXACT.value: "", Qualifier.MORE_THAN.value: "more than ", Qualifier.AT_LEAST.value: "at least "}
    told = bounds.get(figure.qualifier, f"{figure.qualifier} ")
    words = predicate(figure) or subject(figure) if figure.measure in SAID else subject(figure)
    return f"{told}{count(figure.amount.size)} {words}".rstrip()
