"""What a phrase names as the source of words: a person, a role, an organisation, a document, and whom it speaks for.

A source is spans of the text: "Jane Roe, a spokeswoman for Acme" gives Jane Roe and Acme. Which phrase of a clause
speaks, and whom "she" or "the company" means, is decided elsewhere.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.wording import (
    BINDING,
    DETERMINERS,
    DOCUMENTS,
    INSTITUTIONS,
    MUTE,
    ORGANIZATIONS,
    PARTS,
    ROLES,
    SPEAKING_NOUNS,
    TITLES,
    ends_sentence,
    is_given,
    is_named,
    is_person,
    is_possessive,
    is_pronoun,
    name_runs,
    without_possessive,
)

REACH = 40  # tokens of a clause that are looked at
OPENERS = frozenset({"and", "but", "however", ",", "meanwhile"})
RELATIVES = frozenset({"who", "which", "that"})
APPOSITION = BINDING | RELATIVES | {",", "(", "–", "—", "-"}  # what may follow a head and tell its affiliation
OPENING_WORDS = frozenset(words("openers")) | {"more", "most", "there's", "there’s", "worse"}
AT = BINDING - {"of", "in", "on"}  # "director of research [at] Acme"


class Kind(Enum):
    """What sort of words name a source."""

    PERSON = auto()  # "Jane Roe"
    NAME = auto()  # "Acme", "Roe": a name that need not be a person's
    ROLE = auto()  # "an Acme spokesman"
    ORGANIZATION = auto()  # "the company"
    DOCUMENT = auto()  # "the letter"
    PRONOUN = auto()  # "she"
    OTHER = auto()


class Source(NamedTuple):
    """The words that name who speaks, their tokens [first, last), and the organisation spoken for."""

    speaker: Span
    affiliation: Span | None
    kind: Kind
    first: int
    last: int


def source(document: Document, first: int, last: int, high: int) -> Source | None:
    """What the phrase of the tokens [first, last) names; the tokens up to `high` may tell its affiliation."""
    lower = document.lower
    while first < last - 1 and (lower[first] in DETERMINERS or lower[first] in OPENERS):
        first += 1
    if first >= last:
        return None
    if is_pronoun(document, first):
        return Source(_span(document, first, first + 1), None, Kind.PRONOUN, first, first + 1)
    if document.words[last - 1].isdigit() and last - first == 1:
        return None
    names = list(name_runs(document, first, last))
    named = {k for start, end in names for k in range(start, end)}
    if bearer := titled_person(document, first, last):
        before = [n for n in names if n[1] <= bearer[0] and document.words[n[0] - 1] != "("]
        owner = next((n for n in before if _owner(document, n)), None)
        return Source(_span(document, *bearer), _owner(document, owner), Kind.PERSON, *bearer)
    bound = next((k for k in range(first + 1, last) if lower[k] in BINDING and k not in named), None)
    if bound is not None:
        return _bound(document, first, bound, last, names)
    if names and names[-1][1] == last:
        return _named(document, names, high)
    return _described(document, first, last, names, high)


def titled_person(document: Document, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of the person who bears the title of a phrase that ends with the name: "Head of Data [Jane Roe]"."""
    lower = document.lower
    bound = next((k for k in range(first + 1, last) if lower[k] in BINDING), last)
    if last - bound < 3:
        return None
    for start in range(max(bound + 2, last - 3), last - 1):
        apart = lower[start - 1] in TITLES or document.words[start - 1] == ")"
        if (apart or is_given(document.words[start])) and is_person(document, start, last):
            titled = any(lower[k] in TITLES for k in range(first, start))
            return (start, last) if titled else None
    return None


def person_at(document: Document, first: int, high: int, role: Source) -> Source | None:
    """The person named at token `first`, as the bearer of the role before it."""
    for start, end in name_runs(document, first, min(first + 5, high)):
        if start == first and is_person(document, start, end):
            return Source(_span(document, start, end), role.affiliation, Kind.PERSON, start, end)
    return None


def _bound(document: Document, first: int, bound: int, last: int, names: list[tuple[int, int]]) -> Source | None:
    """A phrase with a preposition: "researchers [at] Acme", "a group [of] researchers"."""
    if document.lower[bound] == "of" and document.lower[bound - 1] in PARTS:
        return source(document, bound + 1, last, last)
    head = source(document, first, bound, bound)
    after = next((n for n in names if n[0] > bound), None)
    if head is None or head.affiliation or after is None:
        return head
    return head._replace(affiliation=_owner(document, after))


