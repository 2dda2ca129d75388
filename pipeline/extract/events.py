"""Evidence for what a date of the text is the date of: when it occurred, was discovered, was reported, or neither."""

from __future__ import annotations

from pipeline.extract.context import context
from pipeline.extract.document import Document
from pipeline.extract.findings import DateMention
from pipeline.extract.weigh import Evidence


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
