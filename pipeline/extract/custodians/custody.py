"""Evidence for two questions: does the article report an incident, and whose data was it?

The custodian is the one whose data was exposed: not the attacker, the messenger, the regulator or the expert.
What is done with the answers is decided in `incidents.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import phrases, words
from pipeline.extract.weighing.weigh import Evidence, level

LEAD = 60  # tokens of the text's beginning that count as its lead
NEAR = 7  # tokens to either side of a name that count as near it
TELLING = frozenset({"expose", "attack"})  # cues of an incident
LARGE = frozenset({"million", "millions", "billion", "thousands", "hundreds", "dozens"})
POSSESSIVE = ("'s", "’s")
# What the sentences that name an entity may hold.
WEIGHTY = (
    *("expose", "attack", "data", "number", "many", "year", "earlier", "sell", "affect", "respond"),
    *("find", "deny", "claim", "advise", "general", "include"),
)


def report_evidence(document: Document, title: Document) -> Evidence:
    """Evidence that the article reports a data exposure incident: its words, those of its lead and its title."""
    stems = document.stems
    return [
        *zip(repeat("title"), dict.fromkeys(title.stems)),
        *zip(repeat("lead"), dict.fromkeys(stems[:LEAD])),
        *zip(repeat("body"), dict.fromkeys(stems)),
    ]


def reported_evidence(words_say: float, roles: Sequence[Mapping[str, float]], exposed: Sequence[float]) -> Evidence:
    """Evidence that an incident is reported in what was found: its words, a likely custodian, data likely exposed."""
    main = max((odds["main"] for odds in roles), default=0.0)
    recalled = max((odds["recalled"] for odds in roles), default=0.0)
    return [
        ("words", level(words_say)),
        ("main", level(main)),
        ("recalled", level(recalled)),
        ("named", level(max((odds["main"] + odds["recalled"] for odds in roles), default=0.0))),
        ("exposed", level(max(exposed, default=0.0))),
        ("how much", str(min(6, round(sum(exposed) * 2)))),
        ("words main", f"{level(words_say)} {int(main * 4)}"),
        ("words exposed", f"{level(words_say)} {int(max(exposed, default=0.0) * 4)}"),
    ]


def custody_evidence(document: Document, title: Document, entities: tuple[Entity, ...]) -> Iterator[Evidence]:
    """For each entity the evidence that it is the custodian of an incident that the article reports or recalls."""
    told = told_in(document)
    heading = _heading(title)
    by_count = sorted(range(len(entities)), key=lambda i: (-len(entities[i].mentions), entities[i].mentions[0].span))
    ranks = {order: rank for rank, order in enumerate(by_count)}
    for order, entity in enumerate(entities):
        first = entity.sentences[0]
        evidence: Evidence = [
            ("rank", str(min(ranks[order], 5))),
            ("count", str(min(len(entity.mentions), 6))),
            ("order", str(min(order, 6))),
            ("first", "0" if not first else "1" if first == 1 else "2-4" if first < 5 else "late"),
        ]
        evidence += _of_name(document, entity)
        evidence += _in_title(title, heading, entity)
        evidence += _beside(document, entity)
        evidence += _told_of(document, told, entity)
        yield evidence


def _of_name(document: Document, entity: Entity) -> Evidence:
    """What the name itself tells."""
    kinds, first = words("firms"), entity.mentions[0]
    stems = document.stems[first.first : first.last]
    evidence: Evidence = [("head", stems[-1]), ("form", _form(entity.name))]
    evidence += [("kind", kinds[low]) for form in entity.forms if (low := form.lower()) in kinds][:1]
    evidence += zip(repeat("word"), dict.fromkeys(stems))
    return evidence


def _form(name: str) -> str:
    if " " not in name:
        mixed = "word" if name[1:].islower() else "camel"
        return "acronym" if name.isupper() else "domain" if "." in name else mixed
    return "two" if name.count(" ") == 1 else "long"


def _heading(title: Document) -> tuple[str, ...]:
    """The words of the title in lower case, without possessives."""
    return tuple([word[:-2] if word[-2:] in POSSESSIVE else word for word in title.lower])


def _in_title(title: Document, heading: tuple[str, ...], entity: Entity) -> Evidence:
    """What the title says beside the entity's name, where it holds one of its forms."""
    for form in entity.forms:
        parts = tuple(form.lower().split())
        if parts[0] not in heading:
            continue
        for i in range(len(heading) - len(parts) + 1):
            if heading[i : i + len(parts)] == parts:
                after = title.stems[i + len(parts) :]
                evidence: Evidence = [("title", "first" if i == 0 else "inside")]
                evidence += zip(repeat("title after"), dict.fromkeys(after[:4]))
                evidence += zip(repeat("title before"), dict.fromkeys(title.stems[max(0, i - 3) : i]))
                evidence += zip(repeat("title has"), dict.fromkeys(title.stems))
                return evidence
    return [("title", "absent")]


