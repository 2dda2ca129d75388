"""Mentions of kinds of data, and the evidence for whether they are said to be exposed.

"Names and birthdates were published" exposes two kinds; "no passwords were stolen" and "never share your
password" none. Which incident they belong to is decided elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.context import context, cues
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.incidents import Incident
from pipeline.extract.lexicon import phrases, words
from pipeline.extract.links import choose
from pipeline.extract.weigh import Evidence, level, weigh
from schemas.vocabulary import DataType

NEAR = 6  # mentions to either side that are looked at


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


class Looked(NamedTuple):
    """A mention with its list and the evidence in the words around them."""

    mention: DataMention
    group: tuple[DataMention, ...]
    evidence: Evidence


def look(document: Document) -> Iterator[Looked]:
    """Every mention of data in the order of the text, with the evidence that it is of data exposed in an incident."""
    for group in lists(document, find(document)):
        around = [pair for pair in context(document, group[0].span.start, group[-1].span.end) if pair[0] != "own"]
        beside = [pair for pair in around if pair[0] in ("l1", "r1")]
        around += _governors(document, group)
        around.append(("length", str(min(len(group), 5))))
        for mention in group:
            inside = document.tokens_within(*mention.span)
            own = [("own", stem) for stem in document.stems[inside.start : inside.stop]]
            coded = [(f"code {slot}", f"{mention.code} {value}") for slot, value in beside + own]
            yield Looked(mention, group, [*around, *own, ("code", mention.code), *coded])


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


def kinds(mentions: Iterable[DataMention]) -> Evidence:
    """The plain kinds of data that an article names more than once, and the one that it names most."""
    plain = Counter(mention.code for mention in mentions if not mention.code.endswith("?"))
    evidence: Evidence = [("kinds", code) for code, count in plain.items() if count > 1]
    return evidence + [("most", code) for code, _ in plain.most_common(1)]


def kind_evidence(document: Document, named: Evidence, mention: DataMention) -> Evidence:
    """Evidence for the type of data that an ambiguous noun means; `named` are the `kinds` of the article."""
    kept = ("own", "l1", "l2", "r1", "r2", "left", "right")
    evidence = [pair for pair in context(document, *mention.span) if pair[0] in kept]
    return [*evidence, *named, ("code", mention.code)]


class Seen(NamedTuple):
    """A mention at first sight: the probability, from the words around it alone, that it was exposed."""

    mention: DataMention
    group: tuple[DataMention, ...]
    evidence: Evidence
    odds: float


def glance(document: Document) -> tuple[Seen, ...]:
    """Every mention of data with its odds at first sight, in the order of the text."""
    return tuple(Seen(*one, weigh("exposed_first", one.evidence)["yes"]) for one in look(document))


def second_evidence(document: Document, seen: Sequence[Seen], reported: float) -> Iterator[Evidence]:
    """For each mention evidence in what was seen at first: of itself, of its neighbours, of the same kind elsewhere."""
    sentences = [document.sentence_index(one.mention.span.start) for one in seen]
    levels = [level(one.odds) for one in seen]
    odds = [one.odds for one in seen]
    same = _highest_beside([one.mention.code for one in seen], odds)
    beside = _highest_beside([one.group[0].span for one in seen], odds)
    sure = level(reported)
    of_all: Evidence = [
        ("reported", sure),
        ("most", level(max(odds, default=0.0))),
        ("mean", level(sum(odds) / max(1, len(odds)))),
    ]
    for which, one in enumerate(seen):
        near = range(max(0, which - NEAR), min(len(seen), which + NEAR + 1))
        around = max((odds[i] for i in near if i != which and sentences[i] == sentences[which]), default=None)
        code, first = one.mention.code, levels[which]
        yield [
            *one.evidence,
            *of_all,
            ("first", first),
            ("first reported", f"{first} {sure}"),
            ("code", code),
            ("code first", f"{code} {first}"),
            ("beside", _level(beside[which])),
            ("around", _level(around)),
            ("same", _level(same[which])),
            ("before", levels[which - 1] if which else "none"),
            ("after", levels[which + 1] if which + 1 < len(seen) else "none"),
        ]


def _highest_beside(keys: Sequence[Hashable], odds: Sequence[float]) -> list[float | None]:
    """For each mention the highest odds of another one with its key, None where there is none."""
    by_key: dict[Hashable, list[float]] = {}
    for key, value in zip(keys, odds, strict=True):
        by_key.setdefault(key, []).append(value)
    highest = {key: sorted(values)[-2:] for key, values in by_key.items()}
    found: list[float | None] = []
    for key, value in zip(keys, odds, strict=True):
        others = highest[key][:-1] if highest[key][-1] == value else highest[key]
        found.append(others[-1] if others else None)
    return found


def _level(odds: float | None) -> str:
    return "none" if odds is None else level(odds)


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
    named = kinds(one.mention for one in seen)
    found = []
    for one, evidence in zip(seen, second_evidence(document, seen, reported), strict=True):
        odds = weigh("exposed", evidence)["yes"]
        if odds >= EXPOSED:
            incident, _ = choose(document, incidents, one.mention.span)
            found.append(Exposed(one.mention.span, _data_type(document, named, one.mention), incident, odds))
    return tuple(found)


def _data_type(document: Document, named: Evidence, mention: DataMention) -> DataType:
    if not mention.code.endswith("?"):
        return DataType(mention.code)
    odds = weigh("data_type", kind_evidence(document, named, mention))
    return DataType(max(sorted(odds), key=lambda label: odds[label]))
