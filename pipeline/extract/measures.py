"""Evidence for what a quantity measures: people affected, records exposed, a ransom, or nothing of the incident.

The quantity itself, its range and its unit are read in `quantities.py`.
"""

from __future__ import annotations

from pipeline.extract.context import context
from pipeline.extract.document import Document
from pipeline.extract.findings import Quantity
from pipeline.extract.weigh import Evidence
from schemas.vocabulary import BITCOIN, CURRENCIES

MONEY = frozenset({*CURRENCIES, BITCOIN})


def measure_evidence(document: Document, quantity: Quantity, reported: float) -> Evidence:
    """Evidence for the measure of a quantity; `reported` is the probability that the article reports an incident."""
    unit = "money" if quantity.unit in MONEY else quantity.unit
    evidence = [(slot, value) for slot, value in context(document, *quantity.span) if slot != "own"]
    noun = document.tokens_within(*quantity.noun)
    evidence += [("noun", s) for s in document.stems[noun.start : noun.stop]]
    if noun.stop > noun.start:
        evidence.append(("head", document.stems[noun.stop - 1]))
    evidence += [(f"unit {slot}", f"{unit} {value}") for slot, value in evidence if slot in ("l1", "l2", "r1", "r2", "left", "right")]
    evidence.append(("unit", unit))
    evidence.append(("qualifier", str(quantity.qualifier)))
    evidence.append(("size", _size(quantity)))
    evidence.append(("unit size", f"{unit} {_size(quantity)}"))
    evidence.append(("reported", str(round(reported * 5))))
    evidence.append(("unit reported", f"{unit} {round(reported * 5)}"))
    return evidence


def _size(quantity: Quantity) -> str:
    """The order of magnitude of the number, as one digit."""
    value = quantity.value or quantity.low or quantity.high or 0
    return str(min(9, len(str(int(min(abs(value), 1e12))))))
