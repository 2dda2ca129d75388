"""What each quantity of an article measures: people affected, records exposed, a ransom, or nothing of the incident.

Three decisions in turn: does it tell of an incident at all (`told`); again, knowing what its neighbours seem to tell
(`told_again`); and if so, of what (`measure`). The quantity, its range and its unit are read in `quantities.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipeline.extract import people
from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.entities import Entity
from pipeline.extract.findings import Quantity, Span
from pipeline.extract.lexicon import words
from pipeline.extract.weigh import Evidence, weigh
from schemas.vocabulary import BITCOIN, CURRENCIES, Measure, Unit

MONEY = frozenset({*CURRENCIES, BITCOIN})
REACH = 25  # tokens to either side that still count as near
CLAUSE = frozenset((";", "—", "–", "while", "whereas", "but", "although", "though", "when", "after", "before", "since"))
CUES = ("expose", "attack", "affect", "sell", "demand", "respond", "deny", "claim", "find")
COUNTED = (Unit.PERSON, Unit.RECORD)
# The measures that a unit can have, where the incident's own figures have hardly any other.
CERTAIN = {"byte": Measure.VOLUME_EXPOSED, "percent": Measure.SHARE}
ROLES = {"responded": Measure.PEOPLE_RESPONDED, "part": Measure.PEOPLE_SUBSET}
ROLE = 0.15  # odds at which an entity may be a custodian
SURE = 0.8  # probability that a rule's measure is given


class Around(NamedTuple):
    """What is known of an article when its quantities are weighed; the odds are of sentences by their index."""

    reported: float
    exposed: dict[int, float]  # the likeliest exposure of data told there
    main: dict[int, float]  # how likely a custodian of the main incident is named there
    recalled: dict[int, float]


def around(
    document: Document,
    reported: float,
    exposed: Iterable[tuple[Span, float]],
    roles: Iterable[tuple[Entity, dict[str, float]]],
) -> Around:
    """What the sentences of an article tell of: spans of data with the odds of its exposure, entities with their roles."""
    found = Around(reported, {}, {}, {})
    for span, odds in exposed:
        at = document.sentence_index(span.start)
        found.exposed[at] = max(odds, found.exposed.get(at, 0.0))
    for entity, role in roles:
        if max(role["main"], role["recalled"]) >= ROLE:
            for at in {document.sentence_index(mention.span.start) for mention in entity.mentions}:
                found.main[at] = max(role["main"], found.main.get(at, 0.0))
                found.recalled[at] = max(role["recalled"], found.recalled.get(at, 0.0))
    return found


def measured(document: Document, quantities: Sequence[Quantity], known: Around) -> list[dict[str, float]]:
    """The probability of each measure for each quantity of an article that reports an incident."""
    evidence = told_evidence(document, quantities, known)
    first = [weigh("told", one)["yes"] for one in evidence]
    again = [weigh("told_again", one)["yes"] for one in again_evidence(document, quantities, evidence, first)]
    found: list[dict[str, float]] = []
    for at, told in enumerate(again):
        which = _which(document, quantities, at)
        found.append({str(Measure("background")): 1 - told} | {measure: told * p for measure, p in which.items()})
    return found


def told_evidence(document: Document, quantities: Sequence[Quantity], known: Around) -> list[Evidence]:
    """For each quantity the evidence that it tells of an incident of the article."""
    return [_evidence(document, quantities, at) + _setting(document, quantities[at], known) for at in range(len(quantities))]


def again_evidence(
    document: Document, quantities: Sequence[Quantity], evidence: Sequence[Evidence], told: Sequence[float]
) -> list[Evidence]:
    """The same, with what the other quantities seem to tell: `told` are the probabilities of the first look."""
    seen = [_Seen.of(document, quantity) for quantity in quantities]
    return [one + _among(seen, told, at) for at, one in enumerate(evidence)]


def measure_evidence(document: Document, quantities: Sequence[Quantity], at: int) -> Evidence:
    """Evidence for which measure a quantity that tells of an incident has."""
    return [pair for pair in _evidence(document, quantities, at) if pair[0] not in ("number", "year", "same")]


def fits(measure: Measure, unit: str) -> bool:
    """Whether a quantity of this unit can have this measure: euros are never people, people never a share."""
    if unit in MONEY:
        return "USD" in measure.units
    if unit in ("percent", "byte", "hour", "day"):
        return unit in measure.units
    return "item" in measure.units or not {"percent", "byte", "hour", "USD"}.intersection(measure.units)


def _which(document: Document, quantities: Sequence[Quantity], at: int) -> dict[str, float]:
    """The probability of each measure, given that the quantity tells of an incident; rules first, then the model."""
    quantity = quantities[at]
    odds = weigh("measure", measure_evidence(document, quantities, at))
    odds = {m: p for m, p in odds.items() if fits(Measure(m), quantity.unit) and m != "background"}
    ruled = CERTAIN.get(quantity.unit) or (ROLES.get(_role(document, quantities, at)) if quantity.unit == Unit.PERSON else None)
    total = sum(odds.values()) or 1.0
    if ruled is None:
        return {m: p / total for m, p in odds.items()}
    return {m: (1 - SURE) * p / total + (SURE if m == ruled else 0.0) for m, p in ({ruled: 0.0} | odds).items()}


def _role(document: Document, quantities: Sequence[Quantity], at: int) -> str:
    """What the grammar makes of a number of people; a part needs a greater number that it is a part of."""
    quantity = quantities[at]
    if quantity.unit != Unit.PERSON:
        return ""
    role = people.role(document, quantity)
    size = quantity.value or quantity.low or 0
    if role == "part" and not any((q.value or q.low or 0) > max(size, 12) for q in quantities if q.unit in COUNTED):
        return ""
    return role


def _family(quantity: Quantity) -> str:
    if quantity.unit in MONEY:
        return "money"
    return "time" if quantity.unit in (Unit.HOUR, Unit.DAY) else quantity.unit


def _setting(document: Document, quantity: Quantity, known: Around) -> Evidence:
    """What the article, the quantity's sentence and the one before tell of."""
    at, family = document.sentence_index(quantity.span.start), _family(quantity)
    level = str(round(known.reported * 5))
    evidence: Evidence = [("reported", level), ("unit reported", f"{family} {level}")]
    for slot, odds in (("exposed", known.exposed), ("main", known.main), ("recalled", known.recalled)):
        here = _level(odds[at]) if at in odds else "-"
        before = _level(odds[at - 1]) if at - 1 in odds else "-"
        evidence += [(f"{slot} here", here), (f"{slot} before", before)]
        if slot == "exposed":
            evidence.append(("unit exposed here", f"{family} {here}"))
    return evidence


