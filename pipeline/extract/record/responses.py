"""What was done about an incident: phrases of the lexicon, less those that are denied or only advised.

Some words speak only with an object that they need ("removed the *file*"). Which incident a response belongs to is
decided elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import Phrases, entries
from schemas.vocabulary import ResponseAction

BEFORE = 4  # tokens before a phrase in which a denial or an advice counts
NEAR = 6  # tokens to either side of a loose word within which its object stands
ADVICE = frozenset(("should", "must", "could", "if", "would", "can", "please", "advised", "urged", "recommends"))


class Response(NamedTuple):
    """Where the text says that something was done, and what."""

    span: Span
    action: ResponseAction


def find(document: Document) -> tuple[Response, ...]:
    """Responses in the order of the text, of each kind one a sentence."""
    found: list[Response] = []
    seen: set[tuple[int, str]] = set()
    lexicon, objects = _lexicon()
    for hit in lexicon.find(document.text):
        code = hit.code.rstrip("?")
        sentence = document.sentence_index(hit.start)
        if (sentence, code) in seen or not _is_done(document, sentence, hit.start, code):
            continue
        if hit.code == code or _has_object(document, sentence, Span(hit.start, hit.end), objects[code]):
            seen.add((sentence, code))
            found.append(Response(Span(hit.start, hit.end), ResponseAction(code)))
    return tuple(found)


def _is_done(document: Document, sentence: int, start: int, code: str) -> bool:
    """False for "has not notified" and "should be investigated"; "not deporting" is itself a denial."""
    index = document.token_index(start)
    before = range(max(document.inside[sentence].start, index - BEFORE), index)
    if ADVICE.intersection(document.lower[before.start : before.stop]):
        return False
    return code == ResponseAction.HALTED or "deny" not in document.cues[before.start : before.stop]


def _has_object(document: Document, sentence: int, span: Span, objects: frozenset[str]) -> bool:
    """Whether one of the words that a loose phrase needs stands near it in its sentence."""
    own, inside = document.tokens_within(*span), document.inside[sentence]
    near = document.lower[max(inside.start, own.start - NEAR) : min(inside.stop, own.stop + NEAR)]
    return not objects.isdisjoint(near)


@lru_cache
def _lexicon() -> tuple[Phrases, dict[str, frozenset[str]]]:
    """The phrases, those that need an object with a "?" behind their code; and the objects of each code."""
    known = entries("responses")
    loose = [{"code": f"{entry['code']}?", "words": entry["loose"]} for entry in known if "loose" in entry]
    return Phrases([*known, *loose]), {entry["code"]: frozenset(entry.get("objects", ())) for entry in known}
