"""A scale for ranges: where a number or a day lies between 0 and 1, and the ticks beside it.

Numbers of which the largest is more than tenfold the smallest get a logarithmic scale; days count as ordinals.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

MARGIN = 0.06
TENFOLD = 10
# Steps between ticks: of months, and of days where all is within few weeks.
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
DAYS = (1, 2, 7)
TICKS = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """From `first` to `last` (their logarithms if `is_log`), with the value and the words of each tick."""

    first: float
    last: float
    is_log: bool
    ticks: Sequence[tuple[float, str]]

    def at(self, value: float) -> float:
        """Where the value lies, from 0 to 1."""
        place = math.log10(value) if self.is_log else value
        return (place - self.first) / (self.last - self.first)


def of_numbers(values: Iterable[float], words: Callable[[float], str]) -> Scale:
    """A scale that holds the values (at least one, none negative); `words` writes a tick.

    >>> [text for _, text in of_numbers([6200, 6252], "{:g}".format).ticks]
    ['6200', '6210', '6220', '6230', '6240', '6250']
    >>> [text for _, text in of_numbers([24, 143e6], "{:g}".format).ticks]
    ['100', '10000', '1e+06', '1e+08']
    """
    least, most = _ends(values)
    is_log = least > 0 and most > TENFOLD * least
    first, last = (math.log10(least), math.log10(most)) if is_log else (least, most)
    # A single number gets some room; no scale of amounts begins below zero.
    room = (last - first) * MARGIN or abs(last) * MARGIN or 1.0
    first, last = (first - room if is_log else max(first - room, min(0.0, first))), last + room
    if least == most:
        return Scale(first, last, is_log, [(least, words(least))])
    places = [10.0**power for power in _powers(first, last)] if is_log else list(_even(first, last))
    return Scale(first, last, is_log, [(place, words(place)) for place in places])


def of_days(values: Iterable[float]) -> Scale:
    """A scale that holds the days, given as ordinals (at least one).

    >>> [text for _, text in of_days([date(2022, 11, 28).toordinal(), date(2023, 2, 3).toordinal()]).ticks]
    ['Dec 2022', 'Jan 2023', 'Feb 2023']
    """
    least, most = _ends(values)
    room = max((most - least) * MARGIN, 1.0)
    first, last = max(least - room, 1.0), min(most + room, float(date.max.toordinal()))
    return Scale(first, last, False, list(_calendar(first, last)))


def _ends(values: Iterable[float]) -> tuple[float, float]:
    known = list(values)
    return min(known), max(known)


def _even(first: float, last: float) -> Iterator[float]:
    """Round numbers within, a step of 1, 2 or 5 times a power of ten apart."""
    rough = (last - first) / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    yield from (step * number for number in range(math.ceil(first / step), math.floor(last / step) + 1))


def _powers(first: float, last: float) -> Iterator[int]:
    lowest, highest = math.ceil(first), math.floor(last)
    step = max(1, math.ceil((highest - lowest + 1) / TICKS))
    yield from (power for power in range(lowest, highest + 1) if power % step == 0)


def _calendar(first: float, last: float) -> Iterator[tuple[float, str]]:
    begin, end = date.fromordinal(math.ceil(first)), date.fromordinal(math.floor(last))
    if (end - begin).days <= TICKS * DAYS[-1]:
        step = next((step for step in DAYS if (end - begin).days <= TICKS * step), DAYS[-1])
        for day in range(begin.toordinal(), end.toordinal() + 1, step):
            yield float(day), str(date.fromordinal(day))
        return
    months = range(begin.year * 12 + begin.month, end.year * 12 + end.month)
    step = next((step for step in MONTHS if len(months) <= TICKS * step), MONTHS[-1])
    for month in months:
        if month % step == 0:
            start = date(month // 12, month % 12 + 1, 1)
            yield float(start.toordinal()), f"{start:%Y}" if step % 12 == 0 else f"{start:%b %Y}"