def _beside(document: Document, entity: Entity) -> Iterable[tuple[str, str]]:
    """The words near the entity's names, and the cues among them."""
    stems, count = document.stems, len(document.stems)
    late = _late(document, entity)
    left: list[str] = []
    right: list[str] = []
    seen: Evidence = []
    for name in entity.mentions:
        first, last = name.first, name.last
        inside = document.inside[document.sentence_index(name.span.start)]
        low, high = max(inside.start, first - NEAR), min(inside.stop, last + NEAR)
        left += stems[low:first]
        right += stems[last:high]
        seen += zip(("l1", "l2", "l3"), stems[max(0, first - 3) : first][::-1], strict=False)
        seen += zip(("r1", "r2", "r3"), stems[last : last + 3], strict=False)
        if document.words[last - 1][-2:] in POSSESSIVE:
            seen.append(("owns", stems[last] if last < count else ""))
        if last + 1 < count:
            seen.append(("rr", f"{stems[last]} {stems[last + 1]}"))
        if first > 1:
            seen.append(("ll", f"{stems[first - 2]} {stems[first - 1]}"))
        for side, codes in (("left", document.cues[low:first][::-1]), ("right", document.cues[last:high])):
            if any(codes):
                seen += zip(repeat(f"{side} cue"), filter(None, codes))
                away = next((i for i, code in enumerate(codes) if code in TELLING), None)
                if away is not None:
                    nearest = f"{codes[away]} {min(away + 1, 4)}"
                    seen += ((f"{side} nearest", nearest), (f"{late} {side} nearest", nearest))
    seen += zip(repeat("left"), dict.fromkeys(left))
    seen += zip(repeat("right"), dict.fromkeys(right))
    return dict.fromkeys(seen)


def _told_of(document: Document, told: tuple[frozenset[str], ...], entity: Entity) -> Evidence:
    """What the sentences that name the entity hold, and those behind them."""
    late = _late(document, entity)
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
    evidence += [("next fact", fact) for fact in ("data", "expose", "many", "number") if fact in behind]
    return evidence


def _late(document: Document, entity: Entity) -> str:
    """Whether the text first names the entity in its first third."""
    return "late" if entity.mentions[0].span.start > len(document.text) // 3 else "early"


def told_in(document: Document) -> tuple[frozenset[str], ...]:
    """For each sentence what it holds: cues, a year, a number, a large number, a noun for data."""
    data = {document.sentence_index(hit.start) for hit in phrases("data_types").find(document.text) if hit.code}
    told = []
    for index, inside in enumerate(document.inside):
        facts = set(filter(None, document.cues[inside.start : inside.stop]))
        for word in document.words[inside.start : inside.stop]:
            if word[0].isdigit():
                facts.add("year" if len(word) == 4 and word[:2] in ("19", "20") and word.isdigit() else "number")
            elif word in LARGE:
                facts.add("many")
        if index in data:
            facts.add("data")
        told.append(frozenset(facts))
    return tuple(told)
