"""Which incidents an article reports or recalls: each with its custodian, the main one first.

The evidence stands in `custody.py`; here it becomes a decision. An incident whose custodian the text does not
name has none here either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.custodians.custody import custody_evidence, names_person, report_words, reported_numbers
from pipeline.extract.custodians.entities import Entity, known_as
from pipeline.extract.custodians.recurrence import earlier
from pipeline.extract.custodians.syntax import BEFALLING, MEANINGS, lists
from pipeline.extract.custodians.syntax import signs as signs_beside
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.weighing.lines import rise
from pipeline.extract.weighing.weigh import weigh, weigh_words

# Probabilities at which a decision is right more often than wrong, chosen on labelled articles.
REPORTS = 0.5
UNLIKELY = 0.2  # by its words: below it nobody and nothing is looked for; hardly one is found to report so
MAIN = 0.2  # for the likeliest, at second look
SECOND_MAIN = 0.88
AFTER_OTHERS = 0.1  # for one whom such made seem less likely as cannot be it
SELDOM = 0.5  # for a place, which mostly tells where a custodian is, and for a person
RECALLED = 0.18
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
    found = [Incident(r.entity, True, main_odds[at] * reported, r.entity.mentions[0].span) for at, r in mains.items()]
    for at, odds in enumerate(_recalled(document, roles)):
        if odds and at not in mains:
            entity = roles[at].entity
            found.append(Incident(entity, False, odds * reported, entity.mentions[0].span))
    if not found:
        nobody = 1 - max(main_odds, default=0.0)
        return (Incident(None, True, reported * nobody, document.sentences[0]),)
    if mains and (again := _again(document, found, roles)):
        found.append(again)
    return tuple(found[:MOST])


def _mains(document: Document, roles: tuple[Role, ...], odds: Sequence[float]) -> dict[int, Role]:
    """The custodians of main incidents, by their place: the likeliest, and others that are hardly in doubt."""
    by_odds, least = sorted(range(len(roles)), key=lambda at: -odds[at]), MAIN
    while (
        by_odds and odds[by_odds[0]] >= least and not _may_be_main(document, roles[by_odds[0]].entity, odds[by_odds[0]])
    ):
        least = AFTER_OTHERS
        del by_odds[0]
    mains = {at: roles[at] for at in by_odds[:1] if odds[at] >= least}
    for at in by_odds[1:MOST]:
        if odds[at] >= SECOND_MAIN and not any(_of_one_house(roles[at].entity, r.entity) for r in mains.values()):
            mains[at] = roles[at]
    return mains


def _may_be_main(document: Document, entity: Entity, odds: float) -> bool:
    """Whether one of a kind that news cites, as places, police and press are, may be the main custodian after all."""
    known = next(filter(None, map(known_as, entity.forms)), "")
    if not known:
        return True
    if known == "attacker" or (known == "place" and odds < SELDOM):
        return False
    told = (MEANINGS.get(sign) for signs in signs_beside(document, entity.mentions) for sign in signs)
    return not BEFALLING.isdisjoint(told)


def _recalled(document: Document, roles: tuple[Role, ...]) -> list[float]:
    """How likely each is the custodian of a recalled incident: "breaches at Acme, Wexford and Arden" recalls three."""
    odds = [role.odds["recalled"] for role in roles]
    named = sorted((name, at) for at, role in enumerate(roles) for name in role.entity.mentions)
    for group in lists(document, [name for name, _ in named]):
        listed = {named[index][1] for index in group}
        likeliest = LISTED * max(odds[at] for at in listed)
        for at in listed:
            odds[at] = max(odds[at], likeliest)
    return [one if one >= _least(document, role.entity) else 0.0 for role, one in zip(roles, odds, strict=True)]


def _least(document: Document, entity: Entity) -> float:
    """From which odds on it may be the custodian of a recalled incident; no attacker is one."""
    known = known_as(entity.name)
    return 2.0 if known == "attacker" else SELDOM if known == "place" or names_person(document, entity) else RECALLED


def _again(document: Document, found: list[Incident], roles: tuple[Role, ...]) -> Incident | None:
    """An earlier incident of the custodian of the main one; its custodian has the mentions that tell of it."""
    main, *others = found
    assert main.custodian is not None
    custodians = [one.custodian for one in others if one.custodian is not None]
    strangers = [r.entity for r in roles if r.entity is not main.custodian and not known_as(r.entity.name)]
    before = earlier(document, main.custodian, custodians, strangers)
    if before is None:
        return None
    return Incident(before, False, AGAIN * main.probability, before.mentions[0].span)


def _of_one_house(one: Entity, other: Entity) -> bool:
    """Whether two names may be those of a firm and its product or unit: "Acme" and "Acme Rewards", "Acme's Vault"."""
    if not set(one.name.lower().split()).isdisjoint(other.name.lower().split()):
        return True
    ends = {name.last for name in one.mentions} | {name.last for name in other.mentions}
    return any(name.first in ends for name in (*one.mentions, *other.mentions))
