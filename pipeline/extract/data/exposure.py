"""Which mentions of data are said to be exposed, and of what type the data are.

"Names and birthdates were published" exposes two kinds; "no passwords were stolen" and "never share your
password" none. Each mention is first weighed by the words around it, then again with what was seen of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Incident, Role
from pipeline.extract.custodians.links import choose
from pipeline.extract.data.clauses import denial, is_means, owner, sentence
from pipeline.extract.data.denials import denials
from pipeline.extract.data.kinds import Named, kind
from pipeline.extract.data.mentions import DataMention, Group, find, lists
from pipeline.extract.data.predicates import Classes, governing
from pipeline.extract.text.context import STEPS
from pipeline.extract.text.document import Document, stems_of
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.trees import climb, logit
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import DataType

# Probabilities at which a mention counts as exposed, and as exposed and of its type; chosen on labelled articles. That
# data got out is worth telling even where their type is in doubt.
EXPOSED = 0.25
TYPED = 0.2
BARE = 0.36  # and at which a single word that may mean any data counts
TOLD = 0.9  # and at which it counts before "including", which lists what it means, and in "those whose data leaked"
HOPELESS = 0.1  # probability at first sight below which no second look is worth its time
LISTING = re.compile(r"[ ,—–-]*(?:which |that )?(?:including|includes?|included|such as)\b")
WINDOW = 12  # mentions to either side that are looked at for what stands near


class Looked(NamedTuple):
    """A mention with its list and the evidence in the words around them."""

    mention: DataMention
    group: Group
    evidence: Evidence


class Seen(NamedTuple):
    """A mention at first sight: the probability, from the words around it alone, that it was exposed."""

    mention: DataMention
    group: Group
    evidence: Evidence
    odds: float


class Exposed(NamedTuple):
    """A mention of data that was exposed in the incident with index `incident`."""

    span: Span
    data_type: DataType
    incident: int
    confidence: float


def glance(document: Document) -> tuple[Seen, ...]:
    """Every mention of data with its odds at first sight, in the order of the text."""
    return tuple(Seen(*one, weigh("exposed_first", one.evidence)["yes"]) for one in look(document))


def exposed(
    document: Document,
    seen: tuple[Seen, ...],
    incidents: tuple[Incident, ...],
    reported: float,
    roles: Sequence[Role] = (),
) -> tuple[Exposed, ...]:
    """The mentions of data that the article says were exposed; none where it reports no incident."""
    if not incidents:
        return ()
    named = Named.of([one.mention for one in seen], [one.odds for one in seen])
    found = []
    for one, features in second_look(document, seen, reported, roles, HOPELESS):
        if one.evidence[-1] in (DENIED, MEANS):
            continue
        odds = climb("exposed", features)
        if odds >= EXPOSED:
            data_type, certain = kind(document, named, one.mention, one.group)
            if odds * certain >= _least(document, one.mention):
                incident, _ = choose(document, incidents, one.mention.span)
                found.append(Exposed(one.mention.span, data_type, incident, odds * certain))
    return tuple(found)


def _least(document: Document, mention: DataMention) -> float:
    """How likely a mention must be exposed, and of its type, to count."""
    own = document.tokens_within(*mention.span)
    if not mention.code.endswith("?") or len(own) > 1:
        return TYPED
    # One ambiguous word, as "the information", mostly points back to data told before it, or ahead to a list of them.
    is_told = document.lower[own.start - 1 : own.start] == ("whose",)
    return TOLD if is_told or LISTING.match(document.text, mention.span.end) else BARE


def look(document: Document) -> Iterator[Looked]:
    """Every mention of data in the order of the text, with the evidence that it is of data exposed in an incident."""
    mentions = find(document)
    groups, sentences = lists(document, mentions), dict[int, Evidence]()
    classes = Classes.of(document, {document.sentence_index(group[0].span.start) for group in groups})
    denied = denials(document, [mention.span for mention in mentions])
    for group in groups:
        around = _around(document, classes, group, sentences)
        plain = [pair for pair in around if pair[0] not in BY_KIND_ALONE]
        first = document.tokens_within(*group[0].span).start
        is_tool = is_means(document, classes, document.inside[document.sentence_index(group[0].span.start)], first)
        for mention in group:
            evidence = [*plain, *_own(document, mention, around)]
            if is_tool:
                evidence.append(MEANS)
            elif mention.span in denied:
                evidence.append(DENIED)
            yield Looked(mention, group, evidence)


def _around(document: Document, classes: Classes, group: Group, sentences: dict[int, Evidence]) -> Evidence:
    """What stands around a list of mentions."""
    first = document.tokens_within(*group[0].span).start
    last = document.tokens_within(*group[-1].span).stop
    index = document.sentence_index(group[0].span.start)
    inside, stems = document.inside[index], document.stems
    evidence: Evidence = []
    for step, (left, right) in enumerate(STEPS, 1):
        evidence.append((left, stems[first - step] if first - step >= inside.start else "^"))
        evidence.append((right, stems[last + step - 1] if last + step - 1 < inside.stop else "$"))
    evidence.append(("place", "lead" if index < 2 else "early" if index < 6 else "late"))
    evidence.append(("length", str(min(len(group), 5))))
    if index not in sentences:
        sentences[index] = sentence(document, classes, inside)
    evidence.append(("denied", denial(document, classes, inside, first, last)))
    evidence.append(("owner", owner(document, inside, first)))
    return evidence + governing(document, classes, inside, first, last) + sentences[index]


def _own(document: Document, mention: DataMention, around: Evidence) -> Evidence:
    """What the mention itself says, and what some of what stands around it says of its kind."""
    inside = document.tokens_within(*mention.span)
    stems = document.stems[inside.start : inside.stop]
    sort = "any" if mention.code == "data?" else "unsure" if mention.code.endswith("?") else "plain"
    evidence: Evidence = [("own", stem) for stem in stems]
    evidence.append(("head", stems[-1]))
    evidence.append(("plural", f"{sort} {document.lower[inside.stop - 1].endswith('s')}"))
    if not GOT_OUT.isdisjoint(stems):
        evidence.append(("own exposed", sort))
    evidence += [(BY_CODE[slot], f"{mention.code} {value}") for slot, value in around if slot in BY_CODE]
    return evidence + [(BY_SORT[slot], f"{sort} {value}") for slot, value in around if slot in BY_SORT]


DENIED, MEANS = ("denied", "plainly"), ("denied", "means")  # what got out is neither
GOT_OUT = stems_of("stolen leaked exposed compromised hacked breached dumped pilfered")
BY_CODE = {slot: f"code {slot}" for slot in ("g0", "h0", "c1", "b1", "denied")}
BY_SORT = {slot: f"sort {slot}" for slot in ("c1", "b1", "denied", "owner")}
BY_KIND_ALONE = frozenset({"g0", "h0", "owner"})  # what says nothing but of a kind of data


def second_look(
    document: Document, seen: Sequence[Seen], reported: float, roles: Iterable[Role] = (), least: float = 0.0
) -> Iterator[tuple[Seen, dict[str, float]]]:
    """Each mention with odds of `least` or more, and what was seen of it, its neighbours, its noun and the article."""
    odds = [one.odds for one in seen]
    sentences = [document.sentence_index(one.mention.span.start) for one in seen]
    heads = [document.stems[document.tokens_within(*one.mention.span).stop - 1] for one in seen]
    codes = [one.mention.code for one in seen]
    by_code, by_head = _places(codes), _places(heads)
    ranked = sorted(odds, reverse=True)
    ranks = {value: rank for rank, value in reversed([*enumerate(ranked)])}
    whole = {
        **_summed("all", odds),
        "reported": logit(reported),
        "best 3": logit(sum(ranked[:3]) / max(1, len(ranked[:3]))),
        "best 8": logit(sum(ranked[:8]) / max(1, len(ranked[:8]))),
        "likely": sum(o > 0.4 for o in odds) / max(1, len(odds)),
        "sentences": float(len(document.sentences)),
    }
    custodians, recalled = _named(document, roles)
    for i, one in enumerate(seen):
        if one.odds < least:
            continue
        near = [j for j in range(max(0, i - WINDOW), min(len(seen), i + WINDOW + 1)) if j != i]
        inside = document.tokens_within(*one.mention.span)
        features = {f"{slot} {value}": 1.0 for slot, value in one.evidence if slot in TELLING}
        features |= whole
        features |= _summed("group", [odds[j] for j in near if seen[j].group is one.group])
        features |= _summed("sentence", [odds[j] for j in near if sentences[j] == sentences[i]])
        features |= _summed("sentence before", [odds[j] for j in near if sentences[j] == sentences[i] - 1])
        features |= _summed("sentence after", [odds[j] for j in near if sentences[j] == sentences[i] + 1])
        features |= _summed("code", [odds[j] for j in by_code[codes[i]] if j != i])
        features |= _summed("head", [odds[j] for j in by_head[heads[i]] if j != i])
        features |= _summed("head before", [odds[j] for j in by_head[heads[i]] if j < i])
        features["first"] = logit(one.odds)
        features["ahead"] = logit(odds[i - 1]) if i else -5.0
        features["behind"] = logit(odds[i + 1]) if i + 1 < len(odds) else -5.0
        features["custodian"] = custodians.get(sentences[i], 0.0)
        features["custodian before"] = custodians.get(sentences[i] - 1, 0.0)
        features["recalled"] = recalled.get(sentences[i], 0.0)
        features["recalled before"] = recalled.get(sentences[i] - 1, 0.0)
        features["rank"] = ranks[one.odds] / len(seen)
        features["place"] = sentences[i] / len(document.sentences)
        features["sentence at"] = float(min(sentences[i], 30))
        features["any"] = float(codes[i] == "data?")
        features["unsure"] = float(codes[i].endswith("?"))
        features["group length"] = float(min(len(one.group), 8))
        features["into group"] = float(inside.start - document.token_index(one.group[0].span.start))
        features["words"] = float(len(inside))
        yield one, features


def _named(document: Document, roles: Iterable[Role]) -> tuple[dict[int, float], dict[int, float]]:
    """By sentence, how likely one that it names is the custodian of a main incident, or of one recalled."""
    custodians, recalled = dict[int, float](), dict[int, float]()
    for role in roles:
        for name in role.entity.mentions:
            at = document.sentence_index(name.span.start)
            custodians[at] = max(custodians.get(at, 0.0), role.odds["main"])
            recalled[at] = max(recalled.get(at, 0.0), role.odds["recalled"])
    return custodians, recalled


TELLING = frozenset(
    {
        *("g0 who", "g0 form", "gg", "c1", "b1", "L2", "R2", "LR", "subject", "has", "start", "own", "own exposed"),
        *("plural", "sentence may", "sentence you", "tense", "names", "numbers", "denied"),
    }
)


def _places(values: Sequence[str]) -> dict[str, list[int]]:
    """The first places of each value, as many as are worth looking at."""
    ordered = sorted(range(len(values)), key=lambda i: (values[i], i))
    return {value: list(places)[:40] for value, places in groupby(ordered, key=lambda i: values[i])}


def _summed(name: str, odds: Sequence[float]) -> dict[str, float]:
    """The greatest, the mean and the number of some odds; -5 where there are none."""
    if not odds:
        return {f"{name} max": -5.0, f"{name} mean": -5.0}
    return {
        f"{name} max": logit(max(odds)),
        f"{name} mean": logit(sum(odds) / len(odds)),
        f"{name} count": float(min(len(odds), 12)),
    }
