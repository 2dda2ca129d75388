"""Which figures of an incident count the same: one measure, one unit, and the same said of the same.

Two figures of one article that cannot both be true are about two things. Figures are not yet compared across articles.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from pipeline.resolve.articles import Account, Figure
from pipeline.resolve.quantities import Agreement, Amount, compare, overlap
from schemas.vocabulary import Measure

# Parts of the people are told apart by what is said of them, things by what they are called.
SAID = frozenset({Measure.PEOPLE_SUBSET, Measure.PEOPLE_RESPONDED})
CALLED = frozenset({Measure.RECORDS_EXPOSED, Measure.ORGANIZATIONS_AFFECTED, Measure.SYSTEMS_AFFECTED})
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
        *("is", "are", "was", "were", "be", "been", "being", "had", "has", "have", "will", "would", "now", "already"),
        *("who", "whose", "which", "their", "its", "it", "they", "them", "those", "another", "additional", "more"),
        *("other", "than", "about", "nearly", "approximately", "around", "some", "over", "just", "under", "up", "as"),
    }
)
NONE, ANY = "", "*"  # for a figure without stems, and for all figures
NUMBER = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]+")
ENDINGS = re.compile(r"(?:ations?|ings?|ments?|ed|es|s|e)$")
# What one outlet calls accounts, others call users, logins or passwords; "records" may be any of them.
ANYTHING = "record"
THINGS = {
    ENDINGS.sub("", word): kind
    for kind, words in {
        "account": ("account", "user", "login", "credential", "password", "profile", "username", "hash"),
        "email": ("email", "address", "mail"),
        "message": ("message", "conversation", "chat"),
        "file": ("file", "document"),
        ANYTHING: ("record", "row", "entry", "entrie", "data", "detail", "item", "piece"),
        "hotel": ("hotel", "location", "property", "propertie", "franchise", "restaurant"),
    }.items()
    for word in words
}
# Messages, files and accounts are counted apart, though each may be all that one outlet counts.
APART = frozenset({frozenset(pair) for pair in combinations(("account", "message", "file"), 2)})
# "were in custody" is in custody; "review the cases of" is review the cases.
AROUND = re.compile(
    r"^(?:(?:of|is|are|was|were|being|been|be|had|has|have|will|would|could|may|might)\s+)+"
    r"|\s+(?:of|to|in|on|at|by|for|from|with|and|or|the|a|an|is|are|was|were|has|have|had)$"
)


@dataclass(slots=True)
class Topic:
    """Figures that count the same thing, each with the account that states it, in the order of their sources.

    `is_total`: what whole articles give for the measure. `is_lonely`: no member's article counts alike anything else.
    """

    measure: str
    unit: str
    is_total: bool
    is_lonely: bool = True
    members: list[tuple[Account, Figure]] = field(default_factory=list)
    stems: frozenset[str] = frozenset()

    @property
    def articles(self) -> set[str]:
        return {account.article_id for account, _ in self.members}


def total_of(account: Account, measure: str) -> Amount | None:
    """The amount that an article as a whole is read to give for a measure."""
    if measure == Measure.PEOPLE_AFFECTED:
        return account.people
    return account.records if measure == Measure.RECORDS_EXPOSED else None


def is_whole(account: Account, figure: Figure) -> bool:
    """Whether a figure is what its article gives as the total; where an article decides on none, every one may be."""
    if figure.measure not in (Measure.PEOPLE_AFFECTED, Measure.RECORDS_EXPOSED):
        return False
    total = total_of(account, figure.measure)
    return total is None or total == whole_numbers(figure.amount)


def label(figure: Figure) -> str:
    """What a figure counts in its own words, of parts what is said of them too: "immigrants in custody"."""
    said = predicate(figure) if figure.measure in SAID or not subject(figure) else ""
    said = "" if NUMBER.search(said) else said
    return " ".join(f"{subject(figure)} {said}".split()) or figure.measure.replace("_", " ")


def subject(figure: Figure) -> str:
    """What a figure counts, without the words that only tie it to its number."""
    words = _core(figure.subject)
    return words if WORD.search(words) else ""


def predicate(figure: Figure) -> str:
    """What is said of it, without auxiliary verbs and what they leave hanging."""
    return _core(figure.predicate)


@lru_cache(maxsize=50_000)
def _core(words: str) -> str:
    return AROUND.sub("", AROUND.sub("", " ".join(words.split())))


def topics(accounts: Iterable[Account]) -> list[Topic]:
    """The topics of an incident's accounts, those of repeated and replaced articles left out where others stand."""
    told = sorted(accounts, key=lambda account: account.order)
    if any(account.stands for account in told):
        told = [account for account in told if account.stands]
    alike = {account.reading_id: _alike(account) for account in told}
    found: list[Topic] = []
    for measure in COUNTED:
        stated = [(account, figure) for account in told for figure in account.figures if figure.measure == measure]
        # Totals first, closed before open ones: what one outlet calls all, another may call a part.
        for account, figure in sorted(stated, key=lambda m: (not is_whole(*m), m[1].amount.width == math.inf)):
            is_lonely = _is_lonely(figure, alike[account.reading_id])
            _topic_of(found, account, figure, is_lonely).members.append((account, figure))
    return found


