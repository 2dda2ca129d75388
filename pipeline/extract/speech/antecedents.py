"""Whom "she", "they", "the company" or a bare surname stands for: the names of the text, weighed by where they stand.

Only names outside quotations are looked at. Reading the clause that holds the pronoun does not belong here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from pipeline.extract.speech.sources import Kind, Source, source
from pipeline.extract.speech.speakers import subject_before
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    BINDING,
    DETERMINERS,
    GROUPS,
    MUTE,
    ORGANIZATIONS,
    SPEAKING_NOUNS,
    STOPS,
    TITLES,
    VERBS,
    WOMEN,
    ends_sentence,
    is_given,
    is_named,
    is_person,
    name_runs,
    person_part,
    without_possessive,
)

# What speaks for an antecedent, in places of one weight; chosen on articles that were read.
SAYS = 2.5  # it is the subject of a verb of saying
OPENS = 1.0  # it opens its sentence or clause
LISTENS = 1.5  # against it: it is what somebody tells something to
TITLE = 1.0  # the headline names it
OFTEN = 0.5  # each of its mentions, up to five
PERSON = 1.0  # each piece of evidence that it is a person's name
NAMELESS = 2.0  # against it, where a person is looked for and nothing shows that it is one
GENDER = 4.0  # against it: a woman's first name where the pronoun is "he"
FAR = 10  # tokens of narrative between that count as one against a person
FAR_ORGANIZATION = 40  # the same for an organisation, which a text keeps in mind for longer
REACH = 240  # tokens of narrative in which an antecedent is looked for
WIDE = 1000  # the same for a person, and for whoever bears a role

COMMON = VERBS | TITLES | SPEAKING_NOUNS  # no names, where they open a sentence
LISTENING = BINDING | {"told", "tell", "tells", "telling", "to", "informed", "asked", "contacted", "via"}
HELPERS = frozenset({"also", "has", "have", "had", "later", "then", "further", "even"})


class Mention(NamedTuple):
    """A name where it stands: its tokens [first, last) and what its place tells."""

    first: int
    last: int
    place: int  # how many tokens of the narrative stand before it
    key: str  # the last word of a person's name, all words of another
    person: float  # evidence that it is a person's
    woman: bool  # begins with a woman's first name
    says: bool  # the subject of a verb of saying
    opens: bool  # the first phrase of its sentence or clause
    listens: int  # 1 for the object of a verb or preposition: "told [Reuters]"; 2 for a possessive: "[Roe]'s plan"


class Person(NamedTuple):
    """A full name, its tokens [first, last), and the evidence that it is a person's."""

    first: int
    last: int
    evidence: float


