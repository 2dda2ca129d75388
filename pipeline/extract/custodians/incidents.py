"""Which incidents an article reports or recalls: each with its custodian, the main one first.

The evidence stands in `custody.py`; here it becomes a decision. An incident whose custodian the text does not
name has none here either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.custodians import syntax
from pipeline.extract.custodians.custody import custody_evidence, names_person, report_words, reported_numbers
from pipeline.extract.custodians.entities import Entity, kind_of, known_as
from pipeline.extract.custodians.recurrence import earlier
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.lines import rise
from pipeline.extract.weighing.weigh import weigh, weigh_words

# Probabilities from which a decision is taken, chosen on labelled articles.
REPORTS = 0.5
UNLIKELY = 0.2  # by its words: below it nobody and nothing is looked for; hardly one is found to report so
MAIN = 0.2  # for the likeliest, at second look
AFTER_OTHERS = 0.1  # for the next where the likeliest cannot be it: what odds that one took were this one's
SECOND_MAIN = 0.88
RECALLED = 0.18
SELDOM = 0.5  # for a place, which mostly tells where a custodian is, and for a person
ATTACKER = 0.3
LISTED = 0.9  # how far one of a list is as likely as the likeliest of it
AGAIN = 0.7  # how often a sentence that seems to tell of an earlier incident of the same custodian does
# Incidents of an article at the most. Everything found is compared with each of them; news does not come near it.
MOST = 20


class Role(NamedTuple):
    """What an entity is to the article: probabilities of `main`, `recalled`, `attacker` and `none`."""

    entity: Entity
    odds: dict[str, float]


NO_PART = {"attacker": 0.0, "main": 0.0, "none": 1.0, "recalled": 0.0}


class Incident(NamedTuple):
    """One incident as the article tells it; `anchor` is where its custodian, or else the article's lead, stands."""

    custodian: Entity | None
    is_main: bool
    probability: float
    anchor: Span


def likely(document: Document, title: Document) -> float:
    """Probability that the article reports an incident, by its words alone."""
    return weigh_words("report", report_words(document, title))["yes"]


def roles(document: Document, title: Document, entities: tuple[Entity, ...], likely: float) -> tuple[Role, ...]:
    """What each entity of the article is to its incidents; nothing where its words speak against any."""
    if likely < UNLIKELY:
        return tuple(Role(entity, NO_PART) for entity in entities)
    evidence = custody_evidence(document, title, entities)
    return tuple(Role(entity, weigh("custody", one)) for entity, one in zip(entities, evidence, strict=True))


def reported(likely: float, roles: tuple[Role, ...], exposed: list[float]) -> float:
    """Probability that the article reports an incident, by its words and by what was found in it."""
    return rise("reported", reported_numbers(likely, [r.odds for r in roles], exposed))


def find(
    document: Document, roles: tuple[Role, ...], main_odds: Sequence[float], reported: float
) -> tuple[Incident, ...]:
    """The incidents of an article, main ones first; none where it reports none.

    `main_odds` tells of each role how likely its entity is the custodian of the main incident, at second look.
    """
    if reported < REPORTS:
        return ()
    mains = _mains(document, roles, main_odds)
    found = [_of(roles[at].entity, True, main_odds[at] * reported) for at in mains]
    for at, odds in enumerate(_recalled(document, roles)):
        if odds and at not in mains:
            found.append(_of(roles[at].entity, False, odds * reported))
    if not found:
        nobody = 1 - max(main_odds, default=0.0)
        return (Incident(None, True, reported * nobody, document.sentences[0]),)
    if mains and (again := _again(document, found, roles)):
        found.append(again)
    return tuple(found[:MOST])


def _of(custodian: Entity, is_main: bool, probability: float) -> Incident:
    return Incident(custodian, is_main, probability, custodian.mentions[0].span)


def _mains(document: Document, roles: tuple[Role, ...], odds: Sequence[float]) -> list[int]:
    """The places of the custodians of main incidents: the likeliest that may be it, and others hardly in doubt."""
    mains: list[int] = []
    for rank, at in enumerate(sorted(range(len(roles)), key=lambda at: -odds[at])[:MOST]):
        entity = roles[at].entity
        if odds[at] < (SECOND_MAIN if mains else AFTER_OTHERS if rank else MAIN):
            break
        if mains:
            if not any(_of_one_house(entity, roles[main].entity) for main in mains):
                mains.append(at)
        elif _may_be_main(document, entity, odds[at]):
            mains.append(at)
    return mains


def _may_be_main(document: Document, entity: Entity, odds: float) -> bool:
    """Whether one of a kind that news cites, as places, police and press are, may be the main custodian after all."""
    kind = kind_of(entity)
    if not kind:
        return True
    if kind == "attacker" or (kind == "place" and odds < SELDOM):
        return False
    return syntax.befell(document, entity.mentions)


def _recalled(document: Document, roles: tuple[Role, ...]) -> list[float]:
    """How likely each is the custodian of a recalled incident, 0 for too little.

    "Breaches at Acme, Wexford and Arden" recalls three, each about as likely as the likeliest.
    """
    odds = [role.odds["recalled"] for role in roles]
    named = sorted((name, at) for at, role in enumerate(roles) for name in role.entity.mentions)
    for group in syntax.lists(document, [name for name, _ in named]):
        listed = {named[index][1] for index in group}
        likeliest = LISTED * max(odds[at] for at in listed)
        for at in listed:
            odds[at] = max(odds[at], likeliest)
    return [one if _may_be_recalled(document, role.entity, one) else 0.0 for role, one in zip(roles, odds, strict=True)]


def _may_be_recalled(document: Document, entity: Entity, odds: float) -> bool:
    """Whether the odds suffice for the custodian of a recalled incident; no attacker is one."""
    if odds < RECALLED or (kind := known_as(entity.name)) == "attacker":
        return False
    return odds >= SELDOM or not (kind == "place" or names_person(document, entity))


def _again(document: Document, found: list[Incident], roles: tuple[Role, ...]) -> Incident | None:
    """An earlier incident of the custodian of the main one; its custodian has the mentions that tell of it."""
    main, *others = found
    assert main.custodian is not None
    custodians = [one.custodian for one in others if one.custodian is not None]
    strangers = [r.entity for r in roles if r.entity is not main.custodian and not known_as(r.entity.name)]
    before = earlier(document, main.custodian, custodians, strangers)
    if before is None:
        return None
    return _of(before, False, AGAIN * main.probability)


def _of_one_house(one: Entity, other: Entity) -> bool:
    """Whether two names may be those of a firm and its product or unit: "Acme" and "Acme Rewards", "Acme's Vault"."""
    if not set(one.name.lower().split()).isdisjoint(other.name.lower().split()):
        return True
    ends = {name.last for name in one.mentions} | {name.last for name in other.mentions}
    return any(name.first in ends for name in (*one.mentions, *other.mentions))