def _topic_of(found: list[Topic], account: Account, figure: Figure, is_lonely: bool) -> Topic:
    """The topic that a figure belongs to, a new one where none fits."""
    is_total = is_whole(account, figure)
    for topic in found:
        if topic.unit == figure.unit and (
            _fits(topic, account, figure, is_total, is_lonely)
            if topic.measure == figure.measure
            else _is_all(topic, account, figure)
        ):
            topic.stems |= stems(figure)
            topic.is_lonely &= is_lonely
            return topic
    found.append(Topic(figure.measure, figure.unit, is_total, is_lonely, [], stems(figure)))
    return found[-1]


Alike = Mapping[tuple[str, str, str], set[Amount]]


def _alike(account: Account) -> Alike:
    """The amounts that an account gives of each measure, unit and stem; under ANY those of all stems."""
    found: defaultdict[tuple[str, str, str], set[Amount]] = defaultdict(set)
    for figure in account.figures:
        for stem in (*(stems(figure) or (NONE,)), ANY):
            found[figure.measure, figure.unit, stem].add(figure.amount)
    return found


def _is_lonely(figure: Figure, alike: Alike) -> bool:
    """Whether its article counts nothing else alike, so that another article's number must be another number for it."""
    said = stems(figure)
    return all(
        _repeats(amount, figure.amount)
        for stem in ((*said, NONE) if said else (ANY,))
        for amount in alike.get((figure.measure, figure.unit, stem), ())
    )


def _fits(topic: Topic, account: Account, figure: Figure, is_total: bool, is_lonely: bool) -> bool:
    """Whether a figure counts what a topic of its measure counts."""
    if not (topic.is_total and is_total) and any(
        owner is account and not _repeats(other.amount, figure.amount) for owner, other in topic.members
    ):
        return False
    agreeing = [compare(other.amount, figure.amount) for _, other in topic.members]
    if topic.is_total and is_total:
        # Where others count 6,200 immigrants, "more than 100 Cubans" is not another total of theirs.
        if agreeing and max(agreeing) < Agreement.ROUNDED and stems(figure) | topic.stems in APART:
            return False
        is_open = figure.amount.width == math.inf and any(overlap(o.amount, figure.amount) for _, o in topic.members)
        return max(agreeing) >= Agreement.COMPATIBLE or not is_open
    if topic.is_total and figure.measure == Measure.PEOPLE_AFFECTED:  # "thousands of immigrants", 6,200 in all
        is_vague = figure.amount.value is None or max(agreeing) >= Agreement.ROUNDED
        return is_vague and max(agreeing) >= Agreement.COMPATIBLE and _same_people(topic, figure)
    said = stems(figure)
    if said & topic.stems:
        return max(agreeing) >= Agreement.COMPATIBLE or (topic.is_lonely and is_lonely and not topic.is_total)
    is_thing = figure.measure in SAID or figure.measure in CALLED
    return max(agreeing) >= Agreement.ROUNDED and not (is_thing and said and topic.stems)


def _repeats(a: Amount, b: Amount) -> bool:
    """Whether one text would give both amounts for one quantity: rounded or vague the second time."""
    agreement = compare(a, b)
    return agreement >= Agreement.ROUNDED or (agreement == Agreement.COMPATIBLE and None in (a.value, b.value))


def _is_all(topic: Topic, account: Account, figure: Figure) -> bool:
    """Whether what one article calls a part is the total of others: the same number of the same people."""
    if topic.measure != Measure.PEOPLE_AFFECTED or figure.measure != Measure.PEOPLE_SUBSET:
        return False
    if account.article_id in topic.articles:
        return False
    agreeing = max(compare(other.amount, figure.amount) for _, other in topic.members)
    return agreeing >= Agreement.ROUNDED and _same_people(topic, figure)


def _same_people(topic: Topic, figure: Figure) -> bool:
    """Whether a figure's people are called by a word that the topic's are called by."""
    return any(_stems(other.subject) & _stems(figure.subject) for _, other in topic.members)


def stems(figure: Figure) -> frozenset[str]:
    """What tells a figure's topic: what things are called, of people what is said, else what they are called."""
    if figure.measure in CALLED:
        heads = _stems(figure.subject.partition(" of ")[0])
        return frozenset(THINGS[stem] for stem in heads if stem in THINGS) or heads
    return _stems(figure.predicate) or _stems(figure.subject)


@lru_cache(maxsize=50_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(ENDINGS.sub("", word) or word for word in WORD.findall(words.casefold()) if word not in STOP)


def whole_numbers(amount: Amount) -> Amount:
    """An amount as a reading keeps its totals."""
    return Amount(*(None if number is None else float(int(number)) for number in amount))
