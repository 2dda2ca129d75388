"""What a date of the text is the date of: when it occurred, was discovered, was reported, or neither."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.context import context
from pipeline.extract.document import Document
from pipeline.extract.findings import DateMention
from pipeline.extract.incidents import Incident
from pipeline.extract.links import choose
from pipeline.extract.weigh import Evidence, weigh
from schemas.vocabulary import EventKind


class Event(NamedTuple):
    """A date and what happened then; `incident` is the index of the incident that it belongs to, if any."""

    mention: DateMention
    kind: EventKind
    incident: int | None
    odds: dict[str, float]  # the probability of each kind

    @property
    def confidence(self) -> float:
        """Probability of its kind."""
        return self.odds[self.kind]


def find(document: Document, mentions: tuple[DateMention, ...], incidents: tuple[Incident, ...], reported: float) -> tuple[Event, ...]:
    """Every date of the text with its kind; `other` and no incident where the article reports none."""
    found = []
    for mention in mentions:
        odds = weigh("event", event_evidence(document, mention, reported))
        kind = EventKind(max(sorted(odds), key=lambda label: odds[label]))
        if not incidents or kind is EventKind.OTHER:
            found.append(Event(mention, EventKind.OTHER, None, {**odds, EventKind.OTHER: odds.get("other", 1.0)}))
        else:
            found.append(Event(mention, kind, choose(document, incidents, mention.span)[0], odds))
    return tuple(found)


def event_evidence(document: Document, mention: DateMention, reported: float) -> Evidence:
    """Evidence for the kind of event; `reported` is the probability that the article reports an incident."""
    evidence = context(document, *mention.span)
    evidence.append(("grain", mention.grain))
    evidence.append(("age", _age(document, mention)))
    evidence.append(("reported", str(round(reported * 5))))
    return evidence


def _age(document: Document, mention: DateMention) -> str:
    """How long before publication the date lies."""
    if document.published_on is None or mention.last is None:
        return "unknown"
    days = (document.published_on - mention.last).days
    for name, least in (("years", 500), ("year", 120), ("months", 35), ("month", 12), ("week", 3), ("day", 0)):
        if days >= least:
            return name
    return "future"
