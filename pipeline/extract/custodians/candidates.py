"""A second look at whose incident an article is about: its candidates held against one another.

At first sight each entity is weighed by the words around it, in `custody.py`; here that counts beside what it is, where
it is named, and where data seems exposed. What is done with the odds is decided in `incidents.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.custodians.custody import heading, names_person
from pipeline.extract.custodians.entities import Entity, known_as
from pipeline.extract.custodians.incidents import Role
from pipeline.extract.text.context import most_by_sentence
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.lines import rise
from pipeline.extract.weighing.trees import logit

# What an entity may be known to be, where that speaks for or against it.
KINDS = ("place", "media", "security", "agency", "police", "attacker", "platform")


def main_odds(
    document: Document, title: Document, roles: Sequence[Role], exposed: Iterable[tuple[Span, float]]
) -> list[float]:
    """For each role the probability that its entity is the custodian of the main incident.

    `exposed` holds the spans of data with the odds that it got out.
    """
    if not any(role.odds["main"] for role in roles):
        return [0.0] * len(roles)
    return [rise("main", numbers) for numbers in main_numbers(document, title, roles, exposed)]


def main_numbers(
    document: Document, title: Document, roles: Sequence[Role], exposed: Iterable[tuple[Span, float]]
) -> Iterator[dict[str, float]]:
    """What speaks for and against each, every number divided so that it lies near -1 to 1."""
    by_sentence = most_by_sentence((document.sentence_index(span.start), odds) for span, odds in exposed)
    most = logit(max(by_sentence.values(), default=0.0))
    best = sorted(roles, key=lambda role: -role.odds["main"])[:2]
    recalled = sorted(-role.odds["recalled"] for role in roles)
    words = frozenset(heading(title))
    count = len(document.sentences)
    for role in roles:
        entity, odds = role
        other = next((one for one in best if one is not role), None)
        inside = entity.sentences
        apart = [at for at in inside if other is None or not other.entity.is_named_in(at)]
        yield {
            "main": logit(odds["main"]) / 4,
            "none": logit(odds["none"]) / 4,
            "other main": logit(other.odds["main"] if other else 0.0) / 4,
            "more recalled": min(8, recalled.index(-odds["recalled"])) / 8,
            "mentions": min(8, len(entity.mentions)) / 8,
            "first": min(20, inside[0]) / 20,
            "last": inside[-1] / count,
            "sentences": min(60, count) / 60,
            "apart": len(apart) / len(inside),
            "exposed": logit(max(by_sentence.get(at, 0.0) for at in inside)) / 4,
            "exposed next": logit(max(by_sentence.get(at + 1, 0.0) for at in inside)) / 4,
            "exposed most": most / 4,
            "title": float(any(words.issuperset(form.lower().split()) for form in entity.forms)),
            "words": min(4, entity.name.count(" ") + 1) / 4,
            "person": float(names_person(document, entity)),
            **_kinds(entity),
        }


def _kinds(entity: Entity) -> dict[str, float]:
    """What the entity is known to be, by any of its names."""
    known = set(map(known_as, entity.forms))
    return {kind: float(kind in known) for kind in KINDS}
