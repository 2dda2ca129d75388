"""What each quantity of an article measures: people affected, records exposed, a ransom, or nothing of the incident.

Two decisions in turn: does it tell of an incident at all (`told`), and if so, of what (`measure`). The quantity, its
range and its unit are read in `quantities.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.meaning import people
from pipeline.extract.text.context import cues, goes_on
from pipeline.extract.text.document import STEMMER, Document
from pipeline.extract.text.findings import Quantity, Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import BITCOIN, CURRENCIES, Measure, Unit


def _stems(words: str) -> frozenset[str]:
    return frozenset(STEMMER.stemWords(words.split()))


PLAIN = 0.9  # probability that a figure tells of the incident that its sentence points back to
MONEY = frozenset({*CURRENCIES, BITCOIN})
REACH = 25  # tokens to either side that still count as near
WIDE = 60  # tokens of a sentence, to either side, that are looked at
CLAUSE = frozenset((";", "—", "–", "while", "whereas", "but", "although", "though", "when", "after", "before", "since"))
CUES = ("expose", "attack", "affect", "sell", "demand", "respond", "deny", "claim", "find")
COUNTED = (Unit.PERSON, Unit.RECORD)
# Units that a writer, and a reader, may take for one another: people for their records, hotels for their tills.
ALIKE = ({Unit.PERSON, Unit.RECORD}, {Unit.ORGANIZATION, Unit.SYSTEM})
ROLES = {"responded": "people_responded", "part": "people_subset"}
VAGUE = 0.5  # how much `other` counts for, where the unit has a measure of its own
FINED = _stems("fine fined fines settlement settle settled penalty penalties")
DEMANDED = _stems("ransom demanded demand extortion")
LASTING = _stems(
    "exposed open online accessible available remained undetected unnoticed lurked persisted lasted up "
    "live visible possession unprotected inside roamed window dwelled"
)
SERVED = _stems(
    "monitoring protection free complimentary prison jail sentence offer offered password reset shut downtime backup"
)
ROLE = 0.15  # odds at which an entity may be a custodian
TELLS = 0.5  # odds of background at which a figure is background
SURE = 0.8  # probability that a rule's measure is given


class Around(NamedTuple):
    """What is known of an article when its quantities are weighed; the odds are of sentences by their index."""

    reported: float
    exposed: dict[int, float]  # the likeliest exposure of data told there
    main: dict[int, float]  # how likely a custodian of the main incident is named there
    recalled: dict[int, float]


class Tally(NamedTuple):
    """The quantities of an article, and what of them is counted once for all."""

    quantities: Sequence[Quantity]
    values: Counter[float | None]
    sentences: Counter[int]
    largest: float  # number of people or records

    @classmethod
    def of(cls, document: Document, quantities: Sequence[Quantity]) -> Tally:
        counted = (q.value or q.low or 0.0 for q in quantities if q.unit in COUNTED)
        return cls(
            quantities,
            Counter(q.value for q in quantities),
            Counter(document.sentence_index(q.span.start) for q in quantities),
            max(counted, default=0.0),
        )


def around(
    document: Document,
    reported: float,
    exposed: Iterable[tuple[Span, float]],
    roles: Iterable[tuple[Entity, dict[str, float]]],
) -> Around:
    """What the sentences of an article tell of, by spans of data with the odds of exposure, and entities with roles."""
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
    tally = Tally.of(document, quantities)
    found: list[dict[str, float]] = []
    for at, evidence in enumerate(told_evidence(document, quantities, known)):
        told = weigh("told", evidence)["yes"]
        if goes_on(document, document.sentence_index(quantities[at].span.start)):
            told = max(told, PLAIN)
        which = _which(document, tally, at) if told > 1 - TELLS else {"other": 1.0}
        found.append({"background": 1 - told} | {measure: told * p for measure, p in which.items()})
    return found


def told_evidence(document: Document, quantities: Sequence[Quantity], known: Around) -> list[Evidence]:
    """For each quantity the evidence that it tells of an incident of the article."""
    tally = Tally.of(document, quantities)
    return [_evidence(document, tally, at) + _setting(document, one, known) for at, one in enumerate(quantities)]


def measure_evidence(document: Document, tally: Tally, at: int) -> Evidence:
    """Evidence for which measure a quantity that tells of an incident has."""
    return [pair for pair in _evidence(document, tally, at) if pair[0] not in ("number", "year", "same")]


def fits(measure: str, unit: str) -> bool:
    """Whether a quantity of this unit can have this measure: euros are never people, servers never records."""
    if measure in ("background", "other"):
        return True
    if unit in MONEY:
        return measure in ("ransom", "loss", "penalty")
    units = Measure[measure.upper()].units
    if unit == Unit.ITEM:
        return not {"percent", "byte", "hour", "USD"}.intersection(units)
    return unit in units or any({unit, *units} <= alike for alike in ALIKE)


def _which(document: Document, tally: Tally, at: int) -> dict[str, float]:
    """The probability of each measure, given that the quantity tells of an incident; rules first, then the model."""
    quantity = tally.quantities[at]
    odds = weigh("measure", measure_evidence(document, tally, at))
    odds = {
        m: p * (VAGUE if m == "other" and quantity.unit != Unit.ITEM else 1)
        for m, p in odds.items()
        if fits(m, quantity.unit)
    }
    total = sum(odds.values()) or 1.0
    ruled = _ruled(document, tally, at)
    if not ruled:
        return {m: p / total for m, p in odds.items()}
    return {m: (1 - SURE) * p / total + (SURE if m == ruled else 0.0) for m, p in ({ruled: 0.0} | odds).items()}


def _ruled(document: Document, tally: Tally, at: int) -> str:
    """The measure that the unit or the grammar makes plain, or ""."""
    quantity = tally.quantities[at]
    if quantity.unit == "byte":
        return "volume_exposed"
    if quantity.unit == "percent":
        return "share"
    if quantity.unit in COUNTED:
        return ROLES.get(_role(document, tally, at), "")
    index = document.tokens_within(*quantity.span)
    sentence = document.tokens_within(*document.sentence(quantity.span.start))
    near = document.stems[max(sentence.start, index.start - 8) : min(sentence.stop, index.stop + 5)]
    if quantity.unit in MONEY:
        return "penalty" if FINED.intersection(near) and not DEMANDED.intersection(near) else ""
    if quantity.unit in (Unit.HOUR, Unit.DAY):
        return "exposure_duration" if LASTING.intersection(near) and not SERVED.intersection(near) else ""
    return ""


def _role(document: Document, tally: Tally, at: int) -> str:
    """What the grammar makes of a number of people; a part needs a greater number that it is a part of."""
    quantity = tally.quantities[at]
    if quantity.unit != Unit.PERSON:
        return ""
    role = people.role(document, quantity)
    size = quantity.value or quantity.low or 0
    if role == "part" and tally.largest <= max(size, 12):
        return ""
    return role


def _step(p: float) -> str:
    """A probability in five steps."""
    return str(sum(p >= step for step in (0.15, 0.35, 0.65, 0.85)))


def _family(quantity: Quantity) -> str:
    if quantity.unit in MONEY:
        return "money"
    return "time" if quantity.unit in (Unit.HOUR, Unit.DAY) else quantity.unit


def _setting(document: Document, quantity: Quantity, known: Around) -> Evidence:
    """What the article, the quantity's sentence and the one before tell of."""
    at, family = document.sentence_index(quantity.span.start), _family(quantity)
    reports = str(round(known.reported * 5))
    evidence: Evidence = [("reported", reports), ("unit reported", f"{family} {reports}")]
    for slot, odds in (("exposed", known.exposed), ("main", known.main), ("recalled", known.recalled)):
        here = _step(odds[at]) if at in odds else "-"
        before = _step(odds[at - 1]) if at - 1 in odds else "-"
        evidence += [(f"{slot} here", here), (f"{slot} before", before)]
        if slot == "exposed":
            evidence.append(("unit exposed here", f"{family} {here}"))
    return evidence


