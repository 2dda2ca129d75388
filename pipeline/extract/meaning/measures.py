"""What each quantity of an article measures: people affected, records exposed, a ransom, or nothing of the incident.

Whether it tells of an incident at all is asked first (`telling.py`); then rules speak where the words are plain, and
a model where they are not. The quantity, its range and its unit are read in `quantities.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.meaning import people
from pipeline.extract.meaning.phrasing import phrasing
from pipeline.extract.meaning.signs import form
from pipeline.extract.meaning.tally import COUNTED, MONEY, Around, Tally, family
from pipeline.extract.meaning.telling import tells
from pipeline.extract.text.document import Document, stems_of
from pipeline.extract.text.findings import Quantity
from pipeline.extract.weighing.weigh import Evidence, weigh
from schemas.vocabulary import Measure, Unit

# Units that a writer, and a reader, may take for one another: people for their records, hotels for their tills.
ALIKE = ({Unit.PERSON, Unit.RECORD}, {Unit.ORGANIZATION, Unit.SYSTEM})
ROLES = {"responded": "people_responded", "part": "people_subset", "affected": "people_affected"}
VAGUE = 0.5  # how much `other` counts for, where the unit has a measure of its own
FINED = stems_of("fine fined fines settlement settle settled penalty penalties")
DEMANDED = stems_of("ransom demanded demand extortion")
LASTING = stems_of(
    "exposed open online accessible available remained undetected unnoticed lurked persisted lasted up "
    "live visible possession unprotected inside roamed window dwelled"
)
ATTACKS = stems_of("attack cyberattack breach intrusion hack compromise")  # "a three-month cyber attack"
SERVED = stems_of(
    "monitoring protection free complimentary prison jail sentence offer offered password reset shut downtime backup"
)
# "0.55 bitcoin (about $500)", "£400, or $520", "100 bitcoin — valued at $43,000": between a sum and the same again
RESTATED = re.compile(r"[^.;()\n]{0,30}\([^.;()\n]{0,25}|,? or |\W{0,3}(?:valued at|worth) |/")
TELLS = 0.45  # odds of background at which a figure is background; chosen on labelled articles
SURE = 0.8  # probability that a rule's measure is given


def measured(document: Document, quantities: Sequence[Quantity], known: Around) -> list[dict[str, float]]:
    """The probability of each measure for each quantity of an article that reports an incident."""
    tally = Tally.of(document, quantities)
    found: list[dict[str, float]] = []
    for at in range(len(quantities)):
        phrased = phrasing(document, tally, at)
        told = tells(document, tally, at, known, phrased)
        which = _which(document, tally, at, phrased) if told > 1 - TELLS else {"other": 1.0}
        found.append({"background": 1 - told} | {measure: told * p for measure, p in which.items()})
        if at and _is_restated(document, quantities[at - 1], quantities[at]):
            found[-2:] = [_mean(*found[-2:])] * 2
    return found


def measure_evidence(tally: Tally, at: int, phrased: Evidence) -> Evidence:
    """Evidence for which measure a quantity that tells of an incident has: how it is phrased, and the form it has."""
    kind = family(tally.quantities[at])
    forms = [name for name, holds in form(tally, at).items() if holds]
    return [*phrased, *(("form", name) for name in forms), *(("unit form", f"{kind} {name}") for name in forms)]


def ruled(document: Document, tally: Tally, at: int) -> str:
    """The measure that the unit or the grammar makes plain, or ""."""
    quantity = tally.quantities[at]
    if quantity.unit == "byte":
        return "volume_exposed"
    if quantity.unit == "percent":
        return "share"
    if quantity.unit in COUNTED:
        return ROLES.get(people.role_among(document, quantity, tally.largest), "")
    index = document.tokens_within(*quantity.span)
    sentence = document.inside[document.sentence_index(quantity.span.start)]
    behind = document.stems[index.stop : min(sentence.stop, index.stop + 5)]
    near = document.stems[max(sentence.start, index.start - 8) : index.start] + behind
    if quantity.unit in MONEY:
        return "penalty" if FINED.intersection(near) and not DEMANDED.intersection(near) else ""
    if quantity.unit in (Unit.HOUR, Unit.DAY):
        lasting = not LASTING.isdisjoint(near) or not ATTACKS.isdisjoint(behind[:3])
        return "exposure_duration" if lasting and SERVED.isdisjoint(near) else ""
    return ""


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


def _is_restated(document: Document, before: Quantity, quantity: Quantity) -> bool:
    """Whether a sum is the one before it in another currency."""
    if quantity.unit not in MONEY or before.unit not in MONEY or quantity.span.start - before.span.end > 60:
        return False
    return RESTATED.fullmatch(document.text, before.span.end, quantity.span.start) is not None


def _mean(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {measure: (one.get(measure, 0.0) + other.get(measure, 0.0)) / 2 for measure in one | other}


def _which(document: Document, tally: Tally, at: int, phrased: Evidence) -> dict[str, float]:
    """The probability of each measure, given that the quantity tells of an incident; rules first, then the model."""
    quantity = tally.quantities[at]
    odds = weigh("measure", measure_evidence(tally, at, phrased))
    odds = {
        m: p * (VAGUE if m == "other" and quantity.unit != Unit.ITEM else 1)
        for m, p in odds.items()
        if fits(m, quantity.unit)
    }
    total = sum(odds.values()) or 1.0
    plain = ruled(document, tally, at)
    if not plain:
        return {m: p / total for m, p in odds.items()}
    return {m: (1 - SURE) * p / total + (SURE if m == plain else 0.0) for m, p in ({plain: 0.0} | odds).items()}
