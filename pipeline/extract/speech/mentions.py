"""The names and groups that a text mentions outside its quotations, with what the place of each tells of it.

Whom a pronoun stands for is weighed in `antecedents.py`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from pipeline.extract.speech import persons, places
from pipeline.extract.speech.persons import Person
from pipeline.extract.speech.sources import OPENING_WORDS
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    BINDING,
    DECEIT,
    DETERMINERS,
    GROUPS,
    MESSAGES,
    MUTE,
    ORGANIZATIONS,
    SPEAKING_NOUNS,
    TITLES,
    VERBS,
    ends_sentence,
    is_named,
    is_nominal,
    is_person,
    name_runs,
    person_part,
    without_possessive,
)

COMMON = VERBS | TITLES | SPEAKING_NOUNS | OPENING_WORDS  # no names, where they open a sentence
COMMON_NOUNS = GROUPS | MESSAGES | {"spokesman", "spokeswoman", "spokesperson"}
LISTENING = BINDING | {"told", "tell", "tells", "telling", "to", "informed", "asked", "contacted", "via"}
SURE = 2.0  # the evidence that makes a person of a name


class Sort(Enum):
    """What kind of words a mention is."""

    NAME = auto()
    GROUP = auto()  # "the researchers"
    BEARER = auto()  # "a spokeswoman"
    MESSAGE = auto()  # "a phishing email"


class Mention(NamedTuple):
    """A name or group where it stands: its tokens [first, last) and what its place tells."""

    first: int
    last: int
    place: int  # how many tokens of the narrative stand before it
    key: str  # the last word of a person's name or of a group, all words of another
    person: float  # evidence that it is a person's
    woman: bool
    man: bool
    says: bool  # the subject of a verb of saying
    opens: bool  # the first phrase of its sentence or clause
    listens: bool  # the object of a verb or preposition: "told [Reuters]"
    owns: bool  # a possessive: "[Roe]'s plan"
    thing: bool  # what cannot speak: "the [Locky] ransomware", "CVE-2017-1"
    employs: bool  # an organisation: "[Acme] researchers", "the firm [Acme]", "[Acme], a company"
    hears: bool  # a medium: "told [Wire News]", "[Wire News] reported"
    sort: Sort


class Known(NamedTuple):
    """What the mentions of one name or group tell together."""

    mentions: int
    says: int
    thing: float  # shares of the mentions
    employs: float
    hears: float


class Mentions:
    """The mentions in the stretches of tokens that are given, in the order of the text."""

    def __init__(self, document: Document, narrative: Iterable[tuple[int, int]]) -> None:
        self._document = document
        self._stretches = list(narrative)
        self._starts = [low for low, _ in self._stretches]
        lengths = (high - low for low, high in self._stretches)
        self._places = list(accumulate(lengths, initial=0))  # how many tokens of the narrative stand before each
        self._runs = [run for low, high in self._stretches for run in name_runs(document, low, high)]

    @cached_property
    def persons(self) -> dict[str, Person]:
        """Persons by surname, where first named in full, with the evidence that they are persons."""
        return persons.find(self._document, self._runs)

    @cached_property
    def all(self) -> list[Mention]:
        """Every mention."""
        document, lower = self._document, self._document.lower
        # In small letters somewhere, and never in large ones within a sentence: no names, where they open one.
        within = {document.words[first] for first, _ in self._runs if first and not ends_sentence(document, first - 1)}
        plain = frozenset(document.words) - {word.lower() for word in within}
        found = [self._name(first, last, plain) for first, last in self._runs]
        if not COMMON_NOUNS.isdisjoint(lower):
            nouns = [k for low, high in self._stretches for k in range(low, high) if lower[k] in COMMON_NOUNS]
            found += map(self._common, nouns)
        return sorted((m for m in found if m), key=itemgetter(0))

    @cached_property
    def firsts(self) -> list[int]:
        """The first token of each mention."""
        return [m.first for m in self.all]

    @cached_property
    def known(self) -> dict[str, Known]:
        """What all mentions of a key tell together."""
        keyed: dict[str, list[Mention]] = {}
        for m in self.all:
            keyed.setdefault(m.key, []).append(m)
        return {key: _known(mentions) for key, mentions in keyed.items()}

    def place(self, index: int) -> int:
        """How many tokens of the narrative stand before a token."""
        at = bisect_right(self._starts, index) - 1
        return self._places[at] + index - self._starts[at]

    def _common(self, index: int) -> Mention | None:
        """What a common noun speaks for: "the [researchers]", "a [spokeswoman]", "a [phishing email]"."""
        document, lower = self._document, self._document.lower
        noun, start = lower[index], index
        sort = Sort.GROUP if noun in GROUPS else Sort.BEARER
        if noun in MESSAGES:
            if index == 0 or lower[index - 1] not in DECEIT:
                return None
            sort, start = Sort.MESSAGE, index - 1
        first = start
        while first > 0 and start - first < 5 and (lower[first - 1] in DETERMINERS or is_nominal(document, first - 1)):
            first -= 1
        opens = first == 0 or ends_sentence(document, first - 1) or document.words[first - 1] == ","
        return Mention(
            first=start,
            last=index + 1,
            place=self.place(index),
            key=noun,
            person=2.0 * (sort is Sort.BEARER),
            woman=noun == "spokeswoman",
            man=noun == "spokesman",
            says=places.says(document, first, index + 1, opens),
            opens=opens,
            listens=first > 0 and lower[first - 1] in LISTENING,
            owns=False,
            thing=False,
            employs=False,
            hears=False,
            sort=sort,
        )

    def _name(self, first: int, last: int, plain: frozenset[str]) -> Mention | None:
        """What the place of a name tells; None for a word that only opens a sentence, and for what cannot speak."""
        document, lower, words = self._document, self._document.lower, self._document.words
        end = last - 1 if words[last - 1] == "." else last
        word = without_possessive(words[end - 1])
        low = word.lower()
        if low in MUTE or len(word) == 1 or TITLES.issuperset(lower[first:end]):
            return None
        start = person_part(document, first, last)
        known = self.persons.get(word)
        if known and last - start > 1 and not is_person(document, start, last):
            known = None
        lead = first - 2 if first and lower[first - 1] in DETERMINERS else first - 1
        begins = lead < 0 or ends_sentence(document, lead)
        if known is None:
            if begins and last - first == 1 and (low in plain or low in COMMON or low.endswith(("ly", "ing"))):
                return None
            if last + 1 < len(lower) and lower[last] in ORGANIZATIONS and is_named(document, last + 1):
                return None  # "[Payday] lender Acme"
        opens = begins or words[lead] == ","
        doubtful = known is None or known.evidence < SURE
        return Mention(
            first=start if known else first,
            last=last,
            place=self.place(first),
            key=word if known else " ".join(map(without_possessive, words[first:last])),
            person=known.evidence if known else 0.0,
            woman=known is not None and known.woman,
            man=known is not None and known.man,
            says=places.says(document, first, last, opens),
            opens=opens,
            listens=lead >= 0 and lower[lead] in LISTENING,
            owns=words[end - 1] != word,
            thing=doubtful and places.is_thing(document, first, last),
            employs=doubtful and places.employs(document, first, last),
            hears=places.hears(document, lead, last),
            sort=Sort.NAME,
        )


def _known(mentions: list[Mention]) -> Known:
    """The counts and shares of the mentions of one key."""
    count = len(mentions)
    return Known(
        mentions=count,
        says=sum(m.says for m in mentions),
        thing=sum(m.thing for m in mentions) / count,
        employs=sum(m.employs for m in mentions) / count,
        hears=sum(m.hears for m in mentions) / count,
    )
