"""Evidence for two questions: does the article report an incident, and whose data was it?

The custodian is the one whose data was exposed: not the attacker, the messenger, the regulator or the expert.
What is done with the answers is decided in `incidents.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from math import log1p

from pipeline.extract.custodians import syntax
from pipeline.extract.custodians.entities import Entity, kind_of
from pipeline.extract.custodians.syntax import BEFALLING, MEANINGS
from pipeline.extract.text.context import is_year
from pipeline.extract.text.document import DIGIT, Document
from pipeline.extract.text.lexicon import hits
from pipeline.extract.text.wording import is_given, is_person, without_possessive
from pipeline.extract.weighing.trees import logit
from pipeline.extract.weighing.weigh import Evidence

LEAD = 60  # tokens of the text's beginning that count as its lead
NEAR = 7  # tokens to either side of a name that count as near it
LEAD_SENTENCES = 3  # at the beginning, that tell of the main incident
TELLING = frozenset({"expose", "attack"})  # cues of an incident
MULTITUDES = frozenset({"million", "millions", "billion", "thousands", "hundreds", "dozens"})
# What the sentences that name an entity may hold.
WEIGHTY = (
    *("expose", "attack", "data", "number", "many", "year", "earlier", "sell", "affect", "respond"),
    *("find", "deny", "claim", "advise", "general", "include"),
)
# The facts that weigh beside a sign, each kind with its letter.
HELD = (
    ("x", TELLING),
    ("d", frozenset({"data"})),
    ("n", frozenset({"number", "many"})),
    ("y", frozenset({"year", "earlier"})),
)


def report_evidence(document: Document, title: Document) -> Evidence:
    """Evidence that the article reports a data exposure incident: its words, those of its lead and its title."""
    return [(slot, stem) for slot, stems in report_words(document, title).items() for stem in stems]


def report_words(document: Document, title: Document) -> dict[str, Collection[str]]:
    """The same evidence by slot."""
    stems = document.stems
    return {
        "title": dict.fromkeys(title.stems),
        "lead": dict.fromkeys(stems[:LEAD]),
        "body": dict.fromkeys(stems),
    }


def reported_numbers(
    words_say: float, roles: Sequence[Mapping[str, float]], exposed: Sequence[float]
) -> dict[str, float]:
    """What speaks for a report of an incident: the article's words, its likeliest custodians, data likely exposed."""

    def most(odds: Iterable[float]) -> float:
        return logit(max(odds, default=0.0))

    return {
        "words": logit(words_say),
        "main": most(role["main"] for role in roles),
        "recalled": most(role["recalled"] for role in roles),
        "named": most(role["main"] + role["recalled"] for role in roles),
        "attacker": most(role["attacker"] for role in roles),
        "exposed": most(exposed),
        "much exposed": log1p(sum(exposed)),
    }


def custody_evidence(document: Document, title: Document, entities: tuple[Entity, ...]) -> Iterator[Evidence]:
    """For each entity the evidence that it is the custodian of an incident that the article reports or recalls."""
    told = told_in(document)
    words_of_title = heading(title)
    by_count = sorted(range(len(entities)), key=lambda i: (-len(entities[i].mentions), entities[i].mentions[0].span))
    ranks = {order: rank for rank, order in enumerate(by_count)}
    signed = _signed(document, entities)
    for order, entity in enumerate(entities):
        first = entity.sentences[0]
        evidence: Evidence = [
            ("rank", str(min(ranks[order], 5))),
            ("count", str(min(len(entity.mentions), 6))),
            ("order", str(min(order, 6))),
            ("first", "0" if not first else "1" if first == 1 else "2-4" if first < 5 else "late"),
        ]
        evidence += _of_name(document, entity)
        evidence += _in_title(title, words_of_title, entity)
        late = "late" if entity.mentions[0].span.start > len(document.text) // 3 else "early"
        evidence += _said_of(told, late, signed[order])
        evidence += _beside(document, late, entity)
        evidence += _told_with(told, late, entity)
        yield evidence


def _signed(document: Document, entities: tuple[Entity, ...]) -> list[list[tuple[str, int]]]:
    """For each entity the signs of its names, each with the index of its sentence."""
    mentions = sorted((name, order) for order, entity in enumerate(entities) for name in entity.mentions)
    found: list[list[tuple[str, int]]] = [[] for _ in entities]
    for (name, order), signs in zip(mentions, syntax.signs(document, [name for name, _ in mentions]), strict=True):
        at = document.sentence_index(name.span.start)
        found[order] += [(sign, at) for sign in signs]
    return found


def _of_name(document: Document, entity: Entity) -> Evidence:
    """What the name itself tells."""
    first = entity.mentions[0]
    stems = document.stems[first.first : first.last]
    evidence: Evidence = [
        ("head", stems[-1]),
        ("form", _form(entity.name)),
        ("person", "yes" if names_person(document, entity) else "no"),
    ]
    if kind := kind_of(entity):
        evidence.append(("kind", kind))
    evidence += zip(repeat("word"), dict.fromkeys(stems))
    return evidence


def names_person(document: Document, entity: Entity) -> bool:
    """Whether a mention of the entity is a person's name: one that opens with a known first name."""
    return any(is_given(document.words[n.first]) and is_person(document, n.first, n.last) for n in entity.mentions)


