"""Amounts and days in words: "6,200", "3,000 (2,700 or more)", "145.5 m", "Dec 2022". Nothing of incidents or texts."""

from datetime import date, timedelta

CURRENCY = 3
SHORT = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
BYTES = ((1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " kB"))
TIMES = ("hour", "day")
PLAIN = ("person", "record", "organization", "system", "item")


def amount(low: float | None, best: float | None, high: float | None, unit: str) -> str:
    """The best value, and the range where it is wider.

    >>> amount(6200, 6200, 6200, "person"), amount(2700, 3000, None, "person"), amount(None, None, 9e9, "byte")
    ('6,200', '3,000 (2,700 or more)', 'up to 9 GB')
    """
    bounds = ""
    if low is not None and high is not None and low != high:
        bounds = f"{number(low, PLAIN[0] if unit in TIMES else unit)} to {number(high, unit)}"
    elif low is not None and high is None:
        bounds = f"{number(low, unit)} or more"
    elif high is not None and low is None:
        bounds = f"up to {number(high, unit)}"
    value = best if best is not None or bounds else low
    if value is None or (bounds.endswith("more") and value == low) or (bounds.startswith("up to") and value == high):
        return bounds
    return f"{number(value, unit)} ({bounds})" if bounds else number(value, unit)


def number(value: float, unit: str) -> str:
    """A number with its unit, long ones shortened where nothing is lost.

    >>> number(62000, "person"), number(145.5e6, "record"), number(5, "hour"), number(51000, "USD")
    ('62,000', '145.5 m', '5 hours', 'USD 51,000')
    """
    if unit == "byte":
        size, name = next(((size, name) for size, name in BYTES if value >= size), (1.0, " bytes"))
        return f"{value / size:,.6g}{name}"
    size, name = next((pair for pair in SHORT if value >= pair[0] and value * 100 % pair[0] == 0), (1.0, ""))
    words = f"{value / size:,.12g} {name}".strip()
    if len(unit) == CURRENCY and unit.isupper():
        return f"{unit} {words}"
    if unit == "percent":
        return f"{words} %"
    return words if unit in PLAIN else f"{words} {unit}{'' if value == 1 else 's'}"


def days(first: date | None, last: date | None) -> str:
    """A range of days in as few words as it takes; an open end is said, "" where both are.

    >>> days(date(2022, 11, 28), date(2022, 11, 28)), days(date(2022, 12, 1), date(2022, 12, 31)), days(None, None)
    ('2022-11-28', 'Dec 2022', '')
    >>> days(date(2022, 1, 1), date(2022, 12, 31)), days(date(2022, 12, 1), None)
    ('2022', 'from 2022-12-01')
    """
    if first is None or last is None:
        return f"from {first}" if first else f"until {last}" if last else ""
    return _closed(first, last)


def _closed(first: date, last: date) -> str:
    """A day, a month, a year, or a range of days."""
    if first == last:
        return str(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    ends_month = (last + timedelta(days=1)).day == 1
    whole_month = first.day == 1 and ends_month and (first.year, first.month) == (last.year, last.month)
    return f"{first:%b %Y}" if whole_month else f"{first} to {last}"
