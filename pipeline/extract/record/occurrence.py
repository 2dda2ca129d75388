"""When an incident happened: the range of days that its dates allow, or None where the text fixes none.

The day of discovery, disclosure or report is no answer. What kind of event each date is, is decided in `events.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeline.extract.meaning.events import Event
from pipeline.extract.text.context import OCCURRENCES
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from schemas.vocabulary import EventKind

# Probabilities chosen on labelled articles, so that about as many ranges are wrongly given as wrongly withheld.
OCCURRED = 0.35  # that the date is one of the occurrence, at which it counts
NARROWER = 0.3  # the same for a date within a longer range that counts
BOUND = 0.15  # that it is the beginning or the end
# "May 4 and June 11" | "mid-March 2020 and the second week of June" | "2008, 2010, and 2014"
JOINED = re.compile(
    r"[\s,–—-]*(?:and|to|through|until|till|or)?"
    r"(?: (?:again in|again|on|in|from|between|the|at least|as late as)){0,3}[\s,]*"
)
CLOSE = 25  # characters between two dates that may tell one occurrence


class Candidate(NamedTuple):
    """Dates that may tell when it happened: their days, and the probabilities that they do."""

    first: date
    last: date
    occurred: float
    began: float
    ended: float
    span: Span
    is_period: bool  # told by its first and last day: "from May 4 to August 12"

    @property
    def odds(self) -> float:
        """Probability that it is the occurrence, its beginning or its end."""
        return self.occurred + self.began + self.ended

    @property
    def days(self) -> int:
        """Length of its range, less a day."""
        return (self.last - self.first).days


def occurred(document: Document, events: Sequence[Event]) -> tuple[date, date] | None:
    """The closed range of an incident's occurrence, from its dates in the order of the text."""
    candidates = _joined(document, [c for event in events if (c := _candidate(document, event)) is not None])
    best = max(candidates, key=lambda c: (c.odds >= NARROWER and _names_it(document, c.span), c.odds), default=None)
    if best is None or best.odds < OCCURRED:
        return None
    likely = [c for c in candidates if c.odds - c.ended >= NARROWER and c.days < best.days]
    within = [c for c in likely if best.first <= c.first and c.last <= best.last]
    periods = [c for c in likely if c.is_period and c.first <= best.last and best.first <= c.last]
    best = max(periods or within, key=lambda c: c.odds, default=best)
    began = [c for c in candidates if c.began >= BOUND and c.first <= best.last]
    ended = [c for c in candidates if c.ended >= BOUND and c.last >= best.first]
    beginning = max(began, key=lambda c: c.began, default=None)
    end = max(ended, key=lambda c: c.ended, default=None)
    if beginning is not None and end is not None and beginning is not end and beginning.first <= end.last:
        return beginning.first, end.last
    return best.first, best.last


def _names_it(document: Document, span: Span) -> bool:
    """Whether a date stands right before the word for what happened: "a December incident", "its 2014 breach"."""
    behind = document.tokens_within(span.start, span.end).stop
    return behind < len(document.stems) and document.stems[behind] in OCCURRENCES


def _candidate(document: Document, event: Event) -> Candidate | None:
    """What a date says of the occurrence; None where it has no days or they lie after publication."""
    first, last, published = event.mention.first, event.mention.last, document.published_on
    if first is None or last is None or (published is not None and first > published):
        return None
    if published is not None:
        last = min(last, published)
    occurs, begins, ends = (
        event.odds.get(kind, 0.0) for kind in (EventKind.OCCURRED, EventKind.BEGAN, EventKind.ENDED)
    )
    return Candidate(first, last, occurs, begins, ends, event.mention.span, event.mention.rule == "joined")


def _joined(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Neighbours that tell one range as one, if either is likely enough to count."""
    joined: list[Candidate] = []
    for one in found:
        if joined and max(joined[-1].odds, one.odds) >= NARROWER and _are_close(document, joined[-1].span, one.span):
            before = joined.pop()
            one = Candidate(
                min(before.first, one.first),
                max(before.last, one.last),
                max(before.occurred, one.occurred),
                max(before.began, one.began),
                max(before.ended, one.ended),
                Span(before.span.start, one.span.end),
                True,
            )
        joined.append(one)
    return joined


def _are_close(document: Document, before: Span, after: Span) -> bool:
    return after.start - before.end <= CLOSE and JOINED.fullmatch(document.text, before.end, after.start) is not None
