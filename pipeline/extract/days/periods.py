"""Arithmetic of days: the range of a month, of the early part of a year, of a season; a day so many months back.

No text and no publication date is seen here. Days that no calendar has raise ValueError or OverflowError.
"""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta

Range = tuple[date, date]

# The months of a year, and the days of a month, that a part of it covers
MONTHS_OF_PART = {
    "early": (1, 4),
    "start": (1, 3),
    "mid": (5, 8),
    "late": (10, 12),
    "end": (10, 12),
    "first half": (1, 6),
    "second half": (7, 12),
}
DAYS_OF_PART = {
    "early": (1, 10),
    "start": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
    "first half": (1, 15),
    "second half": (16, 31),
}
YEARS_OF_PART = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
DAYS_OF = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "weekend": 7.0, "fortnight": 14.0}


def month_of(year: int, month: int, part: str = "") -> Range:
    """First and last day of a month, or of its early, mid or late part; months beyond 12 or below 1 are of other years.

    >>> month_of(2016, 12, "late")
    (datetime.date(2016, 12, 21), datetime.date(2016, 12, 31))
    """
    years, month = divmod(year * 12 + month - 1, 12)
    if not MINYEAR <= years <= MAXYEAR:
        raise ValueError(years)
    length = calendar.monthrange(years, month + 1)[1]
    low, high = DAYS_OF_PART.get(part, (1, 31))
    return date(years, month + 1, low), date(years, month + 1, min(high, length))


def year_of(year: int, part: str = "") -> Range:
    """First and last day of a year, or of a part of it: "early" is January to April, "late" its last quarter."""
    low, high = MONTHS_OF_PART.get(part, (1, 12))
    return date(year, low, 1), month_of(year, high)[1]


def decade_of(year: int, part: str = "") -> Range:
    """First and last day of the decade that begins with `year`, or of its early, mid or late part."""
    low, high = YEARS_OF_PART.get(part, (0, 9))
    return date(year + low, 1, 1), date(year + high, 12, 31)


def week_of(day: date, part: str = "") -> Range:
    """Monday and Sunday of the day's week; "early" is Monday to Wednesday, "late" Thursday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    if part in ("early", "start"):
        return monday, monday + timedelta(days=2)
    return monday + timedelta(days=3 if part in ("late", "end") else 0), monday + timedelta(days=6)


def weekend_of(day: date) -> Range:
    """Saturday and Sunday of the last weekend that began on or before the day."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    return saturday, saturday + timedelta(days=1)


def quarter_of(year: int, number: int, months: int = 3) -> Range:
    """The `number`th stretch of so many months in a year, the last for -1."""
    low = 13 - months if number == -1 else months * (number - 1) + 1
    if not 1 <= low <= 12:
        raise ValueError(number)
    return date(year, low, 1), month_of(year, low + months - 1)[1]


def stretch_of(first: date, last: date, unit: str, number: int, count: int) -> Range:
    """The `number`th (the last for -1) stretch of `count` days, weeks or halves, or weekend, between two days."""
    if unit == "weekend":
        saturday = first + timedelta(days=(5 - first.weekday()) % 7)
        saturday += timedelta(days=7 * ((last - saturday).days // 7 if number == -1 else number - 1))
        return saturday, saturday + timedelta(days=1)
    if unit == "half":
        middle = first + timedelta(days=14)
        return (first, middle) if number == 1 else (middle + timedelta(days=1), last)
    width = timedelta(days=(7 if unit == "week" else 1) * count)
    if number == -1:
        return last - width + timedelta(days=1), last
    start = first + width * (number - 1)
    return start, min(last, start + width - timedelta(days=1))


def season_of(year: int, month: int) -> Range:
    """The three months from `month` on."""
    return date(year, month, 1), month_of(year, month + 2)[1]


def second_tuesday(year: int, month: int) -> date:
    """The day on which Microsoft publishes its patches."""
    first = month_of(year, month)[0]
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7)


def moved(day: date, unit: str, count: float) -> date:
    """The day so many units on, back if negative; a month's last day where it has no such day.

    >>> moved(date(2017, 3, 31), "month", -1)
    datetime.date(2017, 2, 28)
    """
    if unit not in MONTHS_OF:
        return day + timedelta(days=round(DAYS_OF[unit] * count))
    months = day.year * 12 + day.month - 1 + round(MONTHS_OF[unit] * count)
    first, last = month_of(months // 12, months % 12 + 1)
    return first.replace(day=min(day.day, last.day))