def _form(name: str) -> str:
    if " " not in name:
        mixed = "word" if name[1:].islower() else "camel"
        return "acronym" if name.isupper() else "domain" if "." in name else mixed
    return "two" if name.count(" ") == 1 else "long"


def heading(title: Document) -> tuple[str, ...]:
    """The words of the title in lower case, without possessives."""
    return tuple(map(without_possessive, title.lower))


def _in_title(title: Document, words_of_title: tuple[str, ...], entity: Entity) -> Evidence:
    """What the title says beside the entity's name, where it holds one of its forms."""
    for form in entity.forms:
        parts = tuple(form.lower().split())
        if parts[0] not in words_of_title:
            continue
        for i in range(len(words_of_title) - len(parts) + 1):
            if words_of_title[i : i + len(parts)] == parts:
                after = title.stems[i + len(parts) :]
                signs = syntax.signs_of(title, i, i + len(parts))
                evidence: Evidence = [("title", "first" if i == 0 else "inside")]
                evidence += zip(repeat("title sign"), signs)
                evidence += [("title meant", MEANINGS[sign]) for sign in dict.fromkeys(signs) if sign in MEANINGS]
                evidence += zip(repeat("title after"), dict.fromkeys(after[:4]))
                evidence += zip(repeat("title before"), dict.fromkeys(title.stems[max(0, i - 3) : i]))
                evidence += zip(repeat("title has"), dict.fromkeys(title.stems))
                return evidence
    return [("title", "absent")]


def _said_of(told: tuple[frozenset[str], ...], late: str, signed: list[tuple[str, int]]) -> Iterable[tuple[str, str]]:
    """What the syntax around an entity's names says, and what else stands in those sentences."""
    seen: Evidence = []
    strong: dict[tuple[str, int], None] = {}
    for sign, at in signed:
        seen += (("sign", sign), (f"{late} sign", sign))
        if at < LEAD_SENTENCES:
            seen.append(("lead sign", sign))
        if (meaning := MEANINGS.get(sign)) is not None:
            strong[meaning, at] = None
    for meaning, at in strong:
        held = "".join(letter for letter, facts in HELD if not facts.isdisjoint(told[at]))
        seen += (("meant", meaning), (f"{late} meant", meaning), ("meant with", f"{meaning} {held}"))
        seen += [(f"{late} meant and", f"{meaning} {letter}") for letter in held]
        if at < LEAD_SENTENCES:
            seen.append(("lead meant", meaning))
    times = Counter(meaning for meaning, _ in strong)
    seen += [("times meant", f"{meaning} {min(count, 3)}") for meaning, count in times.items()]
    befell = {at for meaning, at in strong if meaning in BEFALLING}
    seen.append(("so", f"{min(3, len(befell))} {late}"))
    return dict.fromkeys(seen)


def _beside(document: Document, late: str, entity: Entity) -> Iterable[tuple[str, str]]:
    """The words near the entity's names, and the cues among them."""
    stems = document.stems
    left: list[str] = []
    right: list[str] = []
    seen: Evidence = []
    for name in entity.mentions:
        inside = document.inside[document.sentence_index(name.span.start)]
        low, high = max(inside.start, name.first - NEAR), min(inside.stop, name.last + NEAR)
        left += stems[low : name.first]
        right += stems[name.last : high]
        for side, codes in (
            ("left", document.cues[low : name.first][::-1]),
            ("right", document.cues[name.last : high]),
        ):
            if any(codes):
                seen += zip(repeat(f"{side} cue"), filter(None, codes))
                away = next((i for i, code in enumerate(codes) if code in TELLING), None)
                if away is not None:
                    nearest = f"{codes[away]} {min(away + 1, 4)}"
                    seen += ((f"{side} nearest", nearest), (f"{late} {side} nearest", nearest))
    seen += zip(repeat("left"), left)
    seen += zip(repeat("right"), right)
    return dict.fromkeys(seen)


def _told_with(told: tuple[frozenset[str], ...], late: str, entity: Entity) -> Evidence:
    """What the sentences that name the entity hold, and those behind them."""
    facts: set[str] = set()
    telling: set[str] = set()
    behind: set[str] = set()
    for index in entity.sentences:
        facts |= told[index]
        if not told[index].isdisjoint(TELLING):
            telling |= told[index]
        if index + 1 < len(told):
            behind |= told[index + 1]
    evidence: Evidence = []
    for slot, held in (("fact", facts), ("told with", telling)):
        for fact in WEIGHTY:
            if fact in held:
                evidence += ((slot, fact), (f"{late} {slot}", fact))
    return evidence + [("next fact", fact) for fact in ("data", "expose", "many", "number") if fact in behind]


def told_in(document: Document) -> tuple[frozenset[str], ...]:
    """For each sentence what it holds: cues, a year, a number, a large number, a noun for data."""
    told = [set(filter(None, document.cues[inside.start : inside.stop])) for inside in document.inside]
    for inside, held in zip(document.inside, told, strict=True):
        own = document.words[inside.start : inside.stop]
        if not MULTITUDES.isdisjoint(own):
            held.add("many")
        for word in compress(own, map(DIGIT.__eq__, document.initials[inside.start : inside.stop])):
            held.add("year" if is_year(word) else "number")
    for hit in hits("data_types", document.text):
        if hit.code:
            told[document.sentence_index(hit.start)].add("data")
    return tuple(map(frozenset, told))
