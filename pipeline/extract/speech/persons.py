"""Who of the names is a person, and a woman or a man: by first name, title, and what stands behind the name.

Whom a pronoun stands for is weighed in `antecedents.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    SPEAKING_NOUNS,
    TITLES,
    WOMEN,
    is_given,
    is_person,
    person_part,
    without_possessive,
)

MISTER = "mr"
MADAM = frozenset({"ms", "mrs", "miss"})


class Person(NamedTuple):
    """A name, its tokens [first, last), and the evidence that it is a person's, a woman's or a man's."""

    first: int
    last: int
    evidence: float
    woman: bool
    man: bool


def find(document: Document, runs: list[tuple[int, int]]) -> dict[str, Person]:
    """Persons by surname, where first named in full, or else by title and surname alone: "Ms Roe"."""
    parts = [(person_part(document, first, last), first, last) for first, last in runs]
    alone = {without_possessive(document.words[start]) for start, _, last in parts if last - start == 1}
    found: dict[str, Person] = {}
    titled: dict[str, Person] = {}
    for start, first, last in parts:
        surname = without_possessive(document.words[last - 1])
        if last - start == 1 and start > first and surname.lower() not in SPEAKING_NOUNS:
            title = document.lower[first]
            polite = title == MISTER or title in MADAM
            titled.setdefault(surname, Person(start, last, 1.0 + polite, title in MADAM, title == MISTER))
        elif last - start > 1 and surname not in found and is_person(document, start, last):
            given = is_given(document.words[start])
            woman = document.lower[start] in WOMEN or document.lower[first] in MADAM
            has_title = start > first or (start > 0 and document.lower[start - 1] in TITLES)
            evidence = 2.0 * given + has_title + is_apposed(document, last) + (surname in alone)
            found[surname] = Person(start, last, evidence, woman, given and not woman)
    return titled | found


def is_apposed(document: Document, last: int) -> bool:
    """Whether what stands behind a name shows that it is a person's: "Jane Roe, a director", ", who", ", 43,"."""
    if document.words[last : last + 1] != (",",):
        return False
    behind = document.lower[last + 1 : last + 6]
    return behind != () and (behind[0] == "who" or behind[0].isdigit() or not TITLES.isdisjoint(behind))
