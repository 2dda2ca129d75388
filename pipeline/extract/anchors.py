"""What days a calendar expression names: counted from the publication, or from dates that the text itself fixes.

Nothing is found here. Where nothing anchors an expression, its days are None.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from pipeline.extract.expressions import Expression
from pipeline.extract.document import Document
from pipeline.extract.findings import DateMention, Span

Range = tuple[date | None, date | None]
UNKNOWN: Range = (None, None)
# What makes a date of this sentence lie ahead: "will be released June 9"
AHEAD = re.compile(r"(?:will|would|shall|'ll|’ll|to be|scheduled|slated|due|upcoming|expected|expect|deadline|set to|going to|plans?|planned|plan|planning|threaten\w*|ends?|begins|starts|ahead of)(?!\w)", re.IGNORECASE)


@dataclass(slots=True)
class Anchor:
    """What is known while reading on: the publication, the year that the text fixes, the last day named."""

    published: date | None
    year: int | None
    last: Range = UNKNOWN
    last_grain: str = ""
    last_sentence: int = -9
    explicit: int | None = None  # the year last written out, and the sentence that did
    explicit_sentence: int = -9
    explicit_names: bool = False


def resolve(document: Document, expressions: Sequence[Expression]) -> tuple[DateMention, ...]:
    """The expressions as mentions with their days."""
    years = [e.year for e in expressions if e.year and e.form in ("calendar", "quarter", "season")]
    anchor = Anchor(document.published_on, max(years) if years else None)
    found = []
    for position, expression in enumerate(expressions):
        sentence = document.sentence_index(expression.span.start)
        following = expressions[position + 1] if position + 1 < len(expressions) else None
        first, last, grain = _resolve(document, expression, following, anchor, sentence)
        found.append(DateMention(expression.span, first, last, grain, expression.form))
        if first and last and expression.form not in ("window", "vague"):
            anchor.last, anchor.last_grain, anchor.last_sentence = (first, last), grain, sentence
        if expression.year:
            anchor.explicit, anchor.explicit_sentence = expression.year2 or expression.year, sentence
            # "The 2015 incident started around Dec. 26"
            anchor.explicit_names = document.text[max(0, expression.span.start - 4) : expression.span.start].lower() == "the "
    return tuple(found)


def _resolve(document: Document, e: Expression, following: Expression | None, anchor: Anchor, sentence: int) -> tuple[date | None, date | None, str]:
    try:
        return _days(document, e, following, anchor, sentence)
    except (ValueError, OverflowError):  # a day that no calendar has: "February 31", "9,999 years later"
        return None, None, "span"


def _days(document: Document, e: Expression, following: Expression | None, anchor: Anchor, sentence: int) -> tuple[date | None, date | None, str]:
    published = anchor.published
    if e.form == "named":
        if published is None:
            return None, None, "day"
        day = published + timedelta(days=int(e.count or 0))
        return day, day, "day"
    if e.form == "calendar":
        return _calendar(document, e, anchor, sentence)
    if e.form == "decade":
        assert e.year
        start, end = e.year, e.year + 9
        if e.part == "early":
            end = start + 3
        elif e.part == "mid":
            start, end = start + 4, start + 6
        elif e.part == "late":
            start = start + 7
        return date(start, 1, 1), date(end, 12, 31), "span"
    if e.form == "weekday":
        return (*_weekday(document, e, anchor), "day")
    if e.form == "shifted":
        return _shifted(e, anchor, document)
    if e.form == "window":
        return (*_window(e, published), "span")
    if e.form == "ago":
        return _ago(document, e, following, anchor)
    if e.form == "beside":
        return _beside(e, anchor)
    if e.form == "quarter":
        return (*_quarter(e, anchor), e.unit)
    if e.form == "season":
        return (*_season(e, anchor), "quarter")
    if e.form == "patch":
        return (*_patch(e, anchor), "day")
    if e.form == "vague" and e.which in ("last", "past", "previous", "preceding"):
        return None, published, "span"
    return None, None, "span"


def month_range(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _calendar(document: Document, e: Expression, anchor: Anchor, sentence: int) -> tuple[date | None, date | None, str]:
    if e.month is None:
        assert e.year
        first, last = _year_part(e.year, e.part)
        if e.year2:
            last = date(e.year2, 12, 31)
        return first, last, "year"
    year = e.year or _which_year(e, anchor) or _nearest_year(document, e, anchor, sentence)
    if year is None:
        return None, None, "month"
    if e.day:
        first = date(year, e.month, e.day)
        return first, date(year, e.month, e.day2) if e.day2 and e.day2 > e.day else first, "day"
    first, last = _month_part(year, e.month, e.part)
    if e.part and published_within(anchor, first, last):
        last = anchor.published or last
    return first, last, "month"


def published_within(anchor: Anchor, first: date, last: date) -> bool:
    return anchor.published is not None and first <= anchor.published < last


def _year_part(year: int, part: str) -> tuple[date, date]:
    low, high = {"early": (1, 4), "start": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (10, 12), "first half": (1, 6), "second half": (7, 12)}.get(part, (1, 12))
    return date(year, low, 1), month_range(year, high)[1]


def _month_part(year: int, month: int, part: str) -> tuple[date, date]:
    first, last = month_range(year, month)
    low, high = {"early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31), "first half": (1, 15), "second half": (16, 31)}.get(part, (1, 31))
    return first.replace(day=low), last.replace(day=min(high, last.day))


def _which_year(e: Expression, anchor: Anchor) -> int | None:
    published = anchor.published
    if e.unit == "month" and e.month and published:  # last May, this January, next March
        if e.which in ("last", "past", "this past", "previous"):
            return published.year if e.month < published.month else published.year - 1
        if e.which in ("next", "coming"):
            return published.year if e.month > published.month else published.year + 1
        return published.year
    if e.which and e.unit != "month":
        if e.which in ("previous", "following", "same", "that"):
            base = anchor.explicit or (published.year if published else anchor.year)
            step = {"previous": -1, "following": 1}.get(e.which, 0)
            return base + step if base else None
        if published:
            return published.year + {"last": -1, "this": 0, "next": 1}.get(e.which, 0)
        return anchor.year if e.which == "last" else None
    return None


def _nearest_year(document: Document, e: Expression, anchor: Anchor, sentence: int) -> int | None:
    """The year of a month that has none: near in the text, else the nearest not after publication."""
    assert e.month
    published = anchor.published
    if published is None:
        return anchor.explicit if anchor.explicit and sentence - anchor.explicit_sentence <= 1 else anchor.year
    day = min(e.day or 1, calendar.monthrange(published.year, e.month)[1])
    candidate = date(published.year, e.month, day)
    if sentence == anchor.explicit_sentence and anchor.explicit_names and anchor.explicit and anchor.explicit < published.year:
        return anchor.explicit
    if candidate <= published:
        return published.year
    ahead = (candidate - published).days
    if e.day and ahead <= 45 or ahead <= 200 and _lies_ahead(document, e):
        return published.year
    return published.year - 1


def _lies_ahead(document: Document, e: Expression) -> bool:
    """Whether the words shortly before a date put it after the publication: "will be released in June"."""
    start = max(document.sentence(e.span.start).start, e.span.start - 70)
    return AHEAD.search(document.text, start, e.span.start) is not None


def _weekday(document: Document, e: Expression, anchor: Anchor) -> Range:
    published = anchor.published
    if published is None or e.weekday is None or e.which == "that":
        return UNKNOWN
    back = (published.weekday() - e.weekday) % 7
    if e.which in ("last", "this past", "past", "previous") and back == 0:
        back = 7
    if e.which in ("next", "coming"):
        back = back - 7
    day = published - timedelta(days=back)
    return day, day


def _shifted(e: Expression, anchor: Anchor, document: Document) -> tuple[date | None, date | None, str]:
    published = anchor.published
    unit, which = e.unit, e.which
    step = {"last": -1, "past": -1, "this past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    if published is None:
        if unit == "year" and which == "last" and anchor.year:
            first, last = _year_part(anchor.year, e.part)
            return first, last, "year"
        return None, None, unit
    if unit == "year":
        first, last = _year_part(published.year + step, e.part)
        if step == 0 and e.part == "earlier":
            first, last = date(published.year, 1, 1), published
        elif step == 0 and e.part == "later":
            first = published
        return first, last, "year"
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        first, last = _month_part(year, month + 1, e.part)
    elif unit == "week":
        first = published - timedelta(days=published.weekday()) + timedelta(days=7 * step)
        last = first + timedelta(days=6)
        if e.part in ("early", "start"):
            last = first + timedelta(days=2)
        elif e.part in ("late", "end"):
            first = first + timedelta(days=3)
        if which in ("this past", "past"):
            first, last = published - timedelta(days=7), published - timedelta(days=1)
    elif unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        if which in ("next", "coming"):
            saturday += timedelta(days=7)
        return saturday, saturday + timedelta(days=1), "span"
    elif unit == "quarter":
        year, quarter = divmod(published.year * 4 + (published.month - 1) // 3 + step, 4)
        first, last = date(year, quarter * 3 + 1, 1), month_range(year, quarter * 3 + 3)[1]
    elif unit == "decade":
        start = published.year // 10 * 10 + 10 * step
        return date(start, 1, 1), date(start + 9, 12, 31), "span"
    else:  # last night, this morning
        day = published - timedelta(days=1 if which == "last" else 0)
        return day, day, "day"
    if step == 0:
        if e.part == "earlier":
            first, last = min(first, published), published
        elif e.part == "later":
            first = published
        elif unit in ("week", "month") and not e.part:
            if not _lies_ahead(document, e) and not document.text.startswith(("'s", "’s"), e.span.end):
                last = min(last, published)
    return first, last, unit


def back(day: date, months: int) -> date:
    """The day so many months before (after, if negative), the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
