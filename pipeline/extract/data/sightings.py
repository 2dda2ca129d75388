"""What is seen of each mention of data: at first sight the words around it, at second sight the other mentions too.

Each is evidence that the data got out; what it adds up to is decided in `exposure.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pipeline.extract.custodians.incidents import Role
from pipeline.extract.data.clauses import denial, is_means, owner, sentence
from pipeline.extract.data.denials import denials
from pipeline.extract.data.mentions import DataMention, Group, find, lists
from pipeline.extract.data.predicates import Classes, governing
from pipeline.extract.text.context import STEPS, most_by_sentence
from pipeline.extract.text.document import Document, stems_of
from pipeline.extract.weighing.trees import logit
from pipeline.extract.weighing.weigh import Evidence

WINDOW = 12  # mentions to either side that are looked at for what stands near
ALIKE = 40  # mentions of one kind, or with one noun, that are held against one of them
NONE = -5.0  # what stands for the odds of mentions where there are none, on the scale of `logit`


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


def look(document: Document) -> Iterator[Looked]:
    """Every mention of data in the order of the text, with the evidence that it is of data exposed in an incident."""
    mentions = find(document)
    groups, sentences = lists(document, mentions), dict[int, Evidence]()
    classes = Classes.of(document, {document.sentence_index(group[0].span.start) for group in groups})
    denied = denials(document, [mention.span for mention in mentions])
    for group in groups:
        own = range(document.tokens_within(*group[0].span).start, document.tokens_within(*group[-1].span).stop)
        index = document.sentence_index(group[0].span.start)
        if index not in sentences:
            sentences[index] = sentence(document, classes, document.inside[index])
        around = [*_around(document, classes, index, own), ("length", str(min(len(group), 5))), *sentences[index]]
        plain = [pair for pair in around if pair[0] not in BY_KIND_ALONE]
        is_tool = is_means(document, classes, document.inside[index], own.start)
        for mention in group:
            evidence = [*plain, *_own(document, mention, around)]
            if is_tool or mention.span in denied:
                evidence.append(MEANS if is_tool else DENIED)
            yield Looked(mention, group, evidence)


def _around(document: Document, classes: Classes, index: int, own: range) -> Evidence:
    """What stands around the tokens of a list of mentions, in the sentence with this index."""
    first, last = own.start, own.stop
    inside, stems = document.inside[index], document.stems
    evidence: Evidence = []
    for step, (left, right) in enumerate(STEPS, 1):
        evidence.append((left, stems[first - step] if first - step >= inside.start else "^"))
        evidence.append((right, stems[last + step - 1] if last + step - 1 < inside.stop else "$"))
    evidence.append(("place", "lead" if index < 2 else "early" if index < 6 else "late"))
    evidence.append(("denied", denial(document, classes, inside, first, last)))
    evidence.append(("owner", owner(document, inside, first)))
    return evidence + governing(document, classes, inside, first, last)


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


# What is plainly denied to have got out, and what was a tool, did not get out; it stands last in the evidence.
RULED_OUT = DENIED, MEANS = ("denied", "plainly"), ("denied", "means")
GOT_OUT = stems_of("stolen leaked exposed compromised hacked breached dumped pilfered")
BY_CODE = {slot: f"code {slot}" for slot in ("g0", "h0", "c1", "b1", "denied")}
BY_SORT = {slot: f"sort {slot}" for slot in ("c1", "b1", "denied", "owner")}
BY_KIND_ALONE = frozenset({"g0", "h0", "owner"})  # what says nothing but of a kind of data


def second_look(
    document: Document,
    seen: Sequence[Seen],
    reported: float,
    roles: Sequence[Role] = (),
    wanted: Iterable[int] | None = None,
) -> Iterator[tuple[Seen, dict[str, float]]]:
    """The mentions with what was seen of each, its neighbours, its noun and the article.

    `wanted` are the indexes of those to be looked at again, all if None.
    """
    odds = [one.odds for one in seen]
    sentences = [document.sentence_index(one.mention.span.start) for one in seen]
    heads = [document.stems[document.tokens_within(*one.mention.span).stop - 1] for one in seen]
    codes = [one.mention.code for one in seen]
    by_code, by_head = _places(codes), _places(heads)
    ranks = {value: rank for rank, value in reversed([*enumerate(sorted(odds, reverse=True))])}
    whole = _whole(document, odds, reported)
    custodians = most_by_sentence((at, role.odds["main"]) for role in roles for at in role.entity.sentences)
    recalled = most_by_sentence((at, role.odds["recalled"]) for role in roles for at in role.entity.sentences)
    for i in range(len(seen)) if wanted is None else wanted:
        one, at = seen[i], sentences[i]
        features = {f"{slot} {value}": 1.0 for slot, value in one.evidence if slot in TELLING}
        features |= whole
        features |= _itself(document, one)
        features |= _near(seen, sentences, i)
        features |= _summed("code", [odds[j] for j in by_code[codes[i]] if j != i])
        features |= _summed("head", [odds[j] for j in by_head[heads[i]] if j != i])
        features |= _summed("head before", [odds[j] for j in by_head[heads[i]] if j < i])
        features["custodian"] = custodians.get(at, 0.0)
        features["custodian before"] = custodians.get(at - 1, 0.0)
        features["recalled"] = recalled.get(at, 0.0)
        features["recalled before"] = recalled.get(at - 1, 0.0)
        features["rank"] = ranks[one.odds] / len(seen)
        features["place"] = at / len(document.sentences)
        features["sentence at"] = float(min(at, 30))
        yield one, features


def _whole(document: Document, odds: Sequence[float], reported: float) -> dict[str, float]:
    """What was seen of the whole article."""
    ranked = sorted(odds, reverse=True)
    return {
        **_summed("all", odds),
        "reported": logit(reported),
        "best 3": logit(sum(ranked[:3]) / max(1, len(ranked[:3]))),
        "best 8": logit(sum(ranked[:8]) / max(1, len(ranked[:8]))),
        "likely": sum(o > 0.4 for o in odds) / max(1, len(odds)),
        "sentences": float(len(document.sentences)),
    }


def _itself(document: Document, one: Seen) -> dict[str, float]:
    """What the mention is, and where in its list it stands."""
    inside = document.tokens_within(*one.mention.span)
    return {
        "first": logit(one.odds),
        "any": float(one.mention.code == "data?"),
        "unsure": float(one.mention.code.endswith("?")),
        "words": float(len(inside)),
        "group length": float(min(len(one.group), 8)),
        "into group": float(inside.start - document.token_index(one.group[0].span.start)),
    }


def _near(seen: Sequence[Seen], sentences: Sequence[int], i: int) -> dict[str, float]:
    """The odds of the mentions next to the one at `i`, of those in its list, its sentence and the sentences beside."""
    near = [j for j in range(max(0, i - WINDOW), min(len(seen), i + WINDOW + 1)) if j != i]
    return {
        **_summed("group", [seen[j].odds for j in near if seen[j].group is seen[i].group]),
        **_summed("sentence", [seen[j].odds for j in near if sentences[j] == sentences[i]]),
        **_summed("sentence before", [seen[j].odds for j in near if sentences[j] == sentences[i] - 1]),
        **_summed("sentence after", [seen[j].odds for j in near if sentences[j] == sentences[i] + 1]),
        "ahead": logit(seen[i - 1].odds) if i else NONE,
        "behind": logit(seen[i + 1].odds) if i + 1 < len(seen) else NONE,
    }


TELLING = frozenset(
    {
        *("g0 who", "g0 form", "gg", "c1", "b1", "L2", "R2", "LR", "subject", "has", "start", "own", "own exposed"),
        *("plural", "sentence may", "sentence you", "tense", "names", "numbers", "denied"),
    }
)


def _places(values: Sequence[str]) -> dict[str, list[int]]:
    """The first places of each value, as many as are worth looking at."""
    ordered = sorted(range(len(values)), key=lambda i: (values[i], i))
    return {value: list(places)[:ALIKE] for value, places in groupby(ordered, key=lambda i: values[i])}


def _summed(name: str, odds: Sequence[float]) -> dict[str, float]:
    """The greatest, the mean and the number of some odds; `NONE` where there are none."""
    if not odds:
        return {f"{name} max": NONE, f"{name} mean": NONE}
    return {
        f"{name} max": logit(max(odds)),
        f"{name} mean": logit(sum(odds) / len(odds)),
        f"{name} count": float(min(len(odds), 12)),
    }
