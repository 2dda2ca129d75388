"""The days of holidays by name and year: fixed ones, those that follow Easter, and the Mondays and Thursdays of the US.

How they are written stands in `calendar_grammar`; which year is meant is decided in `anchors`.
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = {
    "christmas": (12, 25),
    "christmas eve": (12, 24),
    "boxing": (12, 26),
    "new years eve": (12, 31),
    "new years": (1, 1),
    "halloween": (10, 31),
    "valentines": (2, 14),
    "veterans": (11, 11),
    "independence": (7, 4),
    "fourth of july": (7, 4),
}
FROM_EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1}
FROM_THANKSGIVING = {"thanksgiving": 0, "black friday": 1, "cyber monday": 4}
# The first Monday from a day on: the last of May, the first of September
FIRST_MONDAY = {"memorial": (5, 25), "labor": (9, 1), "labour": (9, 1)}


def day_of(name: str, year: int) -> date:
    """The day of a holiday, by its name in lower case.

    >>> day_of("good friday", 2017), day_of("thanksgiving", 2016), day_of("memorial day", 2017)
    (datetime.date(2017, 4, 14), datetime.date(2016, 11, 24), datetime.date(2017, 5, 29))
    """
    name = name.replace("'", "").removesuffix(" day")
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
