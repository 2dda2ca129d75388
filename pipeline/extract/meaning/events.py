"""What a date of the text is the date of: when it occurred, was discovered, was reported, or neither.

Evidence is the words around it and, above all, the word of its clause that governs it ("was *stolen* on Monday").
What such a word settles alone (`governors`) is weighed only against the date's being of no incident.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.custodians.links import choose
from pipeline.extract.meaning import governors
from pipeline.extract.meaning.clauses import clause, happening
from pipeline.extract.text.context import context
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention
from pipeline.extract.text.wording import POSSESSIVE
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import EventKind

ARTICLES = frozenset(("the", "a", "early", "late", "mid", ","))
UNTOLD = 0.6  # how much of the odds of being of no incident remains where the kind is settled otherwise


class Event(NamedTuple):
    """A date and what happened then; `nearest` is the index of the likeliest incident, if the article reports any."""

    mention: DateMention
    kind: EventKind
    nearest: int | None
    odds: dict[str, float]  # the probability of each kind

    @property
    def incident(self) -> int | None:
        """Index of the incident that it belongs to, if any."""
        return None if self.kind is EventKind.OTHER else self.nearest

    @property
    def confidence(self) -> float:
        """Probability of its kind."""
        return self.odds[self.kind]


def find(document: Document, mentions: tuple[DateMention, ...], incidents: tuple[Incident, ...]) -> tuple[Event, ...]:
    """Every date of the text with its kind; `other` and no incident where the article reports none."""
    if not incidents:
        return tuple(Event(mention, EventKind.OTHER, None, {EventKind.OTHER: 1.0}) for mention in mentions)
    found = []
    for mention in mentions:
        odds = weigh("event", event_evidence(document, mention, incidents))
        kind = governors.settled(document, mention)
        if kind is not None:
            untold = UNTOLD * odds[EventKind.OTHER]
            odds = dict.fromkeys(odds, 0.0) | {EventKind.OTHER: untold, kind: 1 - untold}
        likeliest = EventKind(max(sorted(odds), key=lambda label: odds[label]))
        found.append(Event(mention, likeliest, choose(document, incidents, mention.span)[0], odds))
    return tuple(found)


def event_evidence(document: Document, mention: DateMention, incidents: tuple[Incident, ...]) -> Evidence:
    """Evidence for the kind of event: the words around, what governs the date, its age, whose custodian is named."""
    evidence = [pair for pair in context(document, *mention.span) if pair[0] != "before"]
    own = document.tokens_within(*mention.span)
    sentence = document.inside[document.sentence_index(mention.span.start)]
    near = clause(document, sentence, own)
    stems = document.stems
    before = [(code, stems[i]) for i in range(own.start - 1, near.start - 1, -1) if (code := happening(document, i))]
    behind = [(code, stems[i]) for i in range(own.stop, near.stop) if (code := happening(document, i))]
    left, right = before[0][0] if before else "-", behind[0][0] if behind else "-"
    how = _how(document, near, own)
    owned = _owned(document, near, own, how)
    governs = f"of {owned}" if owned else f"after {left}" if before else f"before {right}"
    age = _age(document, mention)
    evidence += [
        ("grain", mention.grain),
        ("age", age),
        ("custodian", _named(document, incidents, mention)),
        ("clause left", left),
        ("clause right", right),
        ("clause", f"{left} {right}"),
        ("how", how),
        ("governs", governs),
        ("governs how", f"{governs} {how}"),
        ("governs age", f"{governs} {age}"),
        ("governs grain", f"{governs} {mention.grain}"),
    ]
    evidence += [("verb left", stem) for _, stem in before[:1]] + [("verb right", stem) for _, stem in behind[:1]]
    evidence += [("in clause", code) for code in sorted({code for code, _ in before + behind})]
    told = {code for i in sentence if (code := happening(document, i))}
    evidence += [("in sentence", code) for code in sorted(told)]
    return evidence


def _how(document: Document, near: range, own: range) -> str:
    """The word that binds the date: "in", "since", "as of the"; "^" where it opens its clause."""
    if own.start <= near.start:
        return "^"
    word = document.lower[own.start - 1]
    if word in ARTICLES and own.start - 1 > near.start:
        return f"{document.lower[own.start - 2]} {word}"
    return word


def _owned(document: Document, near: range, own: range, how: str) -> str:
    """What kind of noun a date qualifies: "the 2015 [breach]", "Monday's [announcement]"."""
    if how.rpartition(" ")[2] != "the" and document.words[own.stop - 1][-2:] not in POSSESSIVE:
        return ""
    behind = range(own.stop, min(own.stop + 3, near.stop))
    return next((code for i in behind if (code := happening(document, i))), "")


def _named(document: Document, incidents: tuple[Incident, ...], mention: DateMention) -> str:
    """Of which incidents the date's sentence names the custodian: "main", "recalled", both or "none"."""
    sentence = document.sentence_index(mention.span.start)
    kinds = {
        "main" if incident.is_main else "recalled"
        for incident in incidents
        if incident.custodian and incident.custodian.is_named_in(sentence)
    }
    return " ".join(sorted(kinds)) or "none"


def _age(document: Document, mention: DateMention) -> str:
    """How long before publication the date lies."""
    if document.published_on is None or mention.last is None:
        return "unknown"
    days = (document.published_on - mention.last).days
    for name, least in (("years", 500), ("year", 120), ("months", 35), ("month", 12), ("week", 3), ("day", 0)):
        if days >= least:
            return name
    return "future"
