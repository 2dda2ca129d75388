"""Which figures of an incident count the same: one measure, one unit, and the same said of the same.

Two figures of one article that cannot both be true are about two things. Figures are not yet compared across articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.resolve.articles import Account, Figure
from pipeline.resolve.quantities import Agreement, Amount, compare
from schemas.vocabulary import Measure

TOTALS = frozenset({Measure.PEOPLE_AFFECTED})
# Measured once for an incident, whatever the words around it.
WHOLE = frozenset({Measure.EXPOSURE_DURATION, Measure.VOLUME_EXPOSED})
COUNTED = (
    Measure.PEOPLE_AFFECTED,
    Measure.PEOPLE_SUBSET,
    Measure.PEOPLE_RESPONDED,
    Measure.RECORDS_EXPOSED,
    Measure.VOLUME_EXPOSED,
    Measure.ORGANIZATIONS_AFFECTED,
    Measure.SYSTEMS_AFFECTED,
    Measure.EXPOSURE_DURATION,
    Measure.RANSOM,
    Measure.LOSS,
    Measure.PENALTY,
)
STOP = frozenset(
    {
        *("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into", "and", "or", "that"),
        *("is", "are", "was", "were", "be", "been", "had", "has", "have", "will", "would", "now", "already", "who"),
        *("whose", "which", "their", "its", "it", "they", "them", "those", "another", "additional", "more", "other"),
        *("than", "about", "nearly", "approximately", "around", "some", "over", "just", "under", "up", "as", "many"),
    }
)
WORD = re.compile(r"[^\W\d_]+")
ENDINGS = re.compile(r"(?:ations?|ings?|ments?|ed|es|s|e|ing)$")


@dataclass(slots=True)
class Topic:
    """Figures that count the same thing, each with the account that states it, in the order of their sources."""

    measure: str
    unit: str
    members: list[tuple[Account, Figure]] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)

    def total_of(self, account: Account) -> Amount | None:
        """The amount that an article as a whole is read to give for this measure."""
        if self.measure == Measure.PEOPLE_AFFECTED:
            return account.people
        return account.records if self.measure == Measure.RECORDS_EXPOSED else None

    @property
    def articles(self) -> set[str]:
        return {account.article_id for account, _ in self.members}

    @property
    def subject(self) -> str:
        """What is counted and said of it, as the source that fixes most puts it: "immigrants in custody"."""
        for _, figure in sorted(self.members, key=lambda member: (not member[1].predicate, member[0].order)):
            if words := label(figure):
                return words
        return self.unit


def label(figure: Figure) -> str:
    """What a figure counts and what is said of it, in its own words."""
    return " ".join(f"{figure.subject} {figure.predicate}".split())


def topics(accounts: Iterable[Account]) -> list[Topic]:
    """The topics of an incident's accounts, those of repeated and replaced articles left out where others stand."""
    told = sorted(accounts, key=lambda account: account.order)
    if any(account.stands for account in told):
        told = [account for account in told if account.stands]
    found: list[Topic] = []
    # Totals first: what one outlet calls all, another may call a part ("more than 100 Cubans").
    for measure in COUNTED:
        for account in told:
            for figure in account.figures:
                if figure.measure == measure:
                    _topic_of(found, account, figure).members.append((account, figure))
    return found


def _topic_of(found: list[Topic], account: Account, figure: Figure) -> Topic:
    """The topic that a figure belongs to, a new one where none fits."""
    for topic in found:
        if topic.unit == figure.unit and (
            _fits(topic, account, figure) if topic.measure == figure.measure else _is_total(topic, account, figure)
        ):
            topic.stems |= stems(figure)
            return topic
    found.append(Topic(figure.measure, figure.unit, [], stems(figure)))
    return found[-1]


def _fits(topic: Topic, account: Account, figure: Figure) -> bool:
    """Whether a figure counts what a topic of its measure counts."""
    if figure.measure in TOTALS or figure.measure in WHOLE:
        return True
    agreeing = [compare(other.amount, figure.amount) >= Agreement.COMPATIBLE for _, other in topic.members]
    if not all(agreeing) and account.article_id in topic.articles:
        return False
    said = stems(figure)
    if said & topic.stems:
        return True
    return any(agreeing) and not (said and topic.stems)


def _is_total(topic: Topic, account: Account, figure: Figure) -> bool:
    """Whether what one article calls a part is the total of others: the same number of the same people."""
    if topic.measure not in TOTALS or figure.measure != Measure.PEOPLE_SUBSET or account.article_id in topic.articles:
        return False
    return any(
        compare(other.amount, figure.amount) >= Agreement.ROUNDED and _stems(other.subject) & _stems(figure.subject)
        for _, other in topic.members
    )


def stems(figure: Figure) -> set[str]:
    """What is said of a figure's subject, as stems; where nothing is, what the subject itself is called."""
    told = _stems(figure.predicate)
    return told or _stems(figure.subject)


def _stems(words: str) -> set[str]:
    return {ENDINGS.sub("", word) or word for word in WORD.findall(words.casefold()) if word not in STOP}
