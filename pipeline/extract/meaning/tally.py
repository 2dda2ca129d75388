"""The quantities of an article taken together, and what is known of its sentences when they are weighed.

What a single quantity says of itself is in `signs.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.context import most_by_sentence
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Quantity, Span
from schemas.vocabulary import CURRENCIES, Unit

MONEY = frozenset(CURRENCIES)
COUNTED = (Unit.PERSON, Unit.RECORD)
ROLE = 0.15  # odds at which an entity may be a custodian


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

    def again(self, quantity: Quantity) -> int:
        """How many other quantities have the same value, where it is one that is not met by chance."""
        return self.values[quantity.value] - 1 if (quantity.value or 0) > 20 else 0


def around(
    document: Document,
    reported: float,
    exposed: Iterable[tuple[Span, float]],
    roles: Iterable[tuple[Entity, dict[str, float]]],
) -> Around:
    """What the sentences of an article tell of, by spans of data with the odds of exposure, and entities with roles."""
    likely = [
        (at, odds) for entity, odds in roles if max(odds["main"], odds["recalled"]) >= ROLE for at in entity.sentences
    ]
    return Around(
        reported,
        exposed=most_by_sentence((document.sentence_index(span.start), odds) for span, odds in exposed),
        main=most_by_sentence((at, odds["main"]) for at, odds in likely),
        recalled=most_by_sentence((at, odds["recalled"]) for at, odds in likely),
    )


def family(quantity: Quantity) -> str:
    """The unit, all currencies being money, and hours and days being time."""
    if quantity.unit in MONEY:
        return "money"
    return "time" if quantity.unit in (Unit.HOUR, Unit.DAY) else quantity.unit


def magnitude(quantity: Quantity) -> int:
    """How many digits the number has, 1 to 9."""
    value = quantity.value or quantity.low or quantity.high or 0
    return min(9, len(str(int(min(abs(value), 1e12)))))
