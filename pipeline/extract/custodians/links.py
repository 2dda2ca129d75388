"""Which of an article's incidents a finding belongs to.

Evidence is where the custodians are named around it, and words that turn to another incident ("in 2014", "a
separate breach"). With one incident there is nothing to decide.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.text.context import goes_on
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.weigh import Evidence, weigh

FAR = 1_000_000  # characters: not in the sentence
AFTER = 20  # characters that a name behind a finding seems farther away than one before it
CARRIED = 0.9  # probability that such a sentence goes on about the incident named last
OPENING = 4  # tokens of a sentence that say how it goes on from what was told


class Place(NamedTuple):
    """Where an incident's custodian is named, seen from a finding."""

    gap: str  # sentences since it was last named: "a0" in the same, "b1" in the one before, ..., "z" never, "u" unnamed
    away: int  # characters to its nearest name in the same sentence
    side: str  # where that stands: "before", "after", "no"
    last: int  # where it was last named before the finding; -1 if nowhere


def choose(document: Document, incidents: tuple[Incident, ...], span: Span) -> tuple[int, float]:
    """Index of the likeliest incident for a finding, and the probability that it is that one."""
    if len(incidents) == 1:
        return 0, 1.0
    index = document.sentence_index(span.start)
    for told in (_told_again(incidents, index), _carried_on(document, incidents, index)):
        if told is not None:
            return told, CARRIED
    odds = [weigh("link", evidence)["yes"] for evidence in link_evidence(document, incidents, span)]
    best = max(range(len(odds)), key=lambda i: (odds[i], -i))
    return best, odds[best] / (sum(odds) or 1.0)


def _told_again(incidents: tuple[Incident, ...], index: int) -> int | None:
    """The earlier incident of the main one's custodian, in a sentence that tells of it."""
    main = incidents[0].custodian
    for at, one in enumerate(incidents[1:], 1):
        if main and one.custodian and one.custodian.name == main.name and one.custodian.is_named_in(index):
            return at
    return None


def _carried_on(document: Document, incidents: tuple[Incident, ...], index: int) -> int | None:
    """The incident that "That incident affected ..." goes on about: the only one named in the sentence before."""
    if not index or not goes_on(document, index):
        return None
    named = [i for i, one in enumerate(incidents) if one.custodian and one.custodian.is_named_in(index - 1)]
    return named[0] if len(named) == 1 else None


def link_evidence(document: Document, incidents: tuple[Incident, ...], span: Span) -> list[Evidence]:
    """For each incident the evidence that the finding at `span` belongs to it."""
    index = document.sentence_index(span.start)
    inside = document.inside[index]
    opening = document.stems[inside.start : inside.start + OPENING]
    earlier = "earlier" in document.cues[inside.start : inside.stop]
    places = [_place(document, incident, span, index) for incident in incidents]
    nearest, last = min(p.away for p in places), max(p.last for p in places)
    several = sum(p.away < FAR for p in places) > 1
    gaps = sorted(p.gap for p in places)
    paragraph = _paragraph(document, span)
    found = []
    for incident, (gap, away, side, named) in zip(incidents, places, strict=True):
        kind = "main" if incident.is_main else "recalled"
        other = gaps[1] if gap == gaps[0] else gaps[0]  # the best of the others
        evidence: Evidence = [
            ("kind", kind),
            ("gap", f"{kind} {gap}"),
            ("count", f"{kind} {min(len(incidents), 4)}"),
            ("nearer", f"{kind} {'yes' if gap < other else 'same' if gap == other else 'no'}"),
            ("other gap", f"{kind} {gap} {other}"),
            ("earlier", f"{kind} {earlier} {gap == 'a0'}"),
            ("in sentence", f"{kind} {side}"),
            ("closest", f"{kind} {side} {away == nearest} {several}"),
            ("last named", f"{kind} {0 <= named == last} {gap}"),
            ("paragraph", f"{kind} {gap} {named >= paragraph}"),
            ("paragraph last", f"{kind} {0 <= named == last} {named >= paragraph} {last >= paragraph}"),
        ]
        evidence += [("opening", f"{kind} {gap} {stem}") for stem in opening]
        found.append(evidence)
    return found


def _paragraph(document: Document, span: Span) -> int:
    """Where the paragraph that holds the finding begins."""
    at = bisect_right(document.paragraphs, span.start, key=attrgetter("start")) - 1
    return document.paragraphs[max(0, at)].start


def _place(document: Document, incident: Incident, span: Span, index: int) -> Place:
    """Where the custodian of an incident is named, seen from the finding at `span` in sentence `index`."""
    if incident.custodian is None:
        return Place("u", FAR, "no", -1)
    names = incident.custodian.mentions
    behind = bisect_right(names, span.start, key=attrgetter("span.start"))
    last = names[behind - 1].span.start if behind else -1
    sentence = document.sentences[index]
    away, side = FAR, "no"
    if last >= sentence.start:
        away, side = span.start - last, "before"
    if behind < len(names) and (start := names[behind].span.start) < sentence.end and start - span.start + AFTER < away:
        away, side = start - span.start + AFTER, "after"
    if away < FAR:
        return Place("a0", away, side, last)
    since = index - document.sentence_index(last)
    return Place("z" if not behind else f"b{since}" if since < 4 else "c", away, side, last)
