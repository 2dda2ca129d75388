"""A second incident of one custodian: "In 2015, Acme reset passwords after the records of 2,000 users were stolen."

Told apart by a year well before publication, which the lead does not name, in a sentence whose syntax says that
something befell the custodian. Which incident a finding belongs to is decided in `links.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.extract.custodians import syntax
from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.document import Document
from pipeline.extract.text.lexicon import phrases

LEAD = 3  # sentences at the beginning that tell of the main incident
SINCE = 2  # years from an earlier incident to publication, at the least


def earlier(document: Document, custodian: Entity, others: Iterable[Entity]) -> Entity | None:
    """The custodian as the bearer of an earlier incident, with the mentions that tell of it; None if none do."""
    if document.published_on is None:
        return None
    latest = document.published_on.year - SINCE
    lead = {year for index in range(min(LEAD, len(document.sentences))) for year in _years(document, index)}
    past = [
        index
        for index in custodian.sentences
        if index >= LEAD - 1
        and any(year <= latest and year not in lead for year in _years(document, index))
        and _is_weighty(document, index)
        and not any(other.is_named_in(index) for other in others)
    ]
    if not past:
        return None
    mentions = tuple(m for m in custodian.mentions if document.sentence_index(m.span.start) in past)
    signs = (sign for signs in syntax.signs(document, mentions) for sign in signs)
    if not any(syntax.MEANINGS.get(sign) in syntax.BEFALLING for sign in signs):
        return None
    return replace(custodian, mentions=mentions, sentences=tuple(past))


def _years(document: Document, sentence: int) -> list[int]:
    """The years that a sentence names."""
    inside = document.inside[sentence]
    written = document.words[inside.start : inside.stop]
    return [int(word) for word in written if len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")]


def _is_weighty(document: Document, sentence: int) -> bool:
    """Whether a sentence tells of exposure or attack, with data or another number than a year."""
    inside, span = document.inside[sentence], document.sentences[sentence]
    if {"expose", "attack"}.isdisjoint(document.cues[inside.start : inside.stop]):
        return False
    written = document.words[inside.start : inside.stop]
    if any(word[0].isdigit() and len(word) != 4 for word in written):
        return True
    return any(hit.code for hit in phrases("data_types").find(document.text[span.start : span.end]))
