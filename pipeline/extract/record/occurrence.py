"""When an incident happened: the range of days that its dates allow, or None where the text fixes none.

The day of discovery, disclosure or report is no answer, but what had begun before and was found on that day ended
then. What kind of event each date is, is decided in `events.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.extract.days.calendar_grammar import count
from pipeline.extract.days.periods import moved
from pipeline.extract.meaning.clauses import happening
from pipeline.extract.meaning.events import Event
from pipeline.extract.meaning.spells import Aspect, aspect
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention, Span
from pipeline.extract.text.lexicon import classes
from schemas.vocabulary import EventKind

# Probabilities chosen on labelled articles, so that about as many ranges are wrongly given as wrongly withheld.
OCCURRED = 0.35  # that the date is one of the occurrence, at which it counts
NARROWER = 0.3  # the same for a date within a longer range that counts
BOUND = 0.15  # that it is the beginning or the end
SURE = 0.5  # that it is, where that alone says that there was one
# "May 4 and June 11" | "mid-March 2020 and the second week of June" | "2008, 2010, and 2014"
JOINED = re.compile(
    r"[\s,–—-]*(?:and|to|through|until|till|or)?"
    r"(?: (?:again in|again|on|in|from|between|the|at least|as late as|[0-9]{1,2}[:.][0-9]{2}(?: ?[ap]\.?m\.?)?)){0,3}"
    r"[\s,]*"
)
YEARS = timedelta(days=400)  # news that tells of several occurrences years apart is of the newest,
LIKEWISE = 0.6  # as far as that is this much as likely as the likeliest
ANOTHER = classes("around_dates")["another"]
NOT = frozenset(("not", "n't", "isn't", "isn’t", "wasn't", "wasn’t"))
# How long it went on: "and lasted about 30 hours"
LASTED = re.compile(
    r"last(?:ed|ing)(?: only| just)?(?: for)?"
    r"(?: (?:about|around|some|nearly|almost|roughly|approximately|at least|over))?"
    r" (?P<count>[a-z]+|[0-9]{1,3})[ -](?P<unit>hour|day|week|month)s?"
)
FROM = 6  # tokens behind "a day after" among which stands what that day is counted from
DAYS = {"day": 1, "week": 7}
CLOSE = 25  # characters between two dates that may tell one occurrence


class Candidate(NamedTuple):
    """Dates that may tell when it happened: their days, and the probabilities that they do."""

    first: date
    last: date
    occurred: float
    began: float
    ended: float
    discovered: float
    span: Span
    mention: DateMention  # the first of them
    is_period: bool  # told by its first and last day: "from May 4 to August 12"

    @property
    def odds(self) -> float:
        """Probability that it is the occurrence, its beginning or its end; an end alone tells of none."""
        told = self.occurred + self.began
        return told + self.ended if self.is_period or self.ended <= told else told

    @property
    def is_exact(self) -> bool:
        """Whether it is a period told by its days, not by months or years."""
        whole = self.first.day == 1 and (self.last + timedelta(days=1)).day == 1
        return self.is_period and not whole

    @property
    def days(self) -> int:
        """Length of its range, less a day."""
        return (self.last - self.first).days


def occurred(document: Document, events: Sequence[Event], *, is_main: bool = True) -> tuple[date, date] | None:
    """The closed range of an incident's occurrence, from its dates in the order of the text.

    What is told of another, earlier incident is none of the main one.
    """
    told = [c for event in events if (c := _candidate(document, event)) is not None]
    if is_main:
        told = [c for c in told if c.odds < NARROWER or not _recalls(document, c.mention)]
    candidates = [c for c in _joined(document, told) if c.is_period or c.odds < NARROWER or not _stops(document, c)]
    least = max(OCCURRED, LIKEWISE * max((c.odds for c in candidates), default=0.0))
    newest = max((c.last for c in candidates if c.odds >= least), default=date.max)
    recent = [c for c in candidates if newest - c.last < YEARS]
    best = max(recent, key=lambda c: (c.odds >= NARROWER and _names_it(document, c.span), c.odds), default=None)
    if best is None or best.odds < OCCURRED:
        return None
    best = _narrowest(best, candidates if best.is_period else [*candidates, *told])
    if best.is_period:
        return best.first, best.last
    beginnings = [c for c in told if c.began >= BOUND and c.first <= best.last]
    start = max(beginnings, key=lambda c: c.began, default=best)
    last = _end(document, start, told)
    return (start.first, last) if last is not None else (best.first, best.last)


def _narrowest(best: Candidate, candidates: list[Candidate]) -> Candidate:
    """The most exact that is told of the same: "in 2018" is "on May 4, 2018"; a period is told by its days."""
    likely = [c for c in candidates if c.odds >= NARROWER and c.days < best.days]
    within = [c for c in likely if best.first <= c.first and c.last <= best.last and not best.is_exact]
    periods = [c for c in likely if c.is_period and c.first <= best.last and best.first <= c.last]
    return max(periods or within, key=lambda c: c.odds, default=best)


def _end(document: Document, start: Candidate, told: list[Candidate]) -> date | None:
    """The last day of what began at `start`: told as its end, or by what put an end to it; None where none is."""
    how = aspect(document, start.mention)
    begun = start.began >= max(BOUND, start.occurred)
    lasting = begun or how in (Aspect.LASTED, Aspect.LASTED_TO_NOW)
    after = [c for c in told if c is not start and c.last >= start.last and c.first >= start.first]
    ended = [c for c in after if c.ended >= (BOUND if start.began >= BOUND else SURE)]
    if ended and (lasting or start.began >= BOUND):
        return max(ended, key=lambda c: c.ended).last
    if not lasting:
        return None
    contained = [c.last for c in after if _stops(document, c)]
    found = [c.last for c in after if c.discovered >= SURE] if begun else []
    if contained or found:
        return min(contained or found)
    if (lasted := LASTED.search(document.text, start.span.end, document.sentence(start.span.start).end)) is not None:
        beyond = moved(start.first, lasted["unit"], count(lasted["count"]) or 0.0)
        last = max(start.last, beyond if lasted["unit"] == "hour" else beyond - timedelta(days=1))
        return min(last, document.published_on or last)
    return document.published_on if how is Aspect.LASTED_TO_NOW else None


def _stops(document: Document, candidate: Candidate) -> bool:
    """Whether on its date an end was put to what went on: "it closed the server on May 9"."""
    return aspect(document, candidate.mention) is Aspect.CONTAINED


def _names_it(document: Document, span: Span) -> bool:
    """Whether a date stands right before the noun for what happened: "a December incident", "its 2014 breach"."""
    behind = document.tokens_within(*span).stop
    return behind < len(document.words) and happening(document, behind) == "case"


def _recalls(document: Document, mention: DateMention) -> bool:
    """Whether a date's sentence turns to another incident: "a similar breach in 2014", "This is not the first time"."""
    index = document.sentence_index(mention.span.start)
    inside, lower = document.inside[index], document.lower
    for i in inside:
        near = range(i + 1, min(i + 4, inside.stop))
        if lower[i] in ANOTHER and any(happening(document, j) == "case" for j in near):
            return True
        if lower[i] == "separate" and any(happening(document, j) == "case" and lower[j][-1] != "s" for j in near):
            return True
        if lower[i] == "previously" and any(happening(document, j) == "take" for j in near):
            return True
    around = lower[document.inside[max(0, index - 1)].start : inside.stop]
    return any(
        around[i : i + 3] == ("the", "first", "time") and around[i - 1] in NOT for i in range(1, len(around) - 2)
    )