def _named(document: Document, names: list[tuple[int, int]], high: int) -> Source:
    """A phrase that ends in a name: "Acme Director Jane Roe", "Acme's Jane Roe", "attorney Roe"."""
    lower = document.lower
    first, last = names[-1]
    owner = names[-2] if len(names) > 1 else None
    titles = [k for k in range(first, last) if lower[k] in TITLES]
    if titles and titles[-1] == last - 1:  # "Acme CEO", "Metro Police"
        owner = (first, titles[0]) if titles[0] > first else owner or _affiliation(document, last, high)
        kind = Kind.NAME if lower[last - 1] in INSTITUTIONS else Kind.ROLE
        return Source(_span(document, first, last), _owner(document, owner), kind, first, last)
    if last - first == 1 and _opens_only(document, first):
        return Source(_span(document, first, last), None, Kind.OTHER, first, last)
    person = bool(titles) and not any(lower[k] in INSTITUTIONS for k in range(titles[-1] + 1, last))
    if person:
        if titles[0] > first:
            owner = (first, titles[0])
        first = titles[-1] + 1
        while first < last - 1 and document.words[first] == ".":
            first += 1
    else:
        person = is_person(document, first, last)
    if last - first == 1 and len(document.words[first]) == 1:
        return Source(_span(document, first, last), None, Kind.OTHER, first, last)
    owner = owner or _acronym(document, last) or _affiliation(document, last, high)
    return Source(
        _span(document, first, last),
        _owner(document, owner),
        Kind.PERSON if person else Kind.NAME,
        first,
        last,
    )


def _opens_only(document: Document, index: int) -> bool:
    """Whether the token is a common word that opens a sentence: "[Worse], ...", "[Making] matters worse"."""
    low = document.lower[index]
    if index and not ends_sentence(document, index - 1):
        return False
    return low.endswith(("ly", "ing")) or low in OPENING_WORDS


def _described(document: Document, first: int, last: int, names: list[tuple[int, int]], high: int) -> Source:
    """A phrase that ends in a common noun: "Acme spokesman", "the company", "a statement on Acme's website"."""
    kind = _kind(document.lower[last - 1])
    if kind is Kind.OTHER:  # "Acme declined", "an anonymous poster posted", where the verb is unknown
        end = next((k + 1 for k in range(last - 2, first - 1, -1) if heads(document, k)), None)
        if end is not None:
            inner = [n for n in names if n[1] <= end]
            if inner and inner[-1][1] == end:
                return _named(document, inner, high)
            return _described(document, first, end, inner, high)
    owner = names[-1] if names else _affiliation(document, last, high)
    return Source(_span(document, first, last), _owner(document, owner), kind, first, last)


def _kind(noun: str) -> Kind:
    """What a common noun says of a source."""
    if noun in ROLES:
        return Kind.ROLE
    if noun in DOCUMENTS:
        return Kind.DOCUMENT
    return Kind.ORGANIZATION if noun in ORGANIZATIONS else Kind.OTHER


def _acronym(document: Document, index: int) -> tuple[int, int] | None:
    """The short form in brackets behind a name: "Acme Data Services (ADS)"."""
    match document.words[index : index + 3]:
        case ("(", word, ")") if word.isupper():
            return index + 1, index + 2
    return None


def _affiliation(document: Document, first: int, high: int) -> tuple[int, int] | None:
    """The organisation that an apposition names: ", a director at Acme", ", Acme's president", ", an Acme analyst"."""
    lower = document.lower
    if first >= high or not (lower[first] in APPOSITION or lower[first - 1] in DOCUMENTS):
        return None
    high = next(
        (k for k in range(first, min(high, first + REACH)) if ends_sentence(document, k)), min(high, first + REACH)
    )
    found: dict[str, tuple[int, int]] = {}  # the first name of each kind: "at", "of", "owner"
    for start, end in name_runs(document, first, high):
        before = lower[start - 1]
        if before in DETERMINERS and start - 2 >= first:
            before = lower[start - 2]
        follows = lower[end] if end < high else ""
        if _owner(document, (start, end)) is None:
            continue
        if before in AT or (before == "on" and lower[first - 1] in DOCUMENTS):
            found.setdefault("at", (start, end))
        elif before == "of":
            found.setdefault("of", (start, end))
        elif is_possessive(document, end - 1) or follows in ROLES or follows in ORGANIZATIONS:
            found.setdefault("owner", (start, end))
    return found.get("at") or found.get("of") or found.get("owner")


def heads(document: Document, index: int) -> bool:
    """Whether a phrase with a preposition may hang on the token: "researchers [at ...]"."""
    return document.lower[index] in SPEAKING_NOUNS or is_named(document, index)


def _owner(document: Document, name: tuple[int, int] | None) -> Span | None:
    """The span of an affiliation; None for a title, a place or a bare common noun, which are none."""
    if name is None:
        return None
    first, last = name
    words = [w for w in document.lower[first:last] if w != "."]
    if words[-1] in MUTE or all(w in TITLES or w in INSTITUTIONS for w in words):
        return None
    return _span(document, first, last)


def _span(document: Document, first: int, last: int) -> Span:
    """The span of the tokens, without a possessive at their end."""
    word = document.words[last - 1]
    cut = len(word) - len(without_possessive(word))
    return Span(document.tokens[first].start, document.tokens[last - 1].end - cut)
