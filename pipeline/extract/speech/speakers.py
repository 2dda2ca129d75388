"""Which phrase of a clause speaks: the subject before or behind a verb of saying.

Which clause belongs to which quotation, and what the phrase names, is decided elsewhere.
"""

from __future__ import annotations

from pipeline.extract.speech.sources import OPENERS, RELATIVES, Kind, Source, heads, person_at, source, titled_person
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    ADVERBS,
    BINDING,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    PARTS,
    PRONOUNS,
    ROLES,
    SPEAKING_NOUNS,
    STOPS,
    TITLES,
    is_named,
    is_nominal,
    is_person,
    is_pronoun,
    is_verb,
    name_runs,
)

LINKS = frozenset({"and", "but", "as", "that"})  # a subject may follow: "... and Jane Roe, the director, said"
LONGEST_TITLE = 16  # tokens, with the name behind it
PARTICIPLES = ("ed", "en", "ing", "sent", "familiar", "close")
BREAKS = frozenset({",", ")", "(", "–", "—", "-"})


def subject_before(document: Document, verb: int, low: int) -> Source | None:
    """The subject that ends before the verb at token `verb`, within the tokens from `low` on."""
    words, lower = document.words, document.lower
    last = verb - 1
    while last >= low and words[last].islower() and (lower[last] in ADVERBS or lower[last].endswith("ly")):
        last -= 1
    if last > low and lower[last] in RELATIVES:  # "a reply from Acme, which said", "a note that read"
        last -= 2 if words[last - 1] == "," else 1
    if last < low:
        return None
    if words[last] in BREAKS:
        return _head_of_apposition(document, low, last)
    if not is_nominal(document, last) and lower[last] not in PRONOUNS:  # "Acme apologised and [said]"
        earlier = next((k for k in range(last - 1, low, -1) if is_verb(document, k)), None)
        return subject_from(document, low, last) if earlier is None else subject_before(document, earlier, low)
    who = next((k for k in range(last - 1, max(low, last - 12), -1) if lower[k] == "who"), None)
    if who is not None and is_nominal(document, who - 1):  # "the researcher [who] found the flaw said"
        last = who - 1
    first = _phrase_start(document, last, low)
    if first - 2 > low and lower[first - 1] in BINDING:
        first, last = _head_of_participle(document, first, last, low)
    if words[first - 1] == "," and first - 2 >= low and any(lower[k] in TITLES for k in range(first, last + 1)):
        for start, end in name_runs(document, max(low, first - 6), first - 1):  # "Jane Roe, head of Acme Labs said"
            if end == first - 1 and is_person(document, start, end):
                return source(document, start, end, last + 1)
    return source(document, first, last + 1, last + 1)


def subject_from(document: Document, first: int, high: int) -> Source | None:
    """The phrase that begins at token `first`, within the tokens before `high`; what follows tells its affiliation."""
    lower = document.lower
    while first < high and (lower[first] in ADVERBS or lower[first] in OPENERS):
        first += 1
    if first >= high:
        return None
    if is_pronoun(document, first):
        return source(document, first, first + 1, first + 1)
    last = first
    while last < high and (lower[last] in DETERMINERS or is_nominal(document, last) or _binds_on(document, last)):
        last += 1
    if last == first:
        return None
    last = _to_person(document, first, last, high)
    if last < high and lower[last] == "of" and lower[last - 1] in PARTS:  # "one of [the hackers]"
        return subject_from(document, last + 1, high)
    found = source(document, first, last, high)
    if found and found.kind is not Kind.PERSON:  # "the firm's director of research, [Jane Roe], said"
        comma = next((k for k in range(last, min(high, last + 12)) if document.words[k] == ","), None)
        if comma is not None and any(lower[k] in TITLES for k in range(first, comma)):
            return person_at(document, comma + 1, high, found) or found
    return found


def _to_person(document: Document, first: int, last: int, high: int) -> int:
    """The end of a phrase that goes on through prepositions to its bearer: "Head of Data for Acme [Jane Roe] said"."""
    lower, end = document.lower, last
    while end < min(high, first + LONGEST_TITLE):
        if not (lower[end] in BINDING or lower[end] in DETERMINERS or is_nominal(document, end) or lower[end] in "()"):
            break
        end += 1
    return end if end > last and titled_person(document, first, end) else last


def _binds_on(document: Document, index: int) -> bool:
    """Whether a phrase goes on through the token: "a Ministry [of] Roe spokesman", "a [Thursday] post"."""
    if not 0 < index < len(document.lower) - 1:
        return False
    if document.lower[index] in DAYS:
        return document.lower[index + 1] in DOCUMENTS
    named = is_named(document, index - 1) and is_named(document, index + 1)
    return named and document.lower[index] == "of" and document.lower[index - 1] not in ROLES


def _head_of_participle(document: Document, first: int, last: int, low: int) -> tuple[int, int]:
    """The first and last token of the phrase that a participle hangs on: "[A person] briefed on the matter said"."""
    for index in range(first - 2, low, -1):
        if not document.words[index].islower():
            break
        if document.lower[index].endswith(PARTICIPLES) and document.lower[index - 1] in SPEAKING_NOUNS:
            return _phrase_start(document, index - 1, low), index - 1
    return first, last


def _head_of_apposition(document: Document, low: int, end: int) -> Source | None:
    """The head before commas that close at `end`: "In a post, [Jane Roe], the director of Acme, said"."""
    for comma in range(low + 1, end):
        if document.words[comma] in BREAKS and is_nominal(document, comma - 1):
            first = _phrase_start(document, comma - 1, low)
            before = document.lower[first - 1] if first > low else ""
            if before in STOPS and before not in LINKS:
                continue
            found = source(document, first, comma, end)
            if found and found.kind is Kind.ROLE:  # "Acme's attorney, [Jane Roe], said"
                return person_at(document, comma + 1, end, found) or found
            if found and found.kind not in (Kind.OTHER, Kind.DOCUMENT):
                return found
    return subject_from(document, low, end)


def _phrase_start(document: Document, index: int, low: int) -> int:
    """The first token of the noun phrase that ends with token `index`."""
    lower = document.lower
    while index - 1 >= low and lower[index] not in PRONOUNS:
        binds = index - 2 >= low and lower[index - 1] in BINDING and heads(document, index - 2)
        if binds:
            index -= 2
        elif lower[index] not in DETERMINERS and (lower[index - 1] in DETERMINERS or is_nominal(document, index - 1)):
            index -= 1
        else:
            break
    return index
