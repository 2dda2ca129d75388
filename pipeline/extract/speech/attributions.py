"""Which words around a quotation name its source: the clause behind it, the one before it, the sentence before.

What a phrase names (`sources.py`) and whom a pronoun means (`antecedents.py`) do not belong here.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.speech.quotations import Quotation
from pipeline.extract.speech.sources import REACH, Kind, Source
from pipeline.extract.speech.speakers import subject_before, subject_from
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import (
    ADVERBS,
    BINDING,
    MESSAGES,
    STOP_SIGNS,
    VERBS,
    ends_sentence,
    is_person,
    is_stop,
    is_verb,
    name_runs,
)

SCARE = 6  # tokens, with the marks, up to which marks are hardly speech: a “small number” of clients
QUOTING = frozenset({"quoted", "quotes"})
NAMED = frozenset({"called", "described", "dubbed", "labeled", "labelled"})
BEING = frozenset({"is", "are", "was", "were", "been", "being", "be"})
OPENING_PHRASES = 2  # that may stand before a subject
FINDING = frozenset({"found", "finds", "discovered", "showed", "shows", "show"})  # before "that", they report
DASHES = frozenset({"—", "–", "-"})
CLAUSES = frozenset({"but", "so", "while"})  # behind a comma, they open a clause with its own subject


class Place(NamedTuple):
    """A quotation among the tokens."""

    quotation: Quotation
    start: int  # its first token
    end: int  # the first token behind it
    low: int  # the first token of the clause before it
    high: int  # the end of the clause behind it


class Found(NamedTuple):
    """A source, the rule that found it, and the first token of the quotation it was found for."""

    source: Source | None
    rule: str
    at: int


def attribute(document: Document, place: Place, before: Place | None, previous: Found) -> Found:
    """Who speaks the quotation, as the words around it name the source."""
    if source := _behind(document, place):
        return Found(source, "behind", place.start)
    if place.low < place.start and (source := _ahead(document, place)):
        return Found(source, "ahead", place.start)
    if before and previous.source and _continues(document, place, before, previous):
        return Found(previous.source, "continued", place.start)
    if place.low == place.start and (source := _sentence_before(document, place, before)):
        return Found(source, "sentence before", place.start)
    return Found(None, "none", place.start)


def places(document: Document, found: list[Quotation]) -> list[Place]:
    """Where each quotation stands among the tokens; a clause reads on through marks around a few words."""
    words = document.words
    inside = [document.tokens_within(q.outer.start, q.outer.end) for q in found]
    lows: list[int] = []
    floor = 0
    for tokens in inside:
        low = tokens.start
        least = max(floor, low - REACH)
        while low > least and not (words[low - 1] in STOP_SIGNS and ends_sentence(document, low - 1)):
            low -= 1
        lows.append(low)
        if len(tokens) > SCARE:
            floor = tokens.stop
    placed: list[Place] = []
    ceiling = len(document.tokens)
    for index in range(len(found) - 1, -1, -1):
        tokens = inside[index]
        high = tokens.stop
        most = min(ceiling, high + REACH)
        while high < most and not (words[high] in STOP_SIGNS and ends_sentence(document, high)):
            high += 1
        placed.append(Place(found[index], tokens.start, tokens.stop, lows[index], high))
        if len(tokens) > SCARE:
            ceiling = tokens.start
    return placed[::-1]


def _behind(document: Document, place: Place) -> Source | None:
    """The source in the clause behind: “...,” [she] said; “...,” said [Jane Roe]; “...,” according to [Acme]."""
    words, lower = document.words, document.lower
    last = document.text[place.quotation.span.end - 1 : place.quotation.span.end]
    first, high = place.end, place.high
    comma = last == ","
    if first < high and words[first] == ",":
        comma, first = True, first + 1
    if first + 1 < high and words[first] in DASHES and (source := subject_from(document, first + 1, high)):
        tweeted = words[source.last : source.last + 2] == ("(", "@")  # “...” — [Jane Roe] (@roe)
        return source if tweeted or source.kind is Kind.PERSON else None
    if first >= high or not words[first][0].isalnum():
        return None
    capital = words[first][0].isupper()
    if capital and not comma and (last in (".", "…") or place.low < place.start):
        return None  # a new sentence
    if lower[first] == "according" and first + 2 < high:
        return subject_from(document, first + 2, high)
    verb = next((k for k in range(first, high) if lower[k] in VERBS and is_verb(document, k)), None)
    if verb is None and comma and lower[high - 1] in VERBS:  # “...,” the banner [read].
        verb = high - 1
    if verb is None:
        named = comma and (capital or lower[first] == "the") and place.low == place.start  # “...,” [Jane Roe]
        return subject_from(document, first, high) if named else None
    if all(lower[k] in ADVERBS for k in range(first, verb)):
        return None if lower[verb].endswith("ing") else subject_from(document, verb + 1, high)
    if is_stop(document, first) or (
        not comma and last not in "!?" and verb - first > 6 and not _opens_with_person(document, first)
    ):
        clause = next(
            (k + 1 for k in range(verb - 1, first, -1) if words[k] == ","),
            first if comma and lower[first] in BINDING else verb,
        )
        source = subject_before(document, verb, clause)  # “...” though it had tried, [Jane Roe] said
        return source if source and source.kind in (Kind.PERSON, Kind.NAME, Kind.PRONOUN) else None
    source = subject_from(document, first, verb)
    whole = place.low == place.start and (comma or last in "!?")
    return source if source and (whole or source.kind is not Kind.OTHER) else None


def _opens_with_person(document: Document, first: int) -> bool:
    """Whether a person's name begins at the token."""
    names = name_runs(document, first, min(first + 4, len(document.tokens)))
    return any(start == first and is_person(document, start, end) for start, end in names)


