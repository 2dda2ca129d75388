"""What days a calendar expression names: counted from the publication, or from dates that the text itself fixes.

Nothing is found here. Where nothing anchors an expression, its days are None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.extract import periods
from pipeline.extract.calendar_grammar import Expression
from pipeline.extract.document import Document
from pipeline.extract.findings import DateMention

Days = tuple[date | None, date | None]
UNKNOWN: Days = (None, None)
GRAINS = frozenset({"day", "week", "month", "quarter", "year", "span"})
STEPS = {"last": -1, "past": -1, "this past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
# What makes a date behind it lie ahead of the publication: "will be released in June"
AHEAD = re.compile(
    r"(?:will|would|shall|['’]ll|to be|scheduled|slated|due|upcoming|expected|expect|deadline|set to|going to|plans?|"
    r"planned|planning|threaten\w*|ends?|begins|starts|ahead of)(?!\w)",
    re.IGNORECASE,
)
REACH_AHEAD = 70  # characters
# What may stand between "three years ago" and the date that tells which day that was
APPOSITION = re.compile(r"(?:,? (?:on|in)|,|:|\s*\(|,? (?:on|in) [a-z]+)\s*")


@dataclass(slots=True)
class Anchor:
    """What is known while reading on: the publication, the year that the text fixes, the days named last."""

    published: date | None
    year: int | None
    days: Days = UNKNOWN
    grain: str = ""
    sentence: int = -9  # of the days named last
    written: int | None = None  # the year last written out
    written_in: int = -9  # and its sentence
    names_incident: bool = False  # "The 2015 incident started around Dec. 26"


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
            anchor.days, anchor.grain, anchor.sentence = (first, last), grain, sentence
        if e.year:
            anchor.written, anchor.written_in = e.year2 or e.year, sentence
            anchor.names_incident = document.text[max(0, e.span.start - 4) : e.span.start].lower() == "the "
    return tuple(found)


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
        return _beside(e, anchor)
    if e.form == "period":
        return _period(e, anchor), "quarter" if e.unit == "quarter" else "span"
    if anchor.published is None:
        return _unpublished(e, anchor)
    return _counted(document, e, anchor.published)


def _counted(document: Document, e: Expression, published: date) -> tuple[Days, str]:
    """The days of an expression that is counted from publication."""
    if e.form == "shifted":
        return _shifted(document, e, published)
    if e.form == "season":
        return _season(e, published), "quarter"
    if e.form == "window":
        return _window(e, published), "span"
    if e.form == "vague":
        return (None, published if e.which in ("last", "past", "previous", "preceding") else None), "span"
    if e.form == "named":
        day: date | None = published + timedelta(days=int(e.count or 0))
    elif e.form == "weekday":
        day = _weekday(e, published)
    else:
        day = _patch_tuesday(e, published)
    return (day, day), "day"


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
    published = anchor.published
    if published is None:
        return anchor.written if sentence - anchor.written_in <= 1 else anchor.year
    if anchor.names_incident and sentence == anchor.written_in and anchor.written and anchor.written < published.year:
        return anchor.written
    candidate = date(published.year, month, min(e.day or 1, periods.month_of(published.year, month)[1].day))
    ahead = (candidate - published).days
    if ahead <= 0 or (e.day and ahead <= 45) or (ahead <= 200 and _lies_ahead(document, e)):
        return published.year
    return published.year - 1


def _lies_ahead(document: Document, e: Expression) -> bool:
    start = max(document.sentence(e.span.start).start, e.span.start - REACH_AHEAD)
    return AHEAD.search(document.text, start, e.span.start) is not None


def _weekday(e: Expression, published: date) -> date | None:
    """The day of that name on or before publication; after it for "next", strictly before it for "last"."""
    if e.which == "that" or e.weekday is None:
        return None
    back = (published.weekday() - e.weekday) % 7
    step = STEPS.get(e.which, 0)
    if step < 0 and back == 0:
        back = 7
    return published - timedelta(days=back - 7 if step > 0 else back)


def _shifted(document: Document, e: Expression, published: date) -> tuple[Days, str]:
    """The year, month, week ... so many before or after that of publication, or the part of it told."""
    step = STEPS[e.which]
    if e.unit == "year":
        first, last = periods.year_of(published.year + step, e.part)
    elif e.unit == "month":
        first, last = periods.month_of(published.year, published.month + step, e.part)
    elif e.unit == "week":
        first, last = periods.week_of(published + timedelta(days=7 * step), e.part)
    elif e.unit == "weekend":
        return periods.weekend_of(published + timedelta(days=7 if step > 0 else 0)), "span"
    elif e.unit == "quarter":
        first = periods.month_of(published.year, (published.month - 1) // 3 * 3 + 1 + 3 * step)[0]
        last = periods.month_of(first.year, first.month + 2)[1]
    elif e.unit == "decade":
        return periods.decade_of(published.year // 10 * 10 + 10 * step), "span"
    else:  # last night, this morning
        day = published + timedelta(days=step)
        return (day, day), "day"
    if step == 0 and e.part == "earlier":
        return (first, published), e.unit
    if step == 0 and e.part == "later":
        return (published, last), e.unit
    if step == 0 and not e.part and e.unit in ("week", "month"):
        # what this week brought lies behind, unless it is told as coming
        ahead = _lies_ahead(document, e) or document.text.startswith(("'s", "’s"), e.span.end)
        last = last if ahead else min(last, published)
    return (first, last), e.unit


def _window(e: Expression, published: date) -> Days:
    count = e.count or 1.0
    if STEPS.get(e.which, -1) > 0:
        return published, periods.moved(published, e.unit, count)
    return periods.moved(published, e.unit, -count), published


def _ago(
    document: Document, e: Expression, following: Expression | None, anchor: Anchor, sentence: int
) -> tuple[Days, str]:
    """So many units before publication ("ago"), or before or after the days named last."""
    told = following is not None and following.form == "calendar" and bool(following.year or following.day)
    if following and told and APPOSITION.fullmatch(document.text, e.span.end, following.span.start):
        return _calendar(document, following, anchor, sentence)
    if e.which == "ago":
        return _before_publication(e, anchor.published) if anchor.published else (UNKNOWN, e.unit)
    first, last = anchor.days
    if not first or not last or anchor.grain == "year" or sentence - anchor.sentence > 3:
        return UNKNOWN, e.unit
    if e.which in ("after", "prior"):  # "January 4, a day after researchers disclosed the bugs" is January 4
        return ((first, last), anchor.grain) if sentence - anchor.sentence <= 1 else (UNKNOWN, e.unit)
    count = (e.count or 1.0) * (1 if e.which == "later" else -1)
    return _rounded(periods.moved(first, e.unit, count), periods.moved(last, e.unit, count), e.unit)


def _before_publication(e: Expression, published: date) -> tuple[Days, str]:
    count = e.count or 1.0
    last = periods.moved(published, e.unit, -count)
    first = periods.moved(published, e.unit, -max(count, e.count2 or 0.0))
    near = e.qualifier[-1:]
    if near == ("over",) or e.qualifier in (("more", "than"), ("at", "least")):
        return (None, date(last.year, 12, 31) if e.unit == "year" and count > 1 else last), "span"
    if e.unit == "year" and near in (("almost",), ("nearly",)):
        return (first.replace(day=1), periods.month_of(last.year, last.month + 1)[1]), "month"
    return _rounded(first, last, "month" if e.unit == "year" and count == 1 else e.unit)


def _rounded(first: date, last: date, unit: str) -> tuple[Days, str]:
    """The days widened to whole months or years, where that is how exactly the unit tells."""
    if unit in ("year", "decade"):
        return (date(first.year, 1, 1), date(last.year, 12, 31)), "year"
    if unit in ("month", "quarter"):
        return (first.replace(day=1), periods.month_of(last.year, last.month)[1]), "month"
    return (first, last), "day"


def _beside(e: Expression, anchor: Anchor) -> tuple[Days, str]:
    """The day, week, month or year beside the one named last; "before last" counts from publication."""
    published = anchor.published
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
    """A numbered part of a month or a year: "the first week of February 2017", "Q3 2018"."""
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


def _season(e: Expression, published: date) -> Days:
    month = e.month or 1
    year = e.year
    if year is None:
        year = published.year
        step = STEPS.get(e.which, 0)
        if e.unit == "year":
            year += step
        elif step < 0:
            year -= periods.season_of(year, month)[1] > published
        elif step > 0:
            year += date(year, month, 1) <= published
        elif date(year, month, 1) > published and (not e.which or month == 12):
            year -= 1  # "over the summer", "this winter"
    return periods.season_of(year, month)


def _patch_tuesday(e: Expression, published: date) -> date:
    if e.month:
        return periods.second_tuesday(e.year or published.year, e.month)
    day = periods.second_tuesday(published.year, published.month)
    if e.which == "next":
        return day if day > published else periods.second_tuesday(published.year, published.month + 1)
    if day > published or (e.which == "last" and day == published):
        return periods.second_tuesday(published.year, published.month - 1)
    return day
