"""Whom "she", "they", "the company" or a bare surname stands for: the names of the text, weighed by where they stand.

Only names outside quotations are looked at. Reading the clause that holds the pronoun does not belong here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extract.document import Document
from pipeline.extract.speakers import (
    BINDING,
    DETERMINERS,
    GIVEN,
    MUTE,
    TITLES,
    VERBS,
    Kind,
    Source,
    ends_sentence,
    is_named,
    is_person,
    name_runs,
    person_part,
    source,
)

REACH = 240  # tokens before a pronoun in which its antecedent is looked for
LISTENING = frozenset({"told", "tell", "tells", "telling", "to", "by", "with", "informed", "asked", "contacted", "from", "via"})


class Mention(NamedTuple):
    """A name where it stands: its tokens [first, last) and what its place tells."""

    first: int
    last: int
    key: str  # its last word (a person) or all its words
    place: int  # how many tokens of the narrative stand before it
    person: bool
    given: bool  # begins with a known first name
    says: bool  # the subject of a verb of saying
    opens: bool  # the first phrase of its sentence or clause
    listens: bool  # the object of a verb or preposition: "told [Reuters]"
    mute: bool  # names what cannot speak


class Antecedents:
    """The names outside the quotations of one document."""

    def __init__(self, document: Document, narrative: Iterable[tuple[int, int]]) -> None:
        self._document = document
        self._stretches = list(narrative)
        runs = [run for low, high in self._stretches for run in name_runs(document, low, high)]
        self._surnames: dict[str, tuple[int, int]] = {}
        for first, last in runs:
            start = person_part(document, first, last)
            if is_person(document, start, last):
                self._surnames.setdefault(_bare(document.words[last - 1]), (start, last))
        self._title = document.title
        self.mentions = [self._mention(first, last) for first, last in runs]
        self._counts = Counter(m.key for m in self.mentions)

    def person(self, before: int, previous: Source | None) -> Source | None:
        """The person whom "he" or "she" at token `before` stands for."""
        near = [m for m in self._near(before) if not m.mute]
        return self._best([m for m in near if m.person or m.says and m.last - m.first == 1], before, previous)

    def organization(self, before: int, previous: Source | None) -> Source | None:
        """The organisation or group that "they", "it" or "the company" at token `before` stands for."""
        return self._best([m for m in self._near(before) if not m.person and not m.mute], before, previous)

    def bearer(self, role: str, before: int) -> Source | None:
        """The source that bore a role before: "the researchers" -> "Acme researchers", "the mayor" -> "Jane Roe"."""
        document = self._document
        for m in reversed(self._near(before)):
            low, high = max(0, m.first - 3), min(len(document.lower), m.last + 9)
            if role in document.lower[low : m.first] and m.person:
                return self._source(m.first, m.last)
            if role in document.lower[m.last : high] and not m.mute:
                at = document.lower.index(role, m.last, high)
                between = document.words[m.last : at]
                if m.person and between[:1] == (",",) and "." not in between:
                    return self._source(m.first, m.last)
                if not m.person and len(between) < 3 and "," not in between and at < before - 1:
                    return source(document, m.first, at + 1, at + 1)
        return None

    def full(self, found: Source) -> Source:
        """The source by its fullest mention: "Roe" by "Jane Roe, director of Acme"."""
        key = _bare(self._document.words[found.last - 1])
        run = self._surnames.get(key)
        if run is None or found.last - found.first > 1 and (run[0] == found.first or found.kind is not Kind.PERSON):
            return found
        fuller = self._source(*run)
        if fuller is None:
            return found
        return fuller if fuller.affiliation else fuller._replace(affiliation=found.affiliation)

    def _mention(self, first: int, last: int) -> Mention:
        document = self._document
        lower = document.lower
        start = person_part(document, first, last)
        word = _bare(document.words[last - 1])
        known = self._surnames.get(word)
        person = known is not None and (last - start == 1 or is_person(document, start, last))
        before = lower[first - 1] if first else ""
        lead = first - 2 if before in DETERMINERS else first - 1
        return Mention(
            start if person else first,
            last,
            word if person else " ".join(map(_bare, document.words[first:last])),
            self._place(first),
            person,
            given=known is not None and lower[known[0]] in GIVEN,
            says=_says(document, first, last),
            opens=lead < 0 or ends_sentence(document, lead) or document.words[lead] == ",",
            listens=lead >= 0 and (lower[lead] in LISTENING or lower[lead] in BINDING),
            mute=word.lower() in MUTE or len(word) == 1,
        )

    def _place(self, index: int) -> int:
        """How many tokens of the narrative stand before a token."""
        place = 0
        for low, high in self._stretches:
            if index < high:
                return place + max(0, index - low)
            place += high - low
        return place

    def _near(self, before: int) -> list[Mention]:
        place = self._place(before)
        return [m for m in self.mentions if place - REACH <= m.place and m.first < before]

    def _best(self, candidates: list[Mention], before: int, previous: Source | None) -> Source | None:
        """The candidate with the most evidence; of equals the nearest."""
        document = self._document
        here = self._place(before)
        spoke = _bare(document.words[previous.last - 1]) if previous else ""
        best: Mention | None = None
        most = 0.0
        for m in candidates:
            weight = (
                3.0 * m.says
                + 1.0 * m.opens
                - 1.5 * m.listens
                + (2.0 * m.given + m.person if m.person else 0.5 * min(4, self._counts[m.key]))
                + 2.0 * (bool(spoke) and _bare(document.words[m.last - 1]) == spoke)
                + 1.0 * (m.key in self._title)
                - (here - m.place) / 25
            )
            if best is None or weight >= most:
                best, most = m, weight
        if best is None:
            return None
        found = self._source(best.first, best.last)
        return self.full(found) if found and best.person else found

    def _source(self, first: int, last: int) -> Source | None:
        """The source that a mention makes, with what stands beside it."""
        document = self._document
        low = first
        while low > 0 and first - low < 8 and (document.lower[low - 1] in TITLES or is_named(document, low - 1)):
            low -= 1
        return source(document, low, last, min(len(document.tokens), last + 40))


def _says(document: Document, first: int, last: int) -> bool:
    """Whether the name is the subject of a verb of saying: "Roe said", "Roe, of Acme, said", "said Roe"."""
    lower, words = document.lower, document.words
    count = len(lower)
    index = last
    if index < count and words[index] == ",":
        for comma in range(index + 1, min(count - 1, index + 25)):
            if words[comma] == "," and lower[comma + 1] in VERBS:
                return True
            if words[comma] in ".":
                break
        return False
    while index < count and lower[index] in ("also", "has", "have", "had", "later", "then", "further", "even"):
        index += 1
    if index < count and lower[index] in VERBS and lower[index] not in ("reports", "reported"):
        return True
    return first > 1 and (lower[first - 1] in VERBS and not words[first - 2][0].isalnum() or lower[first - 1] == "to" and lower[first - 2] == "according")


def _bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


