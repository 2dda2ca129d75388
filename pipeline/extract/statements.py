"""Statements: words that somebody said or wrote, and who; every quotation of four words or more.

Each quotation looks for its source in the clause behind it, the clause before it, the sentence before, and at last
in the statement before. Pairing marks (`quotations.py`) and reading clauses (`speakers.py`) do not belong here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract import quotations
from pipeline.extract.antecedents import Antecedents
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.quotations import Quotation
from pipeline.extract.speakers import (
    ADVERBS,
    MUTE,
    PERSONAL,
    PRONOUNS,
    REACH,
    STOPS,
    Kind,
    Source,
    ends_sentence,
    is_person,
    is_verb,
    name_runs,
    subject_before,
    subject_from,
)

LEAST_WORDS = 4
SCARE = 6  # tokens, with the marks, up to which marks are hardly speech: a “small number” of clients
FILE = re.compile(r"\.(?:exe|pdf|docx?|xlsx?|zip|html?|js|apk|dll|txt|csv)$")


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
    at: int = -1  # first token of the quotation


def find(document: Document) -> tuple[Statement, ...]:
    """Statements in the order of the text."""
    found = quotations.find(document)
    if not found:
        return ()
    places = _places(document, found)
    antecedents = Antecedents(document, _narrative(document, places))
    statements: list[Statement] = []
    previous: Found = Found(None, "none")
    for index, place in enumerate(places):
        before = places[index - 1] if index else None
        here = _attribute(document, place, before, previous)
        if here.source is None:
            here = Found(antecedents.anyone(place.start), "anyone") if place.start else here
        here = Found(_resolve(document, antecedents, here.source, previous.source), here.rule, place.start)
        if _is_speech(document, place, here):
            source = here.source
            statements.append(
                Statement(place.quotation.span, source.speaker if source else None, source.affiliation if source else None, True, here.rule)
            )
        if here.source:
            previous = here
    return tuple(statements)


def _is_speech(document: Document, place: Place, found: Found) -> bool:
    """Whether the words within the marks are long enough for speech, and no title: “The Return of the King”, “report.pdf”."""
    words = document.text[place.quotation.span.start : place.quotation.span.end].split()
    if len(words) < LEAST_WORDS:
        return False
    if FILE.search(words[-1]):
        return False
    titled = all(not w[0].islower() or len(w) < 5 for w in words) and sum(w[0].islower() for w in words) < len(words) / 2
    introduced = place.start > 0 and document.words[place.start - 1] in (":", ",")
    return not titled or introduced or found.rule == "behind"


def _places(document: Document, found: list[Quotation]) -> list[Place]:
    """Where each quotation stands among the tokens; a clause reads on through marks around a few words."""
    inside = [document.tokens_within(q.outer.start, q.outer.end) for q in found]
    long = [len(tokens) > SCARE for tokens in inside]
    lows: list[int] = []
    floor = 0
    for tokens, speaks in zip(inside, long, strict=True):
        low = tokens.start
        while low > floor and low > tokens.start - REACH and not ends_sentence(document, low - 1):
            low -= 1
        lows.append(low)
        if speaks:
            floor = tokens.stop
    places: list[Place] = []
    ceiling = len(document.tokens)
    for index in range(len(found) - 1, -1, -1):
        high = end = inside[index].stop
        while high < ceiling and high < end + REACH and not ends_sentence(document, high):
            high += 1
        places.append(Place(found[index], inside[index].start, end, lows[index], high))
        if long[index]:
            ceiling = inside[index].start
    return places[::-1]


def _narrative(document: Document, places: list[Place]) -> Iterator[tuple[int, int]]:
    """The token ranges outside the quotations that are long enough to be speech."""
    at = 0
    for place in places:
        if place.end - place.start > SCARE:
            yield at, place.start
            at = place.end
    yield at, len(document.tokens)


def _attribute(document: Document, place: Place, before: Place | None, previous: Found) -> Found:
    """Who speaks the quotation, not yet resolved."""
    if source := _behind(document, place):
        return Found(source, "behind")
    if place.low < place.start:
        found = _ahead(document, place)
        if found.source:
            return found
    if before and previous.source and _continues(document, place, before, previous):
        return Found(previous.source, "continued")
    if place.low == place.start and (source := _sentence_before(document, place, before)):
        return Found(source, "sentence before")
    return Found(None, "none")


def _continues(document: Document, place: Place, before: Place, previous: Found) -> bool:
    """Whether only the end of its sentence stands between the quotation before and this one: “...,” she said. “...”"""
    if place.start - before.high > 1:
        return False
    if place.start - before.end <= 1 or previous.rule == "behind" and previous.at == before.start:
        return True
    last = document.text[before.quotation.span.end - 1 : before.quotation.span.end]
    return last not in (".", "!", "?") or document.words[before.end][0].islower()


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
    capital = words[first][0].isupper()
    if not comma and capital and (last in ".…" or place.low < place.start):
        return None
    if lower[first] == "according" and first + 2 < high:
        return subject_from(document, first + 2, high)
    verb = next((k for k in range(first, high) if is_verb(document, k)), None)
    if verb is None:
        return subject_from(document, first, high) if comma and (capital or lower[first] == "the") else None
    opening = all(lower[k] in ADVERBS for k in range(first, verb))
    if opening:
        if lower[verb].endswith("ing"):
            return None
        return subject_from(document, verb + 1, high)
    if not comma and verb - first > 6 and not any(n == first and is_person(document, n, m) for n, m in name_runs(document, first, first + 4)) or lower[first] in STOPS and lower[first] not in ("he", "she", "they", "it", "i", "we"):
        return None
    found = subject_from(document, first, verb)
    return found


def _ahead(document: Document, place: Place) -> Found:
    """The source in the clause before: [Jane Roe] of Acme said: “...”; [Acme] said that it was “...”."""
    lower = document.lower
    weak: Source | None = None
    for index in range(place.start - 1, place.low - 1, -1):
        if lower[index] == "according" and index + 2 < place.start:
            return Found(subject_from(document, index + 2, place.start), "according")
        if not is_verb(document, index) or lower[index].endswith("ing"):
            continue
        if index > place.low and lower[index - 1] == "as" and lower[index + 1] in ("in", "by"):  # "As stated in [the notice]"
            source = subject_from(document, index + 2, place.start)
        else:
            source = subject_before(document, index, place.low)
        if source and (place.start - index < 4 or source.kind in (Kind.PERSON, Kind.NAME, Kind.PRONOUN)):
            return Found(source, "ahead")
        weak = weak or source
    return Found(weak, "ahead") if weak else Found(_subject(document, place.low, place.start), "clause")


def _subject(document: Document, low: int, high: int) -> Source | None:
    """The subject of a clause without a verb of saying: its first phrase that can speak."""
    if document.lower[low] in STOPS and document.lower[low] not in PRONOUNS:  # "At this point, [Acme] has ..."
        comma = next((k for k in range(low, min(high - 1, low + 12)) if document.words[k] == ","), low - 1)
        low = comma + 1
    source = subject_from(document, low, high)
    if source and source.kind is not Kind.OTHER:
        return source
    return None


def _sentence_before(document: Document, place: Place, before: Place | None) -> Source | None:
    """The source in the sentence before: [Jane Roe] disagrees. “...”"""
    floor = max(before.end if before else 0, place.start - REACH)
    high = place.start - 1
    low = high
    while low > floor and not ends_sentence(document, low - 1):
        low -= 1
    if low >= high:
        return None
    for index in range(high, low - 1, -1):
        if is_verb(document, index) and (source := subject_before(document, index, low)):
            return source
    return _subject(document, low, high)


def _resolve(document: Document, antecedents: Antecedents, source: Source | None, previous: Source | None) -> Source | None:
    """The source by its fullest mention: the name that a pronoun, a surname or "the company" stands for."""
    if source is None or source is previous:
        return source
    word = document.lower[source.last - 1]
    if source.kind is Kind.PRONOUN and word in PERSONAL:
        return antecedents.person(source) or previous or source
    if source.kind is Kind.PRONOUN:
        group = antecedents.group(source.first) if word == "they" else None
        return group or antecedents.organization(source.first) or previous or source
    if source.kind in (Kind.PERSON, Kind.NAME):
        return antecedents.full(source)
    if source.affiliation:
        return source._replace(speaker=source.affiliation) if source.kind is Kind.ORGANIZATION else source
    bearer = antecedents.bearer(word, source.first) if word != "company" else None
    if source.kind is Kind.ORGANIZATION:
        if bearer and bearer.affiliation:
            return bearer._replace(speaker=bearer.affiliation)
        return bearer or antecedents.organization(source.first) or source
    if bearer:
        return antecedents.full(bearer)
    owner = antecedents.organization(source.first)
    return source._replace(affiliation=owner.speaker) if owner else source