def _evidence(document: Document, tally: Tally, at: int) -> Evidence:
    """What stands in the quantity and in its sentence."""
    quantity, stems = tally.quantities[at], document.stems
    family = _family(quantity)
    index = document.tokens_within(*quantity.span)
    whole = document.tokens_within(*document.sentence(quantity.span.start))
    inside = range(max(whole.start, index.start - WIDE), min(whole.stop, index.stop + WIDE))
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
    evidence.append(("number", str(min(4, tally.sentences[document.sentence_index(quantity.span.start)]))))
    same = tally.values[quantity.value] - 1 if (quantity.value or 0) > 20 else 0
    evidence.append(("same", str(min(same, 2))))
    evidence.append(("role", _role(document, tally, at)))
    years = [
        w for w in document.lower[inside.start : inside.stop] if len(w) == 4 and w.isdecimal() and w[:2] in ("19", "20")
    ]
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
    evidence = [
        (f"{side} first", nearest),
        (f"{side} unit first", f"{family} {nearest}"),
        (f"{side} any in clause", str(bool(clause))),
    ]
    if first:
        evidence.append((f"{side} far", first))
    for code in clause:
        evidence += [(f"{side} clause", code), (f"{side} unit clause", f"{family} {code}")]
    return evidence + [(f"{side} cue", code) for code in everything]


def _size(quantity: Quantity) -> str:
    """The order of magnitude of the number, as one digit."""
    value = quantity.value or quantity.low or quantity.high or 0
    return str(min(9, len(str(int(min(abs(value), 1e12))))))