def _ahead(document: Document, place: Place) -> Source | None:
    """The source in the clause before: [Jane Roe] of Acme said: “...”; [Acme] said that it was “...”."""
    lower = document.lower
    weak: Source | None = None
    for index in range(place.start - 1, place.low - 1, -1):
        if lower[index] == "according" and index + 2 < place.start:
            return weak or subject_from(document, index + 2, place.start)
        reports = lower[index] in FINDING and lower[index + 1] == "that"
        if not reports and (lower[index] not in VERBS or not is_verb(document, index)):
            continue
        if lower[index].endswith("ing"):
            source = subject_before(document, index, place.low)
            if source and source.affiliation and source.kind is Kind.DOCUMENT and place.start - index < 4:
                return source  # "in a statement from [Acme] saying “...”"
            continue
        if lower[index] in QUOTING and lower[index - 1] not in BEING:  # "Papers quoted [Jane Roe] as saying"
            return subject_from(document, index + 1, place.start) or weak
        if lower[index] in NAMED and lower[index - 1] in BEING:  # "The flaw is described as “...”" by nobody
            return None
        if lower[index - 1] == "as" and lower[index + 1] in ("in", "by"):  # "As stated in [the notice]"
            source = subject_from(document, index + 2, place.start)
        else:
            source = subject_before(document, index, place.low)
        if source and (place.start - index < 4 or source.kind in (Kind.PERSON, Kind.NAME, Kind.PRONOUN)):
            return source
        weak = weak or source
    return weak or _letter(document, place) or _subject(document, place.low, place.start)


def _letter(document: Document, place: Place) -> Source | None:
    """The message that the words right before give: "with the subject [line] “...”", "this [notice] instead: “...”"."""
    for index in range(place.start - 1, max(place.low, place.start - 6), -1):
        if document.lower[index] in VERBS:
            break
        if document.lower[index] in MESSAGES:
            return subject_from(document, index, index + 1)
    return None


def _subject(document: Document, low: int, high: int) -> Source | None:
    """The subject of a clause without a verb of saying, where it can speak."""
    lower = document.lower
    for index in range(high - 2, low + 1, -1):
        if lower[index] in CLAUSES and lower[index - 1] == ",":  # "Acme asked, but [Jane Roe] kept her “...”"
            source = subject_from(document, index + 1, high)
            if source and source.kind is not Kind.OTHER:
                return source
    for _ in range(OPENING_PHRASES):
        if is_stop(document, low):  # "On Monday, at noon, [Acme] has ..."
            low = next((k + 1 for k in range(low, min(high - 1, low + 12)) if lower[k] == ","), low)
    source = subject_from(document, low, high)
    return source if source and source.kind is not Kind.OTHER else None


def _continues(document: Document, place: Place, before: Place, previous: Found) -> bool:
    """Whether only the end of its sentence stands between the quotation before and this one: “...,” she said. “...”"""
    if place.start - before.high > 1:
        return False
    if place.start - before.end <= 1 or (previous.rule == "behind" and previous.at == before.start):
        return True
    last = document.text[before.quotation.span.end - 1 : before.quotation.span.end]
    return last not in (".", "!", "?") or document.words[before.end][0].islower()


def _sentence_before(document: Document, place: Place, before: Place | None) -> Source | None:
    """The source in the sentence before: [Jane Roe] disagrees. “...”"""
    floor = max(before.end if before else 0, place.start - REACH)
    high = low = place.start - 1
    while low > floor and not ends_sentence(document, low - 1):
        low -= 1
    if low >= high or low < floor:
        return None
    for index in range(high, low - 1, -1):
        told = is_verb(document, index) and not document.lower[index].endswith("ing")
        if told and (source := subject_before(document, index, low)):
            return source
    return _subject(document, low, high)
