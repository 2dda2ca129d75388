"""Statements: words that somebody said or wrote, and who; every quotation of four words or more.

Each quotation looks for its source in the clause behind it, the clause before it, the sentence before, and at last
in the statement before. Pairing marks (`quotations.py`) and reading clauses (`speakers.py`) do not belong here.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract import quotations
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.quotations import Quotation
from pipeline.extract.speakers import (
    ABBREVIATIONS,
    ADVERBS,
    PERSONAL,
    REACH,
    STOPS,
    Kind,
    Source,
    is_person,
    is_verb,
    name_runs,
    subject_before,
    subject_from,
)

LEAST_WORDS = 4


class Statement(NamedTuple):
    """Words somebody said or wrote (without marks), who, and for whom: spans of the text.

    `speaker` is the fullest mention of whoever speaks, None where the text does not say.
    """

    span: Span
    speaker: Span | None
    affiliation: Span | None
    is_direct: bool
    rule: str


class Place(NamedTuple):
    """A quotation among the tokens: first and last token of its surroundings."""

    quotation: Quotation
    start: int  # first token of the quotation
    end: int  # first token behind it
    low: int  # first token of its sentence before it
    high: int  # end of the clause behind it


class Found(NamedTuple):
    """A source and the rule that found it."""

    source: Source | None
    rule: str


def find(document: Document) -> tuple[Statement, ...]:
    """Statements in the order of the text."""
    found = quotations.find(document)
    if not found:
        return ()
    places = _places(document, found)
    statements: list[Statement] = []
    previous: Found = Found(None, "none")
    for index, place in enumerate(places):
        before = places[index - 1] if index else None
        here = _attribute(document, place, before, previous)
        here = Found(_resolve(document, here.source, place, previous), here.rule)
        if len(document.text[place.quotation.span.start : place.quotation.span.end].split()) >= LEAST_WORDS:
            source = here.source
            statements.append(
                Statement(place.quotation.span, source.speaker if source else None, source.affiliation if source else None, True, here.rule)
            )
        if here.source:
            previous = here
    return tuple(statements)


def _places(document: Document, found: list[Quotation]) -> list[Place]:
    """Where each quotation stands among the tokens."""
    places: list[Place] = []
    ends = [document.tokens_within(q.outer.start, q.outer.end) for q in found]
    count = len(document.tokens)
    for index, q in enumerate(found):
        floor = ends[index - 1].stop if index else 0
        ceiling = ends[index + 1].start if index + 1 < len(found) else count
        start, end = ends[index].start, ends[index].stop
        low = start
        while low > floor and low > start - REACH and not _is_boundary(document, low - 1):
            low -= 1
        high = end
        while high < ceiling and high < end + REACH and not _is_boundary(document, high):
            high += 1
        places.append(Place(q, start, end, low, high))
    return places


def _is_boundary(document: Document, index: int) -> bool:
    """Whether the sentence ends with the token."""
    word = document.words[index]
    if word not in ".!?…":
        return False
    if index + 1 == len(document.words):
        return True
    following = document.words[index + 1]
    if document.tokens[index + 1].start == document.tokens[index].end:
        return following in "”\"’)'"
    if following[0].islower():
        return False
    if word != "." or index == 0:
        return True
    before = document.words[index - 1]
    return not (len(before) == 1 and before.isupper() or before.lower() in ABBREVIATIONS and before.lower() not in ("inc", "corp", "ltd", "co", "no"))


def _attribute(document: Document, place: Place, before: Place | None, previous: Found) -> Found:
    """Who speaks the quotation, not yet resolved."""
    if source := _behind(document, place):
        return Found(source, "behind")
    if place.low < place.start:
        found = _ahead(document, place)
        if found.source:
            return found
    if before and previous.source and place.start - before.high <= 1:
        return Found(previous.source, "continued")
    if place.low == place.start and (source := _sentence_before(document, place, before)):
        return Found(source, "sentence before")
    if previous.source:
        return Found(previous.source, "previous")
    return Found(None, "none")


def _behind(document: Document, place: Place) -> Source | None:
    """The source in the clause behind: “...,” [she] said; “...,” said [Jane Roe]; “...,” according to [Acme]."""
    text, words, lower = document.text, document.words, document.lower
    last = text[place.quotation.span.end - 1 : place.quotation.span.end]
    first, high = place.end, place.high
    comma = last == ","
    if first < high and words[first] == ",":
        comma, first = True, first + 1
    if first >= high or not words[first][0].isalnum():
        return None
    if lower[first] == "according" and first + 2 < high:
        return subject_from(document, first + 2, high)
    capital = words[first][0].isupper()
    if not comma and last in ".…" and capital:
        return None
    verb = next((k for k in range(first, high) if is_verb(document, k)), None)
    if verb is None:
        return subject_from(document, first, high) if comma and (capital or lower[first] == "the") else None
    opening = all(lower[k] in ADVERBS for k in range(first, verb))
    if opening:
        if lower[verb].endswith("ing"):
            return None
        return subject_from(document, verb + 1, high)
    if not comma and verb - first > 6 or lower[first] in STOPS and lower[first] not in ("he", "she", "they", "it", "i", "we"):
        return None
    found = subject_from(document, first, verb)
    return found


def _ahead(document: Document, place: Place) -> Found:
    """The source in the clause before: [Jane Roe] of Acme said: “...”; [Acme] said that it was “...”."""
    lower = document.lower
    for index in range(place.start - 1, place.low - 1, -1):
        if is_verb(document, index):
            if lower[index].endswith("ing"):
                continue
            if source := subject_before(document, index, place.low):
                return Found(source, "ahead")
        if lower[index] == "according" and index + 2 < place.start:
            return Found(subject_from(document, index + 2, place.start), "according")
    return Found(_subject(document, place.low, place.start), "clause")


def _subject(document: Document, low: int, high: int) -> Source | None:
    """The subject of a clause without a verb of saying: its first phrase that can speak."""
    source = subject_from(document, low, high)
    if source and source.kind is not Kind.OTHER:
        return source
    for first, last in name_runs(document, low, high):
        return subject_from(document, first, high)
    return None


def _sentence_before(document: Document, place: Place, before: Place | None) -> Source | None:
    """The source in the sentence before: [Jane Roe] disagrees. “...”"""
    floor = max(before.end if before else 0, place.start - REACH)
    high = place.start - 1
    low = high
    while low > floor and not _is_boundary(document, low - 1):
        low -= 1
    if low >= high:
        return None
    for index in range(high, low - 1, -1):
        if is_verb(document, index) and (source := subject_before(document, index, low)):
            return source
    return _subject(document, low, high)


def _resolve(document: Document, source: Source | None, place: Place, previous: Found) -> Source | None:
    """The source by its fullest mention: the name that a pronoun, a surname or "the company" stands for."""
    if source is None:
        return None
    if source.kind is Kind.PRONOUN:
        return _person_before(document, source, previous) if document.lower[source.first] in PERSONAL else previous.source or source
    if source.kind in (Kind.NAME, Kind.PERSON) and source.last - source.first == 1:
        return _full_name(document, source)
    return source


def _person_before(document: Document, source: Source, previous: Found) -> Source:
    """The person last named before the pronoun."""
    low = max(0, source.first - 120)
    if previous.source and previous.source.first > low:
        low = previous.source.first
    persons = [n for n in name_runs(document, low, source.first) if is_person(document, *n)]
    if persons:
        found = subject_from(document, persons[-1][0], len(document.tokens))
        if found:
            return found
    return previous.source or source


def _full_name(document: Document, source: Source) -> Source:
    """The person's full name, where the text gives it: "Roe" -> "Jane Roe"."""
    surname = document.text[source.speaker.start : source.speaker.end]
    at = document.text.find(" " + surname)
    while at >= 0:
        index = document.token_index(at + 1)
        if index and document.words[index] == surname or document.words[index][:-2] == surname:
            for first, last in name_runs(document, max(0, index - 3), index + 1):
                if last == index + 1 and is_person(document, first, last):
                    found = subject_from(document, first, min(len(document.tokens), index + REACH))
                    return found or source
        at = document.text.find(" " + surname, at + 1)
    return source
