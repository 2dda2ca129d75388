"""Statements: words that somebody said or wrote, and who; every quotation of four words or more.

Where no words around a quotation name its source, all names are asked. Pairing marks (`quotations.py`) and reading
the clauses around them (`attributions.py`) do not belong here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.speech import quotations
from pipeline.extract.speech.antecedents import Antecedents
from pipeline.extract.speech.attributions import SCARE, Found, Place, attribute, places
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.names import Name

LEAST_WORDS = 4
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


def with_whole_names(statements: Sequence[Statement], names: Sequence[Name]) -> tuple[Statement, ...]:
    """The statements with speakers by their whole name: "Immigration and Customs Enforcement", not its second half."""
    starts = [name.span.start for name in names]

    def whole(span: Span | None) -> Span | None:
        at = bisect_right(starts, span.start) - 1 if span is not None else -1
        holds = at >= 0 and span is not None and span.end <= names[at].span.end
        return names[at].span if holds else span

    return tuple(s._replace(speaker=whole(s.speaker), affiliation=whole(s.affiliation)) for s in statements)


def find(document: Document) -> tuple[Statement, ...]:
    """Statements in the order of the text."""
    found = quotations.find(document)
    if not found:
        return ()
    quoted = places(document, found)
    antecedents = Antecedents(document, _narrative(document, quoted))
    statements: list[Statement] = []
    previous = Found(None, "none", -1)
    for index, place in enumerate(quoted):
        found_here = attribute(document, place, quoted[index - 1] if index else None, previous)
        source = antecedents.resolve(found_here.source, previous.source)
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
    if place.quotation.span == place.quotation.outer and rule in ("anyone", "none"):
        return False  # without marks, and nobody is said to speak: "The lesson: We all forget."
    small = [word for word in words if word[0].islower()]
    titled = len(small) <= len(words) / 2 and all(len(word) < 5 for word in small)
    before = document.lower[max(0, place.start - 2) : place.start]
    introduced = before[-1:] in ((":",), (",",)) and before != ("see", ":")
    return not titled or introduced or rule == "behind"


def _narrative(document: Document, quoted: list[Place]) -> Iterator[tuple[int, int]]:
    """The token ranges outside the quotations that are long enough to be speech."""
    at = 0
    for place in quoted:
        if place.end - place.start > SCARE:
            yield at, place.start
            at = place.end
    yield at, len(document.tokens)
