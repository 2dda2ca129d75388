"""Which incidents an article reports or recalls: each with its custodian, the main one first.

The evidence stands in `custody.py`; here it becomes a decision. An incident whose custodian the text does not
name has none here either.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.custodians.custody import custody_evidence, report_evidence, reported_evidence
from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.wording import is_given, is_person
from pipeline.extract.weighing.weigh import weigh

# Probabilities at which a decision is right more often than wrong, chosen on labelled articles.
REPORTS = 0.42
MAIN = 0.02  # for the likeliest: an article that reports an incident hardly ever leaves its custodian unnamed
DOUBTFUL = 0.15  # for one of a kind that is seldom a custodian
SECOND_MAIN = 0.7
RECALLED = 0.2
ATTACKER = 0.3
# Incidents of an article at the most. Everything found is compared with each of them; news does not come near it.
MOST = 20


class Role(NamedTuple):
    """What an entity is to the article: probabilities of `main`, `recalled`, `attacker` and `none`."""

    entity: Entity
    odds: dict[str, float]


class Incident(NamedTuple):
    """One incident as the article tells it; `anchor` is where its custodian, or else the article's lead, stands."""

    custodian: Entity | None
    is_main: bool
    probability: float
    anchor: Span


def roles(document: Document, title: Document, entities: tuple[Entity, ...]) -> tuple[Role, ...]:
    """What each entity of the article is to its incidents."""
    evidence = custody_evidence(document, title, entities)
    return tuple(Role(entity, weigh("custody", one)) for entity, one in zip(entities, evidence, strict=True))


def reported(document: Document, title: Document, roles: tuple[Role, ...], exposed: list[float]) -> float:
    """Probability that the article reports an incident, by its words and by what was found in it."""
    words_say = weigh("report", report_evidence(document, title))["yes"]
    return weigh("reported", reported_evidence(words_say, [r.odds for r in roles], exposed))["yes"]


def find(document: Document, roles: tuple[Role, ...], reported: float) -> tuple[Incident, ...]:
    """The incidents of an article, main ones first; none where it reports none."""
    if reported < REPORTS:
        return ()
    by_main = sorted(roles, key=lambda r: -r.odds["main"])
    mains = [r for r in by_main[:1] if r.odds["main"] >= (DOUBTFUL if _is_doubtful(document, r.entity) else MAIN)]
    mains += [r for r in by_main[1:MOST] if r.odds["main"] >= SECOND_MAIN]
    recalled = [r for r in roles if r not in mains and r.odds["recalled"] >= RECALLED]
    found = [_incident(r, "main", reported) for r in mains]
    if not mains and not recalled:
        nobody = 1 - max((role.odds["main"] for role in roles), default=0.0)
        found.append(Incident(None, True, reported * nobody, document.sentences[0]))
    return tuple(found + [_incident(r, "recalled", reported) for r in recalled])[:MOST]


def _is_doubtful(document: Document, entity: Entity) -> bool:
    """Whether news names an entity of this kind far more often than it tells of its data: a person, a place, media."""
    known = words("firms")
    if any(known.get(form.lower()) in ("place", "media", "security") for form in entity.forms):
        return True
    return any(is_given(document.words[n.first]) and is_person(document, n.first, n.last) for n in entity.mentions)


def _incident(role: Role, kind: str, reported: float) -> Incident:
    return Incident(role.entity, kind == "main", role.odds[kind] * reported, role.entity.mentions[0].span)