DAYS_OF = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14, "weekend": 7}


def moved(day: date, unit: str, count: float) -> date:
    if unit in MONTHS_OF:
        return back(day, -round(MONTHS_OF[unit] * count))
    return day + timedelta(days=round(DAYS_OF[unit] * count))


def _window(e: Expression, published: date | None) -> Range:
    if published is None or e.count is None:
        return UNKNOWN
    if e.which in ("next", "coming"):
        return published, moved(published, e.unit, e.count)
    return moved(published, e.unit, -e.count), published


def _ago(document: Document, e: Expression, following: Expression | None, anchor: Anchor) -> tuple[date | None, date | None, str]:
    if following and following.form == "calendar" and (following.year or following.day):
        between = document.text[e.span.end : following.span.start]
        if re.fullmatch(r"(?:,? (?:on|in)|,|:|\s*\(|,? (?:on|in) [a-z]+)\s*", between):
            sentence = document.sentence_index(following.span.start)
            return _calendar(document, following, anchor, sentence)
    assert e.count is not None
    if e.which == "ago":
        published = anchor.published
        if published is None:
            return None, None, e.unit
        if e.count2 and e.count2 > e.count:
            first, last = moved(published, e.unit, -e.count2), moved(published, e.unit, -e.count)
        else:
            first = last = moved(published, e.unit, -e.count)
        qualifier = e.part.split()
        if qualifier and (qualifier[-1] == "over" or qualifier[-2:] in (["more", "than"], ["at", "least"])):
            return None, date(last.year, 12, 31) if e.unit == "year" and e.count > 1 else last, "span"
        if e.unit in ("year", "decade"):
            if qualifier and qualifier[-1] in ("almost", "nearly"):
                return first.replace(day=1), month_range(*divmod_month(last, 1))[1], "month"
            if e.unit == "year" and e.count == 1:
                return (*month_range(first.year, first.month), "month")
            return date(first.year, 1, 1), date(last.year, 12, 31), "year"
        if e.unit in ("month", "quarter"):
            return first.replace(day=1), month_range(last.year, last.month)[1], "month"
        return first, last, "day"
    first, last = anchor.last
    sentence = document.sentence_index(e.span.start)
    if not first or not last or anchor.last_grain == "year" or sentence - anchor.last_sentence > 3:
        return None, None, e.unit
    if e.which in ("after", "prior"):  # "January 4, a day after researchers disclosed the bugs" is January 4
        return (first, last, anchor.last_grain) if sentence - anchor.last_sentence <= 1 else (None, None, e.unit)
    sign = 1 if e.which in ("later", "afterward", "afterwards") else -1
    first, last = moved(first, e.unit, sign * e.count), moved(last, e.unit, sign * e.count)
    if e.unit in ("month", "quarter"):
        return first.replace(day=1), month_range(last.year, last.month)[1], "month"
    if e.unit in ("year", "decade"):
        return date(first.year, 1, 1), date(last.year, 12, 31), "year"
    return first, last, "day"