class Antecedents:
    """The names outside the quotations of one document, in the stretches of tokens that `narrative` gives."""

    def __init__(self, document: Document, narrative: Iterable[tuple[int, int]]) -> None:
        self._document = document
        self._starts: list[int] = []  # first token of each stretch
        self._places: list[int] = []  # how many tokens of the narrative stand before it
        self._runs: list[tuple[int, int]] = []
        place = 0
        for low, high in narrative:
            self._starts.append(low)
            self._places.append(place)
            place += high - low
            self._runs += name_runs(document, low, high)

    def person(self, pronoun: Source) -> Source | None:
        """The person whom "he" or "she" stands for."""
        persons = {m for m in self._near(pronoun.first, WIDE) if m.person}
        others = {m for m in self._near(pronoun.first) if m.says and m.last - m.first == 1}
        return self._best(sorted(persons | others), pronoun.first, self._document.lower[pronoun.first])

    def organization(self, before: int) -> Source | None:
        """The organisation or group that "they", "it" or "the company" at token `before` stands for."""
        near = [m for m in self._near(before) if m.person < 2]
        return self._best(near or [m for m in self._mentions[:50] if m.person < 2], before, "it")

    def anyone(self, before: int) -> Source | None:
        """Whoever is most likely to speak at token `before`, where no clause says who does."""
        return self._best(self._near(before), before, "")

    def group(self, before: int) -> Source | None:
        """The people whom "they" at token `before` stands for, where a role names them just before."""
        lower = self._document.lower
        for index in range(before - 1, max(0, before - 40), -1):
            follows = lower[index + 1]
            if lower[index] in GROUPS and follows[0].isalpha() and follows not in BINDING:
                return subject_before(self._document, index + 1, max(0, index - 6))
        return None

    def bearer(self, role: str, before: int) -> Source | None:
        """The source that bore a role before: "the researchers" -> "Acme researchers", "the mayor" -> "Jane Roe"."""
        document, lower = self._document, self._document.lower
        for m in reversed(self._near(before, WIDE)):
            two, one = ("", "", *lower[max(0, m.first - 2) : m.first])[-2:]
            if one == role or (two == role and one in TITLES):  # "mayor Jane Roe"
                return self._source(m.first, m.last)
            if two == role and one in ("from", "by", "at"):  # "researchers at Acme"
                return source(document, m.first - 2, m.last, m.last)
            high = min(before - 1, m.last + 9)
            if role in lower[m.last : high]:
                at = lower.index(role, m.last, high)
                between = lower[m.last : at]
                if m.person and between[:1] == (",",) and "." not in between:  # "Jane Roe, the mayor"
                    return self._source(m.first, m.last)
                if not m.person and all(w[0].isalpha() and w not in STOPS for w in between):  # "Acme researchers"
                    return source(document, m.first, at + 1, at + 1)
        return None

    def full(self, found: Source) -> Source:
        """The source by its fullest mention: "Roe" by "Jane Roe, director of Acme"."""
        person = self._persons.get(without_possessive(self._document.words[found.last - 1]))
        if person is None or (found.last - found.first > 1 and found.kind is not Kind.PERSON):
            return found
        fuller = self._source(person.first, person.last)
        if fuller is None:
            return found
        return fuller if fuller.affiliation else fuller._replace(affiliation=found.affiliation)

    @cached_property
    def _persons(self) -> dict[str, Person]:
        """Persons by surname, where first named in full, with the evidence that they are persons."""
        document = self._document
        parts = [(person_part(document, first, last), first, last) for first, last in self._runs]
        alone = {without_possessive(document.words[start]) for start, _, last in parts if last - start == 1}
        found: dict[str, Person] = {}
        for start, first, last in parts:
            if last - start > 1 and is_person(document, start, last):
                surname = without_possessive(document.words[last - 1])
                if surname not in found:
                    titled = start > first or (start > 0 and document.lower[start - 1] in TITLES)
                    evidence = 2.0 * is_given(document.words[start]) + titled + (surname in alone)
                    found[surname] = Person(start, last, evidence)
        return found

    @cached_property
    def _mentions(self) -> list[Mention]:
        """The names that may stand for a speaker, in the order of the text."""
        plain = frozenset(self._document.words)
        return [m for first, last in self._runs if (m := self._mention(first, last, plain))]

    @cached_property
    def _firsts(self) -> list[int]:
        return [m.first for m in self._mentions]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(m.key for m in self._mentions)

    def _mention(self, first: int, last: int, plain: frozenset[str]) -> Mention | None:
        """What the place of a name tells; None for a word that only opens a sentence, and for what cannot speak."""
        document, lower, words = self._document, self._document.lower, self._document.words
        end = last - 1 if words[last - 1] == "." else last
        word = without_possessive(words[end - 1])
        low = word.lower()
        if low in MUTE or len(word) == 1:
            return None
        start = person_part(document, first, last)
        known = self._persons.get(word)
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
        return Mention(
            first=start if known else first,
            last=last,
            place=self._place(first),
            key=word if known else " ".join(map(without_possessive, words[first:last])),
            person=known.evidence if known else 0.0,
            woman=known is not None and lower[known.first] in WOMEN,
            says=_says(document, first, last, opens),
            opens=opens,
            listens=(lead >= 0 and lower[lead] in LISTENING) + 2 * (words[end - 1] != word),
        )

    def _place(self, index: int) -> int:
        """How many tokens of the narrative stand before a token."""
        at = bisect_right(self._starts, index) - 1
        return self._places[at] + index - self._starts[at]

    def _near(self, before: int, reach: int = REACH) -> list[Mention]:
        """The names within reach before the token, the nearest last."""
        floor = self._place(before) - reach
        high = low = bisect_left(self._firsts, before)
        while low > 0 and self._mentions[low - 1].place >= floor:
            low -= 1
        return self._mentions[low:high]

    def _best(self, candidates: list[Mention], before: int, pronoun: str) -> Source | None:
        """The candidate with the most evidence; of equals the nearest."""
        here = self._place(before)
        weighed = [(self._weight(m, here, pronoun), m.first, m) for m in candidates]
        if not weighed:
            return None
        best = max(weighed)[2]
        found = self._source(best.first, best.last)
        return self.full(found) if found and best.person else found

    def _weight(self, m: Mention, here: int, pronoun: str) -> float:
        """What speaks for a name as the antecedent of a pronoun at place `here` of the narrative."""
        weight = SAYS * m.says + OPENS * m.opens - LISTENS * m.listens + TITLE * (m.key in self._document.title)
        if pronoun in ("it", ""):
            weight -= (here - m.place) / FAR_ORGANIZATION
            return weight + OFTEN * min(5, self._counts[m.key]) - PERSON * m.person if pronoun else weight
        weight += PERSON * m.person - (here - m.place) / FAR
        if not m.person:
            weight -= NAMELESS
        elif m.person >= 2 and pronoun == ("he" if m.woman else "she"):
            weight -= GENDER
        return weight

    def _source(self, first: int, last: int) -> Source | None:
        """The source that a mention makes, with the titles and names before it and the apposition behind it."""
        document = self._document
        low = first
        while low > 0 and first - low < 8 and (document.lower[low - 1] in TITLES or is_named(document, low - 1)):
            low -= 1
        return source(document, low, last, min(len(document.tokens), last + 40))


def _says(document: Document, first: int, last: int, opens: bool) -> bool:
    """Whether the name is the subject of a verb of saying: "Roe said", "Roe, of Acme, said", "said Roe"."""
    lower = document.lower
    reach = (*lower[last : last + 25], "")
    if reach[0] == ",":  # "Roe, of Acme, said"
        stop = reach.index(".") if "." in reach else len(reach) - 1
        if any(reach[k] == "," and reach[k + 1] in VERBS for k in range(1, stop)):
            return True
    at = next((k for k, word in enumerate(reach) if word not in HELPERS), 0)
    if reach[at] in VERBS and reach[at] not in ("reports", "reported"):  # other papers report
        return True
    if opens:  # "Roe teaches law and says"
        stop = reach.index(".") if "." in reach else len(reach) - 1
        if any(reach[k] in ("and", "but") and reach[k + 1] in VERBS for k in range(stop)):
            return True
    if first < 2:
        return False
    one, two = lower[first - 1], lower[first - 2]
    return (one in VERBS and not two[0].isalnum()) or (one == "to" and two == "according")
