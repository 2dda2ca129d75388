"""Holidays by their names, as news writes them, and their days in a year: fixed, counted from Easter, or US ones.

Where they stand in a text is told in `calendar_grammar`; which year is meant is decided in `anchors`.
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = {
    "Christmas": (12, 25),
    "Christmas Day": (12, 25),
    "Christmas Eve": (12, 24),
    "Boxing Day": (12, 26),
    "New Year's Eve": (12, 31),
    "New Year's Day": (1, 1),
    "Halloween": (10, 31),
    "Valentine's Day": (2, 14),
    "Veterans Day": (11, 11),
    "Independence Day": (7, 4),
    "Fourth of July": (7, 4),
}
FROM_EASTER = {"Good Friday": -2, "Easter": 0, "Easter Sunday": 0, "Easter Monday": 1}
FROM_THANKSGIVING = {"Thanksgiving": 0, "Thanksgiving Day": 0, "Black Friday": 1, "Cyber Monday": 4}
# The first Monday from a day on: the last of May, the first of September
FIRST_MONDAY = {"Memorial Day": (5, 25), "Labor Day": (9, 1), "Labour Day": (9, 1)}
NAMES = (*FIXED, *FROM_EASTER, *FROM_THANKSGIVING, *FIRST_MONDAY)


def day_of(name: str, year: int) -> date:
    """The day of a holiday, by one of its `NAMES`.

    >>> day_of("Good Friday", 2017), day_of("Thanksgiving", 2016), day_of("Memorial Day", 2017)
    (datetime.date(2017, 4, 14), datetime.date(2016, 11, 24), datetime.date(2017, 5, 29))
    """
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in FROM_EASTER:
        return _easter(year) + timedelta(days=FROM_EASTER[name])
    if name in FIRST_MONDAY:
        return _weekday_from(date(year, *FIRST_MONDAY[name]), 0)
    return _weekday_from(date(year, 11, 22), 3) + timedelta(days=FROM_THANKSGIVING[name])


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    moon, (century, rest) = year % 19, divmod(year, 100)
    shift = (19 * moon + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    month, day = divmod(shift + week - 7 * ((moon + 11 * shift + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)
