"""What was done about an incident: phrases of the lexicon, less those that are denied or only advised.

Some words speak only with an object that they need ("removed the *file*"). Which incident a response belongs to is
decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.custodians.incidents import Incident
from pipeline.extract.record.doers import doer, doers
from pipeline.extract.speech.statements import Statement
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import Phrases, entries
from schemas.vocabulary import ResponseAction

BEFORE = 4  # tokens before a phrase in which a denial or an advice counts
NEAR = 6  # tokens to either side of a loose word within which its object stands
OTHERS = frozenset((ResponseAction.LAW_ENFORCEMENT, ResponseAction.REGULATED))  # loose words for them name who they are
ADVICE = frozenset(("should", "must", "could", "if", "would", "can", "please", "advised", "urged", "recommends"))


class Response(NamedTuple):
    """Where the text says that something was done, what, and by whom, if it names anybody."""

    span: Span
    action: ResponseAction
    actor: str | None


def find(
    document: Document, entities: Iterable[Entity], incidents: Sequence[Incident], spoken: Sequence[Statement]
) -> tuple[Response, ...]:
    """Responses in the order of the text, of each kind one a sentence.

    "We" and "the bank" are whom the speaker speaks for, or else the main incident's custodian.
    """
    found: list[Response] = []
    names = doers(entities)
    custodian = next((one.custodian.name for one in incidents[:1] if one.custodian is not None), None)
    seen: set[tuple[int, str]] = set()
    lexicon, objects = _lexicon()
    for hit in lexicon.find(document.text):
        code = hit.code.rstrip("?")
        sentence = document.sentence_index(hit.start)
        if (sentence, code) in seen or not _is_done(document, sentence, hit.start, code):
            continue
        if hit.code == code or _has_object(document, sentence, Span(hit.start, hit.end), objects[code]):
            seen.add((sentence, code))
            span = Span(hit.start, hit.end)
            is_noun = code in OTHERS and hit.code != code
            by = _speaker(document, span, spoken) or custodian
            found.append(Response(span, ResponseAction(code), doer(document, span, names, by, is_noun=is_noun)))
    return tuple(found)


def _speaker(document: Document, span: Span, spoken: Sequence[Statement]) -> str | None:
    """For whom the words that hold a response are spoken, where that is told."""
    whose = next((one.affiliation for one in spoken if one.affiliation and one.span.overlaps(span)), None)
    return document.text[whose.start : whose.end] if whose else None


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
