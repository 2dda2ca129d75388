"""How two stated amounts stand to each other: equal, rounded alike, compatible, near or apart.

Only numbers and the ranges that their wording allows; what they count is the business of `figures` and `evidence`.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from schemas.vocabulary import Unit

# "6,200" and "6,252" are one count, one of them rounded; "143 million" and "145.5 million" are two. Who rounds by more
# than so much rounds to the nearest hundred at least: "200,000" may be 218,000, but neither 281,000, nor 10 nine.
ROUNDING_SHARE, NEAREST_SHARE, LEAST_UNIT = 0.05, 0.1, 100
NEAR_RATIO = 1.25
# Who writes "more than 100" does not mean 5,100; who writes "thousands" may mean 900,000.
REACH, BARE_REACH = 5, 500

BYTES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1.0, "bytes"))


class Amount(NamedTuple):
    """A number as written and the closed range that its wording allows; None is unknown or open on that side."""

    value: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        """As it is told: "6,200", "at least 2,000", "2,700 to 3,300"."""
        if self.value is not None:
            return count(self.value)
        if self.low is not None and self.high is not None:
            return f"{count(self.low)} to {count(self.high)}"
        return f"at least {count(self.low)}" if self.low is not None else f"at most {count(self.high or 0)}"

    @property
    def size(self) -> float:
        """The number to compare magnitudes with: as written, else the range's known end; 0 where nothing is known."""
        return self.value or self.low or self.high or 0.0

    @property
    def width(self) -> float:
        """How much the range leaves open; infinite if open on a side."""
        return float("inf") if self.low is None or self.high is None else self.high - self.low

    @property
    def is_exact(self) -> bool:
        """Whether one number is given without any qualifier."""
        return self.value is not None and self.low == self.high == self.value


class Agreement(IntEnum):
    """How far two amounts agree, least first."""

    APART = 0
    NEAR = 1
    COMPATIBLE = 2
    ROUNDED = 3
    EQUAL = 4


@lru_cache(maxsize=50_000)  # the accounts of one custodian repeat each other's numbers
def compare(a: Amount, b: Amount) -> Agreement:
    """How far two amounts of one unit agree.

    >>> exact = lambda n: Amount(n, n, n)
    >>> compare(exact(6200), exact(6252)).name, compare(exact(143e6), exact(145.5e6)).name
    ('ROUNDED', 'NEAR')
    >>> compare(Amount(3000, 2700, 3000), exact(2900)).name, compare(exact(14e3), exact(143e6)).name
    ('ROUNDED', 'APART')
    """
    if a.value is not None and b.value is not None:
        if a.value == b.value:
            return Agreement.EQUAL
        if rounded_alike(a.value, b.value):
            return Agreement.ROUNDED
    small, large = sorted((a.size, b.size))
    if overlap(a, b) and large <= max(_reach(a), _reach(b)) * small:
        return Agreement.COMPATIBLE
    return Agreement.NEAR if small > 0 and large <= NEAR_RATIO * small else Agreement.APART


def rounded_alike(a: float, b: float) -> bool:
    """Whether one number can be the other, rounded."""
    difference, most = abs(a - b), max(a, b)
    if difference > max(ROUNDING_SHARE, NEAREST_SHARE) * most:
        return False
    unit = max(rounding(a), rounding(b))
    return (difference <= ROUNDING_SHARE * most and difference < unit) or (
        difference <= NEAREST_SHARE * most and difference <= unit / 2 and unit >= LEAST_UNIT
    )


def overlap(a: Amount, b: Amount) -> bool:
    """Whether some number lies in both ranges; an unknown range holds every number."""
    return not (
        (a.low is not None and b.high is not None and a.low > b.high)
        or (b.low is not None and a.high is not None and b.low > a.high)
    )


def _reach(amount: Amount) -> float:
    """How many times its own number an amount can stand for."""
    return REACH if amount.value is not None else BARE_REACH


def rounding(number: float) -> float:
    """The unit that a number looks rounded to: 100 for 6,200; 1,000,000 for 143 million; 1 for 6,252 and for 4.5."""
    whole = int(number)
    if whole != number or whole == 0:
        return 1.0
    unit = 1
    while whole % (unit * 10) == 0:
        unit *= 10
    return float(unit)


def significant(number: float) -> int:
    """How many digits a number has before its trailing zeros: 2 for 6,200, 4 for 145,500,000 and 6,252."""
    return len(str(int(abs(number) / rounding(number)))) if number else 0


def amount_words(number: float, unit: str) -> str:
    """A number with its unit where a reader needs one: "6,200", "52.2 GB", "5 hours", "USD 75,000"."""
    if unit == Unit.BYTE:
        size, word = next((size, word) for size, word in BYTES if number >= size or size == 1)
        return f"{number / size:g} {word}"
    if unit in (Unit.HOUR, Unit.DAY):
        return f"{count(number)} {unit}{'' if number == 1 else 's'}"
    return f"{unit} {count(number)}" if unit.isupper() else count(number)


def count(number: float) -> str:
    """A number as a reader writes it: "6,200", "145.5 million", "4.5"."""
    for unit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        scaled = round(number / unit, 3)
        if abs(number) >= unit and abs(scaled * unit - number) < 1:
            return f"{scaled:g} {word}"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0").rstrip(".")
