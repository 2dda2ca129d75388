"""Who did what was done about an incident: the subject of a response, as its sentence tells it.

A name, a word that says what the doer is ("police"), or the custodian where "we" or "the bank" did it. None where
something was done by nobody that the sentence names ("was secured").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from pipeline.extract.custodians.entities import Entity
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.wording import POSSESSIVE

REACH = 40  # tokens before a response among which its doer stands
BEHIND = 6  # tokens behind a passive among which stands "by" whom
QUALIFIERS = 3  # tokens between a doer and what opens its clause: "[and] the three federal agencies"
OPENS = frozenset(",;:.—–()“”\"'‘’")
PASSIVE = frozenset(("was", "were", "been", "being", "be"))
RELATIVE = frozenset(("who", "which"))


class Doer(NamedTuple):
    """A name in the text: its tokens [first, last) and whose it is."""

    first: int
    last: int
    name: str


def doers(entities: Iterable[Entity]) -> list[Doer]:
    """Every name of the text that may do something, in order; places do nothing."""
    known = words("firms")
    able = (one for one in entities if known.get(one.name.lower()) != "place")
    return sorted(Doer(m.first, m.last, one.name) for one in able for m in one.mentions)


def doer(
    document: Document, span: Span, names: Sequence[Doer], custodian: str | None, *, is_noun: bool = False
) -> str | None:
    """Whoever did what `span` says was done; None where its sentence does not tell.

    `is_noun` if the span names who else took part ("the Ohio [attorney general]"): a name right before it does nothing.
    """
    own, inside = document.tokens_within(*span), document.inside[document.sentence_index(span.start)]
    if _is_passive(document, inside, own):
        return _agent(document, inside, own, names)
    for i in range(own.start - 1 - is_noun, max(inside.start, own.start - REACH) - 1, -1):
        name = _name_at(names, i)
        if name is not None and (i > name.first or name.last > own.start):
            continue
        if name is not None and _is_subject(document, inside, name.first, name.last):
            return name.name
        kind = words("doers").get(document.lower[i].replace("’", "'").partition("'")[0])  # "we've"
        if name is None and kind in ("custodian", "other") and _is_subject(document, inside, i, i + 1):
            return custodian if kind == "custodian" else document.text[slice(*document.tokens[i])]
    return None


def _is_passive(document: Document, inside: range, own: range) -> bool:
    """Whether something was done: "[was secured]", "has been [suspended]"."""
    near = document.lower[max(inside.start, own.start - 2) : max(own.stop - 1, own.start)]
    return not PASSIVE.isdisjoint(near) and document.lower[own.stop - 1].endswith(("ed", "n", "t", "down", "offline"))


def _agent(document: Document, inside: range, own: range, names: Sequence[Doer]) -> str | None:
    """By whom it was done: "was sued [by] Acme Bank"."""
    behind = document.lower[own.stop : min(inside.stop, own.stop + BEHIND)]
    if "by" not in behind:
        return None
    by = own.stop + behind.index("by")
    for i in range(by + 1, min(inside.stop, by + 1 + QUALIFIERS)):
        name = _name_at(names, i)
        if name is not None:
            return name.name
        if words("doers").get(document.lower[i]) == "other":
            return document.text[slice(*document.tokens[i])]
    return None


def _is_subject(document: Document, inside: range, first: int, last: int) -> bool:
    """Whether the tokens [first, last) open a clause, or are told more of: "[Acme], which"; no possessor, no object."""
    lower, kinds = document.lower, words("doers")
    if not RELATIVE.isdisjoint(lower[last : min(inside.stop, last + 2)]):
        return True
    if document.words[last - 1].endswith(POSSESSIVE) or (last < inside.stop and lower[last] in POSSESSIVE):
        return False
    at = first - 1
    while at >= inside.start and first - 1 - at < QUALIFIERS and kinds.get(lower[at]) == "article":
        at -= 1
    if at < inside.start or lower[at] in OPENS or kinds.get(lower[at]) == "before":
        return True
    return lower[at].endswith(POSSESSIVE)  # "Ohio's [attorney general]"


def _name_at(names: Sequence[Doer], index: int) -> Doer | None:
    """The name that holds a token."""
    at = bisect_left(names, index + 1, key=itemgetter(0)) - 1
    return names[at] if at >= 0 and names[at].first <= index < names[at].last else None
