"""What days a calendar expression names: counted from the publication, or from dates that the text itself fixes.

Nothing is found here. Where nothing anchors an expression, its days are None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.extract.days import from_publication, holidays, periods
from pipeline.extract.days.calendar_grammar import Expression
from pipeline.extract.days.from_publication import STEPS, UNKNOWN, Days
from pipeline.extract.text.context import OCCURRENCES
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention

GRAINS = frozenset({"day", "week", "month", "quarter", "year", "span"})
# What may stand between "three years ago" and the date that tells which day that was
OTHERWISE = re.compile(r", the (?:day|week|month|year) (?:after|before) [a-z]")
APPOSITION = re.compile(r"(?:,? (?:on|in)|,|:|\s*\(|,? (?:on|in) [a-z]+)\s*")


@dataclass(slots=True)
class Anchor:
    """What is known while reading on: the publication, the year that the text fixes, the days named last."""

    published: date | None
    year: int | None
    days: Days = UNKNOWN
    grain: str = ""
    sentence: int = -9  # of the days named last
    end: int = -9  # and where their expression ends
    written: int | None = None  # the year last written out
    written_in: int = -9  # and its sentence
    names_incident: bool = False  # "The 2015 breach began around Dec. 3"


def resolve(document: Document, expressions: Sequence[Expression]) -> tuple[DateMention, ...]:
    """The expressions as mentions with their days."""
    years = [e.year for e in expressions if e.year and e.form != "decade"]
    anchor = Anchor(document.published_on, max(years, default=None))
    found = []
    for position, e in enumerate(expressions):
        sentence = document.sentence_index(e.span.start)
        following = expressions[position + 1] if position + 1 < len(expressions) else None
        try:
            (first, last), grain = _days(document, e, following, anchor, sentence)
        except (ValueError, OverflowError):  # a day that no calendar has: "February 31", "999 decades ago"
            (first, last), grain = UNKNOWN, "span"
        found.append(DateMention(e.span, first, last, grain if grain in GRAINS else "span", e.form))
        if first and last and e.form not in ("window", "vague"):
            anchor.days, anchor.grain, anchor.sentence, anchor.end = (first, last), grain, sentence, e.span.end
        if e.year:
            anchor.written, anchor.written_in = e.year2 or e.year, sentence
            anchor.names_incident = _names_incident(document, e)
    return tuple(found)


def _names_incident(document: Document, e: Expression) -> bool:
    """Whether a year tells which incident is meant: "The 2015 data breach", but not "the 2016 election"."""
    own = document.tokens_within(*e.span)
    opened = own.start > 0 and document.lower[own.start - 1] == "the"
    return opened and not OCCURRENCES.isdisjoint(document.stems[own.stop : own.stop + 3])


def _days(
    document: Document, e: Expression, following: Expression | None, anchor: Anchor, sentence: int
) -> tuple[Days, str]:
    """The days of an expression, and their grain."""
    if e.form == "calendar":
        return _calendar(document, e, anchor, sentence)
    if e.form == "decade":
        return periods.decade_of(e.year or 0, e.part), "span"
    if e.form == "ago":
        return _ago(document, e, following, anchor, sentence)
    if e.form == "beside":
        return _beside(document, e, anchor)
    if e.form == "holiday":
        return _holiday(document, e, anchor), "day"
    if e.form == "period":
        return _period(e, anchor), "quarter" if e.unit == "quarter" else "span"
    if anchor.published is None:
        return _unpublished(e, anchor)
    return from_publication.counted(document, e, anchor.published)


def _unpublished(e: Expression, anchor: Anchor) -> tuple[Days, str]:
    """The days where the publication is not known; "last year" is the year that the text itself fixes."""
    if e.form == "season" and e.year and e.month:
        return periods.season_of(e.year, e.month), "quarter"
    if e.form == "shifted" and e.unit == "year" and e.which == "last" and anchor.year:
        return periods.year_of(anchor.year, e.part), "year"
    if e.form == "patch" and e.month and (e.year or anchor.year):
        day = periods.second_tuesday(e.year or anchor.year or 0, e.month)
        return (day, day), "day"
    return UNKNOWN, e.unit or "day"


def _calendar(document: Document, e: Expression, anchor: Anchor, sentence: int) -> tuple[Days, str]:
    """A year, a month or a day; a month without a year takes the nearest that is not after publication."""
    if e.month is None:
        first, last = periods.year_of(e.year or 0, e.part)
        return (first, date(e.year2, 12, 31) if e.year2 else last), "year"
    year = e.year or _pointed_year(e, anchor) or _nearest_year(document, e, e.month, anchor, sentence)
    if year is None:
        return UNKNOWN, "day" if e.day else "month"
    if e.day:
        day = date(year, e.month, e.day)
        return (day, day.replace(day=e.day2) if e.day2 and e.day2 > e.day else day), "day"
    first, last = periods.month_of(year, e.month, e.part)
    if e.part and anchor.published and first <= anchor.published < last:
        last = anchor.published  # "at the start of April", written on the 3rd
    return (first, last), "month"


def _holiday(document: Document, e: Expression, anchor: Anchor) -> Days:
    """The day of a holiday; without a year the nearest that is not far ahead of publication."""
    published, year = anchor.published, e.year or anchor.year
    if not e.year and published:
        ahead = (holidays.day_of(e.unit, published.year) - published).days
        near = ahead <= 30 or e.which == "next" or from_publication.lies_ahead(document, e)
        year = published.year if near and not (e.which == "last" and ahead >= 0) else published.year - 1
        year += e.which == "next" and ahead <= 0
    if year is None:
        return UNKNOWN
    day = holidays.day_of(e.unit, year)
    return day, day


def _pointed_year(e: Expression, anchor: Anchor) -> int | None:
    """The year that a word points to: "last May", "January this year", "March the following year"."""
    published, month = anchor.published, e.month or 0
    if not e.which:
        return None
    if e.which in ("previous", "following", "same", "that"):
        base = anchor.written or (published.year if published else anchor.year)
        return base + {"previous": -1, "following": 1}.get(e.which, 0) if base else None
    if published is None:
        return anchor.year if e.which == "last" else None
    step = STEPS.get(e.which, 0)
    if e.unit != "month":
        return published.year + step
    if step < 0:
        return published.year - (month >= published.month)
    return published.year + (step > 0 and month <= published.month)


def _nearest_year(document: Document, e: Expression, month: int, anchor: Anchor, sentence: int) -> int | None:
    """The year of a month that has none: that of publication, the one before, or the incident's just told."""
    published = anchor.published
    if published is None:
        return anchor.written if sentence - anchor.written_in <= 1 else anchor.year
    if anchor.names_incident and sentence == anchor.written_in and anchor.written and anchor.written < published.year:
        return anchor.written
    candidate = date(published.year, month, min(e.day or 1, periods.month_of(published.year, month)[1].day))
    ahead = (candidate - published).days
    if ahead <= 0 or (e.day and ahead <= 45) or (ahead <= 200 and from_publication.lies_ahead(document, e)):
        return published.year
    return published.year - 1


