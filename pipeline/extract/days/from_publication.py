"""Days counted from the day of publication: last month, the weekend, two weeks ago, the past two years, last fall.

No other date of the text is looked at here; what the text itself anchors is in `anchors`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.extract.days import periods
from pipeline.extract.days.calendar_grammar import Expression
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import POSSESSIVE

Days = tuple[date | None, date | None]
UNKNOWN: Days = (None, None)
STEPS = {"last": -1, "past": -1, "this past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
# What makes a date behind it lie ahead of the publication: "will be released in June"
AHEAD = re.compile(
    r"(?:will|would|shall|['’]ll|to be|scheduled|slated|due|upcoming|expected|expect|deadline|set to|going to|plans?|"
    r"planned|planning|threaten\w*|ends?|begins|starts|ahead of)(?!\w)",
    re.IGNORECASE,
)
REACH_AHEAD = 70  # characters
LAST_WEEK = re.compile(r"[Ll]ast week,? (?:on )?$")  # "last week on [Wednesday]"


def counted(document: Document, e: Expression, published: date) -> tuple[Days, str]:
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
        day = _weekday(document, e, published)
    else:
        day = _patch_tuesday(e, published)
    return (day, day), "day"


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
        ahead = lies_ahead(document, e) or document.text.startswith(POSSESSIVE, e.span.end)
        last = last if ahead else min(last, published)
    return (first, last), e.unit


def _weekday(document: Document, e: Expression, published: date) -> date | None:
    """The day of that name on or before publication; after it for "next", strictly before it for "last"."""
    if e.which == "that" or e.weekday is None:
        return None
    if LAST_WEEK.search(document.text, max(0, e.span.start - 16), e.span.start):
        return periods.week_of(published - timedelta(days=7))[0] + timedelta(days=e.weekday)
    back = (published.weekday() - e.weekday) % 7
    step = STEPS.get(e.which, 0)
    if step < 0 and back == 0:
        back = 7
    return published - timedelta(days=back - 7 if step > 0 else back)


def _window(e: Expression, published: date) -> Days:
    """The stretch up to publication, or from it on: "the past two years", "the coming weeks"."""
    count = e.count or 1.0
    if STEPS.get(e.which, -1) > 0:
        return published, periods.moved(published, e.unit, count)
    return periods.moved(published, e.unit, -count), published


def _season(e: Expression, published: date) -> Days:
    """The season of the year told or pointed to; else the latest that has begun."""
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
    """The Patch Tuesday of the month told, or the latest, or the next."""
    if e.month:
        return periods.second_tuesday(e.year or published.year, e.month)
    day = periods.second_tuesday(published.year, published.month)
    if e.which == "next":
        return day if day > published else periods.second_tuesday(published.year, published.month + 1)
    if day > published or (e.which == "last" and day == published):
        return periods.second_tuesday(published.year, published.month - 1)
    return day


def ago(e: Expression, published: date) -> tuple[Days, str]:
    """The days so long before publication: "two weeks ago", "over a year ago", "nearly three years ago"."""
    count = e.count or 1.0
    last = periods.moved(published, e.unit, -count)
    first = periods.moved(published, e.unit, -max(count, e.count2 or 0.0))
    before = e.qualifier[-1:]
    if before == ("over",) or e.qualifier in (("more", "than"), ("at", "least")):
        return (None, date(last.year, 12, 31) if e.unit == "year" and count > 1 else last), "span"
    if e.unit == "year" and before in (("almost",), ("nearly",)):
        return (first.replace(day=1), periods.month_of(last.year, last.month + 1)[1]), "month"
    return rounded(first, last, "month" if e.unit == "year" and count == 1 else e.unit)


def rounded(first: date, last: date, unit: str) -> tuple[Days, str]:
    """The days widened to whole months or years, where that is how exactly the unit tells."""
    if unit in ("year", "decade"):
        return (date(first.year, 1, 1), date(last.year, 12, 31)), "year"
    if unit in ("month", "quarter"):
        return (first.replace(day=1), periods.month_of(last.year, last.month)[1]), "month"
    return (first, last), "day"


def lies_ahead(document: Document, e: Expression) -> bool:
    """Whether a word before the expression tells of what is to come: "will be released in June"."""
    start = max(document.sentence(e.span.start).start, e.span.start - REACH_AHEAD)
    return AHEAD.search(document.text, start, e.span.start) is not None
