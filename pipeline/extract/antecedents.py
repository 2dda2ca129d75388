"""Whom "she", "they", "the company" or a bare surname stands for: the names of the text, weighed by where they stand.

Only names outside quotations are looked at. Reading the clause that holds the pronoun does not belong here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extract.document import Document
from pipeline.extract.speakers import (
    BINDING,
    DETERMINERS,
    DOCUMENTS,
    MUTE,
    ORGANIZATIONS,
    STOPS,
    TITLES,
    VERBS,
    WOMEN,
    Kind,
    Source,
    ends_sentence,
    is_given,
    is_named,
    is_person,
    name_runs,
    person_part,
    source,
    subject_before,
)

# What speaks for an antecedent, in places of one weight; fitted by hand on articles that were read.
SAYS = 2.5  # it is the subject of a verb of saying
OPENS = 1.0  # it opens its sentence or clause
LISTENS = 1.5  # against it: it is what somebody tells something to
TITLE = 1.0  # the headline names it
OFTEN = 0.5  # each of its mentions, up to five
PERSON = 1.0  # each piece of evidence that it is a person's name
GENDER = 4.0  # against it: a woman's first name where the pronoun is "he"
FAR = 10  # tokens of narrative between that count as one against a person
FAR_ORGANIZATION = 40  # the same for an organisation, which a text keeps in mind for longer
REACH = 240  # tokens of narrative before a pronoun in which its antecedent is looked for
WIDE = 1000  # the same for a person, and for whoever bears a role
COMMON = VERBS | DOCUMENTS | TITLES | ORGANIZATIONS  # no names, where they open a sentence
# Those who speak as a group.
SPEAKING = frozenset({"researchers", "experts", "officials", "analysts", "investigators", "authorities", "prosecutors", "lawyers", "hackers", "attackers", "engineers", "scientists", "developers", "authors", "scammers", "criminals"})
LISTENING = frozenset({"told", "tell", "tells", "telling", "to", "by", "with", "informed", "asked", "contacted", "from", "via"})


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
    listens: int  # 1 for the object of a verb or preposition: "told [Reuters]", 2 for a possessive: "[Roe]'s plan"


class Antecedents:
    """The names outside the quotations of one document."""

    def __init__(self, document: Document, narrative: Iterable[tuple[int, int]]) -> None:
        self._document = document
        self._plain = frozenset(document.words)
        self._starts: list[int] = []  # first token of each stretch of the narrative
        self._places: list[int] = []  # how many tokens of the narrative stand before it
        runs: list[tuple[int, int]] = []
        place = 0
        for low, high in narrative:
            self._starts.append(low)
            self._places.append(place)
            place += high - low
            runs += name_runs(document, low, high)
        self._persons = self._known_persons(runs)
        self._mentions = [m for first, last in runs if (m := self._mention(first, last))]
        self._firsts = [m.first for m in self._mentions]
        self._counts = Counter(m.key for m in self._mentions)

    def person(self, found: Source) -> Source | None:
        """The person whom "he" or "she" stands for."""
        word = self._document.lower[found.first]
        persons = [m for m in self._near(found.first, WIDE) if m.person > 0]
        others = [m for m in self._near(found.first) if m.says and m.last - m.first == 1]
        return self._best(sorted({*persons, *others}), found.first, word if word in ("he", "she") else "he or she")

    def organization(self, before: int) -> Source | None:
        """The organisation or group that "they", "it" or "the company" at token `before` stands for."""
        near = [m for m in self._near(before) if m.person < 2]
        return self._best(near or [m for m in self._mentions if m.person < 2][:50], before, "it")

    def group(self, before: int) -> Source | None:
        """The people whom "they" at token `before` stands for, where the last sentence has them as a subject."""
        document = self._document
        for index in range(before - 1, max(0, before - 40), -1):
            if document.lower[index] in SPEAKING and document.words[index + 1][0].isalpha() and document.lower[index + 1] not in BINDING:
                return subject_before(document, index + 1, max(0, index - 6))
        return None

    def anyone(self, before: int) -> Source | None:
        """Whoever is most likely to speak at token `before`, where no clause says who does."""
        return self._best(self._near(before), before, "")

    def bearer(self, role: str, before: int) -> Source | None:
        """The source that bore a role before: "the researchers" -> "Acme researchers", "the mayor" -> "Jane Roe"."""
        document = self._document
        lower = document.lower
        for m in reversed(self._near(before, WIDE)):
            if m.first > 1 and (lower[m.first - 1] == role or lower[m.first - 1] in TITLES and lower[m.first - 2] == role):
                return self._source(m.first, m.last)
            if m.first > 1 and lower[m.first - 1] in ("from", "by", "at") and lower[m.first - 2] == role:
                return source(document, m.first - 2, m.last, m.last)
            high = min(before - 1, m.last + 9)
            if role in lower[m.last : high]:
                at = lower.index(role, m.last, high)
                between = document.words[m.last : at]
                if m.person and between[:1] == (",",) and "." not in between:
                    return self._source(m.first, m.last)
                if not m.person and all(w[0].isalpha() and w.lower() not in STOPS for w in between):
                    return source(document, m.first, at + 1, at + 1)
        return None

    def full(self, found: Source) -> Source:
        """The source by its fullest mention: "Roe" by "Jane Roe, director of Acme"."""
        run = self._persons.get(_bare(self._document.words[found.last - 1]))
        if run is None or found.last - found.first > 1 and found.kind is not Kind.PERSON:
            return found
        fuller = self._source(run.first, run.last)
        if fuller is None:
            return found
        return fuller if fuller.affiliation else fuller._replace(affiliation=found.affiliation)

    def _known_persons(self, runs: list[tuple[int, int]]) -> dict[str, _Person]:
        """Persons by surname, where first named in full, with the evidence that they are persons."""
        document = self._document
        lower = document.lower
        alone = {_bare(document.words[last - 1]) for first, last in runs if last - person_part(document, first, last) == 1}
        found: dict[str, _Person] = {}
        for first, last in runs:
            start = person_part(document, first, last)
            surname = _bare(document.words[last - 1])
            if surname not in found and is_person(document, start, last):
                titled = start > first or (start > 0 and lower[start - 1] in TITLES)
                evidence = 2.0 * (is_given(document.words[start])) + titled + (surname in alone)
                found[surname] = _Person(start, last, evidence)
        return found

    def _mention(self, first: int, last: int) -> Mention | None:
        """What the place of a name tells; None for a word that only opens a sentence or cannot speak."""
        document = self._document
        lower = document.lower
        start = person_part(document, first, last)
        end = last - 1 if document.words[last - 1] == "." else last
        word = _bare(document.words[end - 1])
        if word.lower() in MUTE or len(word) == 1:
            return None
        known = self._persons.get(word)
        if known is not None and last - start > 1 and not is_person(document, start, last):
            known = None
        before = lower[first - 1] if first else ""
        lead = first - 2 if before in DETERMINERS else first - 1
        begins = lead < 0 or ends_sentence(document, lead)
        if known is None and last - first == 1 and begins and (word.lower() in self._plain or word.lower() in COMMON or word.endswith(("ly", "ing"))):
            return None
        if known is None and last + 1 < len(lower) and lower[last] in ORGANIZATIONS and is_named(document, last + 1):
            return None  # "Payday lender Acme"
        opens = begins or document.words[lead] == ","
        at = bisect_right(self._starts, first) - 1
        return Mention(
            start if known else first,
            last,
            self._places[at] + first - self._starts[at],
            word if known else " ".join(map(_bare, document.words[first:last])),
            known.evidence if known else 0.0,
            known is not None and lower[known.first] in WOMEN,
            _says(document, first, last, opens),
            opens,
            (lead >= 0 and (lower[lead] in LISTENING or lower[lead] in BINDING)) + 2 * (document.words[end - 1] != word),
        )

    def _place(self, index: int) -> int:
        """How many tokens of the narrative stand before a token."""
        at = bisect_right(self._starts, index) - 1
        return self._places[at] + index - self._starts[at]

    def _near(self, before: int, reach: int = REACH) -> list[Mention]:
        """Names before the token, the nearest last."""
        floor = self._place(before) - reach
        high = low = bisect_left(self._firsts, before)
        while low > 0 and self._mentions[low - 1].place >= floor:
            low -= 1
        return self._mentions[low:high]

    def _best(self, candidates: list[Mention], before: int, pronoun: str) -> Source | None:
        """The candidate with the most evidence; of equals the nearest."""
        document = self._document
        here = self._place(before)
        best: Mention | None = None
        most = 0.0
        for m in candidates:
            weight = SAYS * m.says + OPENS * m.opens - LISTENS * m.listens + TITLE * (m.key in document.title) - (here - m.place) / (FAR if pronoun not in ("it", "") else FAR_ORGANIZATION)
            if pronoun == "it":
                weight += OFTEN * min(5, self._counts[m.key]) - PERSON * m.person
            elif pronoun:
                weight += PERSON * (m.person or -2)
                if m.person >= 2 and pronoun == ("he" if m.woman else "she"):
                    weight -= GENDER
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



class _Person(NamedTuple):
    """A full name and the evidence that it is a person's."""

    first: int
    last: int
    evidence: float


def _says(document: Document, first: int, last: int, opens: bool) -> bool:
    """Whether the name is the subject of a verb of saying: "Roe said", "Roe, of Acme, said", "said Roe"."""
    lower, words = document.lower, document.words
    count = len(lower)
    index = last
    if index < count and words[index] == ",":
        for comma in range(index + 1, min(count - 1, index + 25)):
            if words[comma] == "," and lower[comma + 1] in VERBS:
                return True
            if words[comma] == ".":
                break
    while index < count and lower[index] in ("also", "has", "have", "had", "later", "then", "further", "even"):
        index += 1
    if index < count and document.words[index][0].islower() and lower[index] in VERBS and lower[index] not in ("reports", "reported"):
        return True
    if opens:  # "Roe teaches law and says"
        for index in range(last, min(count - 1, last + 25)):
            if words[index] == ".":
                break
            if lower[index] in ("and", "but") and lower[index + 1] in VERBS:
                return True
    return first > 1 and (lower[first - 1] in VERBS and not words[first - 2][0].isalnum() or lower[first - 1] == "to" and lower[first - 2] == "according")


def _bare(word: str) -> str:
    return word[:-2] if word[-2:] in ("'s", "’s") else word


