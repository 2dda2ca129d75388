"""Evidence from days: when two cases were reported, when they happened, and when they were found or made public.

A date window alone would split what belongs together: some dates are off by a year, and mentions come whenever.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import product

from pipeline.resolve.cases import Case, Evidence, best

# Days between the nearest reports of either case, and the points for them. A mention tells when the reader was
# reminded, not when it happened: half the points, and no distance counts against it.
PUBLICATION = ((3, 2.0), (14, 1.5), (31, 1.0), (90, 0.5), (180, 0.0))
LATE_PUBLICATION = -1.0
# Some archives date an article a year off: such a distance, of reports within ten weeks of each other but for the
# year, counts neither for nor against; nor does one of a year between days that were resolved by such a date.
PUBLISHED_YEAR_OFF, YEAR_OFF = range(295, 436), range(355, 376)
# Days that two ranges which meet span together, and days between ranges that do not meet.
OCCURRENCE = ((31, 2.5), (120, 1.5), (400, 0.7))
WIDE_OCCURRENCE = 0.2
OCCURRENCE_APART = ((14, 0.0), (60, -1.0))
FAR_OCCURRENCE = -3.0
PUBLIC = ((3, 1.5), (31, 0.5), (120, 0.0))
LATE_PUBLIC = -2.0


def publication(a: Case, b: Case) -> Iterator[Evidence]:
    """How far apart the nearest reports of either case are."""
    days = days_between(a.reported, b.reported)
    if days is None:
        return
    recalled = not (a.reports and b.reports)
    points = _points(days, PUBLICATION, LATE_PUBLICATION)
    if days in PUBLISHED_YEAR_OFF:
        yield Evidence(0.0, "reported {} days apart, as if one date were a year off", (days,))
    elif points > 0 or not recalled:
        yield Evidence(points / 2 if recalled else points, "reported {} days apart", (days,))


def occurrence(a: Case, b: Case) -> Iterator[Evidence]:
    """Whether the days on which it happened can be the same."""
    found = []
    for ours, theirs in product(a.values("occurred"), b.values("occurred")):
        (first_from, first_to), (last_from, last_to) = (ours, theirs) if ours <= theirs else (theirs, ours)
        gap = (last_from - first_to).days
        if gap <= 0:
            span = (max(first_to, last_to) - first_from).days
            found.append(Evidence(_points(span, OCCURRENCE, WIDE_OCCURRENCE), "occurred {} and {}", (ours, theirs)))
        elif gap in YEAR_OFF:
            found.append(Evidence(0.0, "occurred {} and {}, as if one date were a year off", (ours, theirs)))
        else:
            found.append(Evidence(_points(gap, OCCURRENCE_APART, FAR_OCCURRENCE), "occurred {} and {}", (ours, theirs)))
    yield from best(found)


def public(a: Case, b: Case) -> Iterator[Evidence]:
    """The days on which it was discovered or made public."""
    for attribute in ("disclosed", "discovered"):
        found = []
        for ours, theirs in product(a.values(attribute), b.values(attribute)):
            days = abs((ours - theirs).days)
            points = 0.0 if days in YEAR_OFF else _points(days, PUBLIC, LATE_PUBLIC)
            found.append(Evidence(points, "{} {} and {}", (attribute, min(ours, theirs), max(ours, theirs))))
        yield from best(found)


def _points(days: int, steps: tuple[tuple[int, float], ...], beyond: float) -> float:
    """The points of the first step that holds so many days."""
    for limit, points in steps:
        if days <= limit:
            return points
    return beyond


def days_between(ours: list[date], theirs: list[date]) -> int | None:
    """The least number of days between two sorted lists of days, None if one is empty."""
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    nearest = []
    for day in ours:
        place = bisect_left(theirs, day)
        nearest += [abs((day - other).days) for other in theirs[max(0, place - 1) : place + 1]]
    return min(nearest, default=None)