def _evidence(document: Document, quantities: Sequence[Quantity], at: int) -> Evidence:
    """What stands in the quantity and in its sentence."""
    quantity, stems = quantities[at], document.stems
    family = _family(quantity)
    index = document.tokens_within(*quantity.span)
    sentence = document.sentence(quantity.span.start)
    inside = document.tokens_within(*sentence)
    noun = document.tokens_within(*quantity.noun)
    evidence: Evidence = [("noun", stems[i]) for i in noun]
    if noun:
        evidence.append(("head", stems[noun.stop - 1]))
    evidence += [("unit", family), ("qualifier", str(quantity.qualifier)), ("size", f"{family} {_size(quantity)}")]
    evidence += [("left", s) for s in dict.fromkeys(stems[max(inside.start, index.start - REACH) : index.start])]
    evidence += [("right", s) for s in dict.fromkeys(stems[index.stop : min(inside.stop, index.stop + REACH)])]
    for step in (1, 2):
        evidence.append((f"l{step}", stems[index.start - step] if index.start - step >= inside.start else "^"))
        evidence.append((f"r{step}", stems[index.stop + step - 1] if index.stop + step - 1 < inside.stop else "$"))
    evidence.append(("unit l1", f"{family} {evidence[-4][1]}"))
    evidence += _said("left", document, range(index.start - 1, inside.start - 1, -1), family)
    evidence += _said("right", document, range(index.stop, inside.stop), family)
    found = cues()
    evidence += [("cue", code) for code in sorted({found[s] for s in stems[inside.start : inside.stop] if s in found})]
    evidence.append(("number", str(min(4, sum(sentence.start <= q.span.start < sentence.end for q in quantities)))))
    same = sum(q.value == quantity.value for q in quantities) - 1 if (quantity.value or 0) > 20 else 0
    evidence.append(("same", str(min(same, 2))))
    evidence.append(("role", _role(document, quantities, at)))
    years = [w for w in document.lower[inside.start : inside.stop] if len(w) == 4 and w.isdecimal() and w[:2] in ("19", "20")]
    if years:
        evidence.append(("year", "some"))
        if document.published_on:
            evidence.append(("year", str(max(-3, int(years[0]) - document.published_on.year))))
    return evidence


