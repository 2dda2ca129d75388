"""Mentions of kinds of data, and the evidence for whether they are said to be exposed.

"Names and birthdates were published" exposes two kinds; "no passwords were stolen" and "never share your
password" none. Which incident they belong to is decided elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.context import context, cues
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.incidents import Incident
from pipeline.extract.lexicon import phrases, words
from pipeline.extract.links import choose
from pipeline.extract.weigh import Evidence, level, weigh
from schemas.vocabulary import DataType


class DataMention(NamedTuple):
    """A noun for a kind of data; `code` is its type, ending in "?" where the words around it may decide otherwise."""

    span: Span
    code: str


def find(document: Document) -> tuple[DataMention, ...]:
    """Every noun for data in the order of the text, exposed or not, with the adjectives before it."""
    return tuple(DataMention(_with_adjectives(document, hit.start, hit.end), hit.code) for hit in phrases("data_types").find(document.text) if hit.code)


def _with_adjectives(document: Document, start: int, end: int) -> Span:
    """ "hashed passwords" for "passwords"; never beyond the sentence."""
    adjectives = words("data_adjectives")
    index = document.token_index(start)
    while index and document.lower[index - 1] in adjectives and document.tokens[index].start - document.tokens[index - 1].end == 1:
        index -= 1
    return Span(min(start, document.tokens[index].start), end)


def lists(document: Document, mentions: tuple[DataMention, ...]) -> tuple[tuple[DataMention, ...], ...]:
    """Mentions in groups that one verb governs: "names, home addresses and dates of birth"."""
    groups: list[list[DataMention]] = []
    for mention in mentions:
        if groups and _continues(document, groups[-1][-1].span, mention.span):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return tuple(map(tuple, groups))


def _continues(document: Document, one: Span, other: Span) -> bool:
    """Whether two mentions stand in one list: a comma or conjunction between them, and no verb."""
    between = document.lower[document.tokens_within(one.end, other.start).start : document.tokens_within(one.end, other.start).stop]
    if not between or len(between) > 6 or document.sentence_index(one.start) != document.sentence_index(other.start):
        return False
    return not JOINS.isdisjoint(between) and BREAKS.isdisjoint(between)


JOINS = frozenset({",", ";", "and", "or", "&", "/", "plus", "(", "–", "-", "including", ":"})
BREAKS = frozenset({"was", "were", "is", "are", "has", "have", "had", "been", "said", "that", "which", "who", "but", "stole", "to", "not", "no", "be", "will", "can", "could", "may"})


def exposure_evidence(document: Document, group: tuple[DataMention, ...], mention: DataMention) -> Evidence:
    """Evidence in the words around a mention that it is of data exposed in an incident."""
    evidence = [(slot, value) for slot, value in context(document, group[0].span.start, group[-1].span.end) if slot != "own"]
    inside = document.tokens_within(*mention.span)
    evidence += [("own", s) for s in document.stems[inside.start : inside.stop]]
    evidence += _governors(document, group)
    evidence.append(("code", mention.code))
    evidence.append(("length", str(min(len(group), 5))))
    evidence += [(f"code {slot}", f"{mention.code} {value}") for slot, value in evidence if slot in ("l1", "r1", "own")]
    return evidence


def _governors(document: Document, group: tuple[DataMention, ...]) -> Evidence:
    """The words that govern a list: "had access to" before it, "were not stolen" behind it."""
    sentence = document.tokens_within(*document.sentence(group[0].span.start))
    first = document.tokens_within(*group[0].span).start
    last = document.tokens_within(*group[-1].span).stop
    known, evidence = cues(), []
    skipped: list[str] = []
    for i in range(first - 1, max(sentence.start, first - 9) - 1, -1):
        stem = document.stems[i]
        code = known.get(stem)
        if code in GOVERNS:
            denied = any(known.get(s) == "deny" for s in document.stems[max(sentence.start, i - 5) : i])
            evidence.append(("governed", f"{stem} {'not' if denied else ''}"))
            evidence.append(("governed by", f"{code} {'not' if denied else ''}"))
            evidence += [("governed via", s) for s in skipped if s in ("of", "to", "from", "with", "that", "by", "in")]
            break
        if document.words[i] in ".;:?!":
            break
        skipped.append(stem)
    else:
        evidence.append(("governed by", "none"))
    for i in range(last, min(sentence.stop, last + 12)):
        if document.lower[i] in AUXILIARIES:
            rest = document.stems[i : min(sentence.stop, i + 6)]
            verb = next((s for s in rest if known.get(s) in GOVERNS), "")
            denied = any(known.get(s) == "deny" for s in rest)
            hedged = any(known.get(s) == "hedge" for s in rest)
            evidence.append(("verb", f"{verb} {'not' if denied else ''}"))
            evidence.append(("verb is", f"{known.get(verb, '-')} {'not' if denied else ''} {'perhaps' if hedged else ''}"))
            break
    else:
        evidence.append(("verb is", "none"))
    return evidence


GOVERNS = frozenset({"expose", "include", "sell", "advise", "claim", "attack", "find", "affect", "respond"})
AUXILIARIES = frozenset({"was", "were", "is", "are", "had", "have", "has", "been", "be", "may", "might", "could", "would", "will"})


def kind_evidence(document: Document, mentions: Sequence[DataMention], mention: DataMention) -> Evidence:
    """Evidence for the type of data that an ambiguous noun names, the kinds that the article names beside it included."""
    kept = ("own", "l1", "l2", "r1", "r2", "left", "right")
    evidence = [(slot, value) for slot, value in context(document, *mention.span) if slot in kept]
    plain = Counter(m.code for m in mentions if not m.code.endswith("?"))
    evidence += [("kinds", code) for code, count in plain.items() if count > 1]
    evidence += [("most", code) for code, _ in plain.most_common(1)]
    evidence.append(("code", mention.code))
    return evidence


class Seen(NamedTuple):
    """A mention at first sight: the probability, from the words around it alone, that it was exposed."""

    mention: DataMention
    group: tuple[DataMention, ...]
    odds: float


def glance(document: Document) -> tuple[Seen, ...]:
    """Every mention of data with its odds at first sight, in the order of the text."""
    return tuple(
        Seen(mention, group, weigh("exposed_first", exposure_evidence(document, group, mention))["yes"])
        for group in lists(document, find(document))
        for mention in group
    )


def second_evidence(document: Document, seen: tuple[Seen, ...], which: int, reported: float) -> Evidence:
    """Evidence in what was seen at first: of the mention itself, of its neighbours, of the same kind elsewhere."""
    one = seen[which]
    sentence = document.sentence_index(one.mention.span.start)
    beside = [s.odds for s in seen if s.group is one.group and s is not one]
    around = [s.odds for s in seen[max(0, which - 6) : which + 7] if s is not one and document.sentence_index(s.mention.span.start) == sentence]
    same = [s.odds for s in seen if s.mention.code == one.mention.code and s is not one]
    evidence = exposure_evidence(document, one.group, one.mention)
    evidence += [
        ("first", level(one.odds)),
        ("reported", level(reported)),
        ("first reported", f"{level(one.odds)} {level(reported)}"),
        ("code", one.mention.code),
        ("code first", f"{one.mention.code} {level(one.odds)}"),
        ("beside", level(max(beside)) if beside else "none"),
        ("around", level(max(around)) if around else "none"),
        ("same", level(max(same)) if same else "none"),
        ("before", level(seen[which - 1].odds) if which else "none"),
        ("after", level(seen[which + 1].odds) if which + 1 < len(seen) else "none"),
        ("most", level(max(s.odds for s in seen))),
        ("mean", level(sum(s.odds for s in seen) / len(seen))),
    ]
    return evidence


class Exposed(NamedTuple):
    """A mention of data that was exposed in the incident with index `incident`."""

    span: Span
    data_type: DataType
    incident: int
    confidence: float


EXPOSED = 0.33  # probability at which a mention counts as exposed, chosen on labelled articles


def exposed(document: Document, seen: tuple[Seen, ...], incidents: tuple[Incident, ...], reported: float) -> tuple[Exposed, ...]:
    """The mentions of data that the article says were exposed; none where it reports no incident."""
    if not incidents:
        return ()
    found = []
    for which, one in enumerate(seen):
        odds = weigh("exposed", second_evidence(document, seen, which, reported))["yes"]
        if odds >= EXPOSED:
            incident, _ = choose(document, incidents, one.mention.span)
            found.append(Exposed(one.mention.span, _data_type(document, seen, one.mention), incident, odds))
    return tuple(found)


def _data_type(document: Document, seen: tuple[Seen, ...], mention: DataMention) -> DataType:
    if not mention.code.endswith("?"):
        return DataType(mention.code)
    odds = weigh("data_type", kind_evidence(document, [s.mention for s in seen], mention))
    return DataType(max(sorted(odds), key=lambda label: odds[label]))