def divmod_month(day: date, step: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    return year, month + 1


def _beside(e: Expression, anchor: Anchor) -> tuple[date | None, date | None, str]:
    published = anchor.published
    if e.which == "before yesterday":
        day = published - timedelta(days=2) if published else None
        return day, day, "day"
    if e.which == "before last" and published:
        if e.unit == "week":
            first = published - timedelta(days=published.weekday() + 14)
            return first, first + timedelta(days=6), "week"
        if e.unit == "year":
            return date(published.year - 2, 1, 1), date(published.year - 2, 12, 31), "year"
        if e.unit == "month":
            return (*month_range(*divmod_month(published, -2)), "month")
    first, last = anchor.last
    if not first or not last:
        return None, None, e.unit
    step = {"same": 0, "next": 1, "following": 1, "after": 1}.get(e.which, -1)
    if e.unit == "day":
        if anchor.last_grain != "day":
            return None, None, "day"
        return first + timedelta(days=step), last + timedelta(days=step), "day"
    if e.unit == "week":
        monday = first - timedelta(days=first.weekday()) + timedelta(days=7 * step)
        return monday, monday + timedelta(days=6), "week"
    if e.unit == "month":
        return (*month_range(*divmod_month(first, step)), "month")
    if e.unit == "year":
        return date(first.year + step, 1, 1), date(first.year + step, 12, 31), "year"
    return None, None, e.unit


def _quarter(e: Expression, anchor: Anchor) -> Range:
    published = anchor.published
    count = int(e.count or 1)
    if e.month:
        year = e.year or (anchor.published.year - (e.month > anchor.published.month) if anchor.published else anchor.year)
        if year is None:
            return UNKNOWN
        first, last = month_range(year, e.month)
        days = {"day": 1, "week": 7, "weekend": 2}.get(e.unit)
        if days is None:
            half = first + timedelta(days=14)
            return (first, half) if count == 1 else (half + timedelta(days=1), last)
        width = days * int(e.count2 or 1)
        if e.unit == "weekend":
            saturday = first + timedelta(days=(5 - first.weekday()) % 7)
            saturday += timedelta(days=7 * ((last - saturday).days // 7 if count == -1 else count - 1))
            return saturday, saturday + timedelta(days=1)
        if count == -1:
            return last - timedelta(days=width - 1), last
        start = first + timedelta(days=width * (count - 1))
        return start, min(last, start + timedelta(days=width - 1))
    year = e.year
    if year is None and published:
        year = published.year + {"last": -1, "next": 1}.get(e.which, 0)
        if not e.which:
            ends = month_range(year, min(12, 3 * max(count, 1)))[0]
            year -= ends > published
    if year is None:
        return UNKNOWN
    months = {"quarter": 3, "half": 6, "month": int(e.count2 or 1)}.get(e.unit)
    if months is None:
        return UNKNOWN
    if count == -1:
        return date(year, 13 - months, 1), date(year, 12, 31)
    low = months * (count - 1) + 1
    return date(year, low, 1), month_range(year, low + months - 1)[1]


def _season(e: Expression, anchor: Anchor) -> Range:
    assert e.month
    published = anchor.published
    year = e.year
    if year is None and published:
        year = published.year
        if e.unit == "ofyear":
            year += {"last": -1, "next": 1}.get(e.which, 0)
        elif e.which in ("last", "past", "previous"):
            year -= back(date(year, e.month, 1), -3) > published.replace(day=1)
        elif e.which == "next":
            year += date(year, e.month, 1) <= published
        elif e.month == 12 and published.month < 6:
            year -= 1
    if year is None:
        return UNKNOWN
    first = date(year, e.month, 1)
    end = back(first, -2)
    return first, month_range(end.year, end.month)[1]


def _patch(e: Expression, anchor: Anchor) -> Range:
    """Microsoft's second Tuesday of a month."""
    published = anchor.published
    if e.month:
        year = e.year or (published.year if published else anchor.year)
        if year is None:
            return UNKNOWN
        day = _second_tuesday(year, e.month)
        return day, day
    if published is None:
        return UNKNOWN
    day = _second_tuesday(published.year, published.month)
    if e.which == "next" and day <= published:
        day = _second_tuesday(*divmod_month(published, 1))
    elif e.which != "next" and (day > published or (e.which == "last" and day == published)):
        day = _second_tuesday(*divmod_month(published, -1))
    return day, day


def _second_tuesday(year: int, month: int) -> date:
    return date(year, month, 8 + (1 - date(year, month, 8).weekday()) % 7)