def _said(side: str, document: Document, tokens: range, family: str) -> Evidence:
    """The cues to one side, from the number outwards: each, those of its clause, the nearest and how near it is."""
    found, kinds = cues(), words("having")
    clause: dict[str, None] = {}
    everything: dict[str, None] = {}
    first, within = "", True
    for step, i in enumerate(tokens):
        within = within and document.lower[i] not in CLAUSE
        code = found.get(document.stems[i], "")
        code = code if code in CUES else kinds.get(document.lower[i], "")
        if code:
            if not first and within:
                first = f"{code} {0 if step < 3 else 1 if step < 8 else 2}"
            everything[code] = None
            if within:
                clause[code] = None
    nearest = next(iter(everything), "-")
    evidence = [(f"{side} first", nearest), (f"{side} unit first", f"{family} {nearest}"), (f"{side} any in clause", str(bool(clause)))]
    if first:
        evidence.append((f"{side} far", first))
    for code in clause:
        evidence += [(f"{side} clause", code), (f"{side} unit clause", f"{family} {code}")]
    return evidence + [(f"{side} cue", code) for code in everything]


def _size(quantity: Quantity) -> str:
    """The order of magnitude of the number, as one digit."""
    value = quantity.value or quantity.low or quantity.high or 0
    return str(min(9, len(str(int(min(abs(value), 1e12))))))


class _Seen(NamedTuple):
    """What of a quantity is compared with that of others."""

    family: str
    head: str
    sentence: int
    value: float

    @classmethod
    def of(cls, document: Document, quantity: Quantity) -> _Seen:
        noun = document.tokens_within(*quantity.noun)
        family = "count" if quantity.unit in COUNTED else quantity.unit if quantity.unit not in MONEY else "money"
        head = document.stems[noun.stop - 1] if noun else ""
        return cls(family, head, document.sentence_index(quantity.span.start), quantity.value or quantity.low or 0)


def _among(seen: Sequence[_Seen], told: Sequence[float], at: int) -> Evidence:
    """What the quantities before, behind and like this one seem to tell."""
    own = seen[at]
    evidence: Evidence = [("told", _level(told[at])), ("unit told", f"{own.family} {_level(told[at])}")]
    for side, other in (("previous", at - 1), ("next", at + 1)):
        if not 0 <= other < len(seen):
            evidence.append((side, "-"))
            continue
        away = abs(seen[other].sentence - own.sentence)
        place = "same" if not away else "near" if away == 1 else "far"
        evidence.append((side, f"{place} {seen[other].family == own.family} {_level(told[other])}"))
        evidence.append((f"{side} any", f"{place} {_level(told[other])}"))
    near = range(max(0, at - 40), min(len(seen), at + 41))
    like: tuple[tuple[str, Callable[[_Seen], bool]], ...] = (
        ("all", lambda other: True),
        ("sentence", lambda other: other.sentence == own.sentence),
        ("around", lambda other: abs(other.sentence - own.sentence) <= 1),
        ("family", lambda other: other.family == own.family),
        ("same head", lambda other: bool(own.head) and other.head == own.head),
        ("same value", lambda other: own.value > 12 and other.value == own.value),
    )
    for name, is_like in like:
        odds = [told[i] for i in near if i != at and is_like(seen[i])]
        evidence.append((name, _level(sum(odds) / len(odds)) if odds else "-"))
        if odds and name != "all":
            evidence.append((f"{name} most", _level(max(odds))))
    return evidence


def _level(p: float) -> str:
    """A probability in five steps."""
    return str(sum(p >= step for step in (0.15, 0.35, 0.65, 0.85)))
