"""What the finders find: frozen records with a span, a value and the rule that spoke.

Offsets are Unicode code points, half open, into the article's text. No record carries a
copy of the text: `rows.py` alone cuts quotes. Nothing here looks at a text.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from schemas.vocabulary import Qualifier


class Span(NamedTuple):
    """A stretch of the text, half open."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Numeral(NamedTuple):
    """A number as written, in digits or words, not yet known to count anything.

    `value` is None for a range, and for a bare plural ("thousands"), whose least value is `low`; a fraction's is
    its share in percent.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    form: str  # digits, words, mixed ("2.3 million"), plural ("dozens"), range ("10-15"), fraction ("half"), times


class DateMention(NamedTuple):
    """A calendar expression and the closed range of days that it names; None where nothing anchors it."""

    span: Span
    first: date | None
    last: date | None
    grain: str  # day, week, month, quarter, year, span
    rule: str


class Quantity(NamedTuple):
    """A number that counts something: qualifier + number + noun is its span.

    `unit` is a code of the contract (`person`, `record`, `USD`, `byte`, `hour`, `percent`, ...); `item` where the
    noun is of no known kind. `noun` is the span of what is counted, empty (start == end) where nothing follows.
    """

    span: Span
    number: Span
    noun: Span
    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str
    rule: str
