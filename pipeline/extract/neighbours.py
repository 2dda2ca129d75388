"""What the other quantities of an article seem to tell, as evidence for one of them.

The figures of a list share their measure ("New York with 2.7 million records and Texas with 2.6 million"), and a
number told twice tells the same both times.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.extract.document import Document
from pipeline.extract.findings import Quantity
from pipeline.extract.weigh import Evidence
from schemas.vocabulary import Unit

COUNTED = (Unit.PERSON, Unit.RECORD)
NEAR = 40  # quantities to either side that are compared


class Seen(NamedTuple):
    """What of a quantity is compared with that of others."""

    family: str
    head: str
    sentence: int
    value: float

    @classmethod
    def of(cls, document: Document, quantity: Quantity, family: str) -> Seen:
        noun = document.tokens_within(*quantity.noun)
        family = "count" if family in COUNTED else family
        head = document.stems[noun.stop - 1] if noun else ""
        return cls(family, head, document.sentence_index(quantity.span.start), quantity.value or quantity.low or 0)


def among(seen: Sequence[Seen], told: Sequence[float], at: int) -> Evidence:
    """What the quantities before, behind and like this one seem to tell."""
    own = seen[at]
    evidence: Evidence = [("told", level(told[at])), ("unit told", f"{own.family} {level(told[at])}")]
    for side, other in (("previous", at - 1), ("next", at + 1)):
        if not 0 <= other < len(seen):
            evidence.append((side, "-"))
            continue
        away = abs(seen[other].sentence - own.sentence)
        place = "same" if not away else "near" if away == 1 else "far"
        evidence.append((side, f"{place} {seen[other].family == own.family} {level(told[other])}"))
        evidence.append((f"{side} any", f"{place} {level(told[other])}"))
    near = range(max(0, at - NEAR), min(len(seen), at + NEAR + 1))
    like: tuple[tuple[str, Callable[[Seen], bool]], ...] = (
        ("all", lambda other: True),
        ("sentence", lambda other: other.sentence == own.sentence),
        ("around", lambda other: abs(other.sentence - own.sentence) <= 1),
        ("family", lambda other: other.family == own.family),
        ("same head", lambda other: bool(own.head) and other.head == own.head),
        ("same value", lambda other: own.value > 12 and other.value == own.value),
    )
    for name, is_like in like:
        odds = [told[i] for i in near if i != at and is_like(seen[i])]
        evidence.append((name, level(sum(odds) / len(odds)) if odds else "-"))
        if odds and name != "all":
            evidence.append((f"{name} most", level(max(odds))))
    return evidence


def level(p: float) -> str:
    """A probability in five steps."""
    return str(sum(p >= step for step in (0.15, 0.35, 0.65, 0.85)))
