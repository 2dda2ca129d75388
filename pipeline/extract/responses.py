"""What was done about an incident: phrases of the lexicon, less those that are denied or only advised.

Which incident a response belongs to is decided elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.context import cues
from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.lexicon import phrases
from schemas.vocabulary import ResponseAction

BEFORE = 4  # tokens before a phrase in which a denial or an advice counts


class Response(NamedTuple):
    """Where the text says that something was done, and what."""

    span: Span
    action: ResponseAction


def find(document: Document) -> tuple[Response, ...]:
    """Responses in the order of the text, of each kind one a sentence."""
    found: list[Response] = []
    seen: set[tuple[int, str]] = set()
    for hit in phrases("responses").find(document.text):
        sentence = document.sentence_index(hit.start)
        if (sentence, hit.code) not in seen and _is_done(document, hit.start):
            seen.add((sentence, hit.code))
            found.append(Response(Span(hit.start, hit.end), ResponseAction(hit.code)))
    return tuple(found)


def _is_done(document: Document, start: int) -> bool:
    """False for "has not notified" and "should be investigated"."""
    index = document.token_index(start)
    first = document.tokens_within(*document.sentence(start)).start
    before = document.stems[max(first, index - BEFORE) : index]
    return not any(cues().get(s) == "deny" for s in before) and not {"should", "must", "could", "if", "would"}.intersection(before)
