"""Statements: words that somebody said or wrote, and who; every quotation of four words or more.

Each quotation looks for its source in the clause behind it, the clause before it, the sentence before, the quotation
before, and at last among all names. Pairing marks (`quotations.py`) and reading clauses (`speakers.py`) do not
belong here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.speech import quotations
from pipeline.extract.speech.antecedents import Antecedents
from pipeline.extract.speech.quotations import Quotation
from pipeline.extract.speech.sources import REACH, Kind, Source
from pipeline.extract.speech.speakers import subject_before, subject_from
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.names import Name
from pipeline.extract.text.wording import (
    ADVERBS,
    BINDING,
    MESSAGES,
    PERSONAL,
    PRONOUNS,
    STOP_SIGNS,
    STOPS,
    VERBS,
    ends_sentence,
    is_person,
    is_stop,
    is_verb,
    name_runs,
)

LEAST_WORDS = 4
SCARE = 6  # tokens, with the marks, up to which marks are hardly speech: a “small number” of clients
EXPERTS = frozenset({"researcher", "expert", "analyst", "professor", "engineer", "consultant", "scientist"})
SOLE = frozenset({"ceo", "president", "chairman", "director", "mayor", "superintendent", "founder"})
QUOTING = frozenset({"quoted", "quotes"})
NAMED = frozenset({"called", "described", "dubbed", "labeled", "labelled"})
BEING = frozenset({"is", "are", "was", "were", "been", "being", "be"})
OPENING_PHRASES = 2  # that may stand before a subject
DASHES = frozenset({"—", "–", "-"})
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
    """A quotation among the tokens."""

    quotation: Quotation
    start: int  # its first token
    end: int  # the first token behind it
    low: int  # the first token of the clause before it
    high: int  # the end of the clause behind it


def with_whole_names(statements: Sequence[Statement], names: Sequence[Name]) -> tuple[Statement, ...]:
    """The statements with speakers by their whole name: "Immigration and Customs Enforcement", not its second half."""
    starts = [name.span.start for name in names]

    def whole(span: Span | None) -> Span | None:
        at = bisect_right(starts, span.start) - 1 if span is not None else -1
        holds = at >= 0 and span is not None and span.end <= names[at].span.end
        return names[at].span if holds else span

    return tuple(s._replace(speaker=whole(s.speaker), affiliation=whole(s.affiliation)) for s in statements)


class Found(NamedTuple):
    """A source, the rule that found it, and the first token of the quotation it was found for."""

    source: Source | None
    rule: str
    at: int


def find(document: Document) -> tuple[Statement, ...]:
    """Statements in the order of the text."""
    found = quotations.find(document)
    if not found:
        return ()
    places = _places(document, found)
    antecedents = Antecedents(document, _narrative(document, places))
    statements: list[Statement] = []
    previous = Found(None, "none", -1)
    for index, place in enumerate(places):
        found_here = _attribute(document, place, places[index - 1] if index else None, previous)
        source = _resolve(document, antecedents, found_here.source, previous.source)
        rule = found_here.rule
        if source is None and (source := antecedents.anyone(place.start, previous.source)):
            rule = "anyone"
        if _is_speech(document, place, rule):
            speaker, affiliation = (source.speaker, source.affiliation) if source else (None, None)
            statements.append(Statement(place.quotation.span, speaker, affiliation, is_direct=True, rule=rule))
        if source:
            previous = Found(source, rule, place.start)
    return tuple(statements)


def _is_speech(document: Document, place: Place, rule: str) -> bool:
    """Whether the marks hold speech, not a few words, a title (“The Return of the King”) or a file (“a b c d.pdf”)."""
    words = document.text[place.quotation.span.start : place.quotation.span.end].split()
    if len(words) < LEAST_WORDS or FILE.search(words[-1]):
        return False
    small = [word for word in words if word[0].islower()]
    titled = len(small) < len(words) / 2 and all(len(word) < 5 for word in small)
    introduced = place.start > 0 and document.words[place.start - 1] in (":", ",")
    return not titled or introduced or rule == "behind"


def _places(document: Document, found: list[Quotation]) -> list[Place]:
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
    places: list[Place] = []
    ceiling = len(document.tokens)
    for index in range(len(found) - 1, -1, -1):
        tokens = inside[index]
        high = tokens.stop
        most = min(ceiling, high + REACH)
        while high < most and not (words[high] in STOP_SIGNS and ends_sentence(document, high)):
            high += 1
        places.append(Place(found[index], tokens.start, tokens.stop, lows[index], high))
        if len(tokens) > SCARE:
            ceiling = tokens.start
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
    if verb is None:
        named = comma and (capital or lower[first] == "the") and place.low == place.start  # “...,” [Jane Roe]
        return subject_from(document, first, high) if named else None
    if all(lower[k] in ADVERBS for k in range(first, verb)):
        return None if lower[verb].endswith("ing") else subject_from(document, verb + 1, high)
    if is_stop(document, first) or (not comma and last not in "!?" and verb - first > 6 and not _opens_with_person(document, first)):
        clause = next((k + 1 for k in range(verb - 1, first, -1) if words[k] == ","), first if comma and lower[first] in BINDING else verb)
        source = subject_before(document, verb, clause)  # “...” though it had tried, [Jane Roe] said
        return source if source and source.kind in (Kind.PERSON, Kind.NAME, Kind.PRONOUN) else None
    source = subject_from(document, first, verb)
    return source if source and (comma or last in "!?" or source.kind is not Kind.OTHER) else None


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
        if lower[index] not in VERBS or lower[index].endswith("ing") or not is_verb(document, index):
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


def _resolve(
    document: Document, antecedents: Antecedents, source: Source | None, previous: Source | None
) -> Source | None:
    """The source by its fullest mention: the name that a pronoun, a surname or "the company" stands for."""
    if source is None or source is previous:
        return source
    word = document.lower[source.last - 1]
    if source.kind is Kind.PRONOUN:
        if word in PERSONAL:
            return antecedents.person(source) or previous or source
        if word == "they":
            return antecedents.group(source, previous) or previous or source
        return antecedents.organization(source, previous) or previous or source
    if source.kind in (Kind.PERSON, Kind.NAME):
        return antecedents.full(source)
    if source.kind is Kind.ORGANIZATION:
        return _organization(antecedents, source, word, previous)
    if source.affiliation:
        named = antecedents.bearer(word, source.first) if source.kind is Kind.ROLE and word in SOLE else None
        return named if named and named.kind is Kind.PERSON else source
    if bearer := antecedents.bearer(word, source.first):
        return antecedents.full(bearer)
    if word in EXPERTS and (person := antecedents.person(source)) and person.kind is Kind.PERSON:
        return person
    owner = antecedents.organization(source, previous)
    if owner and owner.kind is Kind.DOCUMENT:  # "the message" is the phishing email
        return owner
    return source._replace(affiliation=owner.speaker) if owner else source


def _organization(antecedents: Antecedents, source: Source, noun: str, previous: Source | None) -> Source:
    """The organisation that "the firm" stands for, by name."""
    if source.affiliation:
        return source._replace(speaker=source.affiliation)
    bearer = antecedents.bearer(noun, source.first) if noun != "company" else None
    if bearer and bearer.affiliation:
        return bearer._replace(speaker=bearer.affiliation)
    return bearer or antecedents.organization(source, previous) or source