def _candidate(document: Document, event: Event) -> Candidate | None:
    """What a date says of the occurrence; None where it has no days or they lie after publication."""
    mention, published = event.mention, document.published_on
    first, last = mention.first, mention.last
    if first is None or last is None or (published is not None and first > published):
        return None
    if published is not None:
        last = min(last, published)
    if (later := _later(document, mention)) is not None:
        return Candidate(first - later, last - later, SURE, 0.0, 0.0, 0.0, mention.span, mention, False)
    kinds = (EventKind.OCCURRED, EventKind.BEGAN, EventKind.ENDED, EventKind.DISCOVERED)
    occurs, begins, ends, found = (event.odds.get(kind, 0.0) for kind in kinds)
    is_period = mention.rule == "joined"
    return Candidate(first, last, occurs, begins, ends, found, mention.span, mention, is_period)


def _later(document: Document, mention: DateMention) -> timedelta | None:
    """How long after the occurrence a date is that counts from it: "a day after the theft"."""
    own = document.tokens_within(*mention.span)
    if mention.rule not in ("ago", "beside") or document.lower[own.stop - 1] != "after":
        return None
    stop = document.inside[document.sentence_index(mention.span.start)].stop
    if not any(happening(document, i) in ("case", "take") for i in range(own.stop, min(own.stop + FROM, stop))):
        return None
    unit = DAYS.get(document.lower[own.stop - 2].rstrip("s"))
    many = 1.0 if mention.rule == "beside" else count(document.lower[own.start])
    return timedelta(days=unit * many) if unit and many else None


def _joined(document: Document, found: list[Candidate]) -> list[Candidate]:
    """Neighbours that tell one range as one, if either is likely enough to count."""
    joined: list[Candidate] = []
    for one in found:
        is_told = one.first == one.mention.first  # and not counted back from a day named before
        likely = bool(joined) and is_told and max(joined[-1].odds, one.odds) >= NARROWER
        if likely and _are_close(document, joined[-1].span, one.span):
            before = joined.pop()
            if before.first <= one.first and one.last <= before.last:
                joined.append(one)  # "last week, on Wednesday"
                continue
            one = Candidate(
                min(before.first, one.first),
                max(before.last, one.last),
                max(before.occurred, one.occurred),
                max(before.began, one.began),
                max(before.ended, one.ended),
                max(before.discovered, one.discovered),
                Span(before.span.start, one.span.end),
                before.mention,
                True,
            )
        joined.append(one)
    return joined


def _are_close(document: Document, before: Span, after: Span) -> bool:
    return after.start - before.end <= CLOSE and JOINED.fullmatch(document.text, before.end, after.start) is not None