def _ago(
    document: Document, e: Expression, following: Expression | None, anchor: Anchor, sentence: int
) -> tuple[Days, str]:
    """So many units before publication ("ago"), or before or after the days named last."""
    told = following is not None and following.form == "calendar" and bool(following.year or following.day)
    if following and told and APPOSITION.fullmatch(document.text, e.span.end, following.span.start):
        return _calendar(document, following, anchor, sentence)
    if e.which == "ago":
        return from_publication.ago(e, anchor.published) if anchor.published else (UNKNOWN, e.unit)
    first, last = anchor.days
    if not first or not last or anchor.grain == "year" or sentence - anchor.sentence > 3:
        return UNKNOWN, e.unit
    if e.which in ("after", "prior"):  # "January 4, a day after researchers disclosed the bugs" is January 4
        return ((first, last), anchor.grain) if sentence - anchor.sentence <= 1 else (UNKNOWN, e.unit)
    count = (e.count or 1.0) * (1 if e.which == "later" else -1)
    return from_publication.rounded(periods.moved(first, e.unit, count), periods.moved(last, e.unit, count), e.unit)


def _beside(document: Document, e: Expression, anchor: Anchor) -> tuple[Days, str]:
    """The day, week, month or year beside the one named last; "before last" counts from publication."""
    published = anchor.published
    if anchor.days[0] and OTHERWISE.match(document.text, anchor.end) and anchor.end + 2 == e.span.start:
        return anchor.days, anchor.grain  # "on Wednesday, the day after the theft" is Wednesday
    if e.which.startswith("before "):
        if published is None:
            return UNKNOWN, e.unit
        base, step = (published, published), -2
    else:
        first, last = anchor.days
        if not first or not last or (e.unit == "day" and anchor.grain != "day"):
            return UNKNOWN, e.unit
        base, step = (first, last), {"same": 0, "following": 1}.get(e.which, -1)
    if e.unit == "day":
        return (base[0] + timedelta(days=step), base[1] + timedelta(days=step)), "day"
    if e.unit == "week":
        return periods.week_of(base[0] + timedelta(days=7 * step)), "week"
    if e.unit == "month":
        return periods.month_of(base[0].year, base[0].month + step), "month"
    return periods.year_of(base[0].year + step), "year"


def _period(e: Expression, anchor: Anchor) -> Days:
    """A numbered part of a month or a year: "the first week of May 2017", "Q3 2018"."""
    published, number, count = anchor.published, int(e.count or 1), int(e.count2 or 1)
    if e.month:
        behind = published.year - (e.month > published.month) if published else anchor.year
        year = e.year or behind
        return periods.stretch_of(*periods.month_of(year, e.month), e.unit, number, count) if year else UNKNOWN
    months = {"quarter": 3, "half": 6, "month": count}.get(e.unit)
    year = e.year
    if year is None and published:
        year = published.year + STEPS.get(e.which, 0)
        if months and not e.which and periods.quarter_of(year, number, months)[0] > published:
            year -= 1
    if year is None:
        return UNKNOWN
    if months is None:
        return periods.stretch_of(*periods.year_of(year), e.unit, number, count)
    return periods.quarter_of(year, number, months)
