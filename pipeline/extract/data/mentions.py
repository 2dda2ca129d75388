"""Mentions of kinds of data, and the lists that they stand in.

Nouns that name data come from `lexicons/data_types.toml`, with the adjectives before them. Whether they are said to
be exposed is decided in `exposure.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from pipeline.extract.data import items
from pipeline.extract.data.senses import is_otherwise
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import Hit, hits, words

ADJECTIVES = 4  # words before a noun that may belong to it
COMPOUND = 60  # characters of a compound noun at the most
Group = tuple["DataMention", ...]  # mentions in one list: "names, home addresses and dates of birth"


class DataMention(NamedTuple):
    """A noun for a kind of data; `code` is its type, ending in "?" where the words around it may decide otherwise."""

    span: Span
    code: str


def find(document: Document) -> tuple[DataMention, ...]:
    """Every noun for data in the order of the text, exposed or not."""
    found: list[DataMention] = []
    for hit in _compounds(document.text, hits("data_types", document.text)):
        span = _with_adjectives(document, hit.start, hit.end)
        if is_otherwise(document, document.tokens_within(*span)):
            continue
        found += _elided(document, span)
        found.append(DataMention(span, hit.code))
    return tuple(_with_items(document, found))


def lists(document: Document, mentions: tuple[DataMention, ...]) -> tuple[Group, ...]:
    """Mentions in the groups that one verb governs: "names, home addresses and dates of birth"."""
    groups: list[list[DataMention]] = []
    for mention in mentions:
        if groups and _continues(document, groups[-1][-1].span, mention.span):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return tuple(map(tuple, groups))


def _compounds(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """Nouns that make one: "password database" holds passwords, "email inboxes" messages; "data (PII)" is said once."""
    found: list[Hit] = []
    for hit in hits:
        if not hit.code:
            continue
        if not found:
            found.append(hit)
            continue
        last = found[-1]
        if text[last.end : hit.start] in (" ", "-") and hit.end - last.start <= COMPOUND:
            if hit.code == "data?" or (hit.code.endswith("?") and not last.code.endswith("?")):
                found[-1] = Hit(last.start, hit.end, last.code)
            else:
                # "They list names": what seems the first noun may be a verb.
                found[-1] = hit if last.code == "data?" else Hit(last.start, hit.end, hit.code)
        elif hit.code != last.code or text[last.end : hit.start] != " (" or text[hit.end : hit.end + 1] != ")":
            found.append(hit)
    return found


def _with_adjectives(document: Document, start: int, end: int) -> Span:
    """ "hashed passwords" for "passwords"; at most ADJECTIVES words more, never beyond the sentence."""
    adjectives = words("data_adjectives")
    index = head = document.token_index(start)
    while (
        index > max(0, head - ADJECTIVES)
        and document.lower[index - 1] in adjectives
        and document.tokens[index].start - document.tokens[index - 1].end == 1
    ):
        index -= 1
    return Span(min(start, document.tokens[index].start), end)


def _elided(document: Document, span: Span) -> list[DataMention]:
    """The kinds that share the noun behind them: "personal" in "personal and financial information"."""
    inside = document.tokens_within(*span)
    if len(inside) < 2 or document.lower[inside.stop - 1] not in SHARED:
        return []
    found: list[DataMention] = []
    index = inside.start
    while (
        index >= 2
        and len(found) < len(KINDS)
        and document.lower[index - 1] in ALONGSIDE
        and document.lower[index - 2] in KINDS
    ):
        index -= 2
        found.append(DataMention(document.tokens[index], KINDS[document.lower[index]]))
    return found[::-1]


SHARED = frozenset(
    {"information", "data", "details", "records", "info", "files", "history", "histories", "documents", "documentation"}
)
ALONGSIDE = frozenset({"and", "or", ",", "/"})
KINDS = {
    "personal": "personal_unspecified",
    "financial": "financial",
    "medical": "medical",
    "health": "medical",
    "payment": "payment_card",
    "customer": "personal_unspecified?",
}


def _with_items(document: Document, found: list[DataMention]) -> Iterator[DataMention]:
    """The mentions, and the items of their lists that are known by nothing but where they stand."""
    listed = False
    for mention, other in zip_longest(found, found[1:]):
        yield mention
        if other is not None and _continues(document, mention.span, other.span):
            listed = True
            for span, shares in items.between(document, mention.span, other.span):
                yield DataMention(span, other.code if shares else UNNAMED)
            continue
        is_list = listed or not mention.code.endswith("?")
        last = items.last(document, mention.span) if is_list else None
        if last is not None and (other is None or last.end <= other.span.start):
            yield DataMention(last, UNNAMED)
        listed = False


UNNAMED = "other"


def _continues(document: Document, one: Span, other: Span) -> bool:
    """Whether two mentions stand in one list: a comma or conjunction between them, and no verb."""
    inside = document.tokens_within(one.end, other.start)
    if len(inside) > 6 or document.sentence_index(one.start) != document.sentence_index(other.start):
        return False
    if not inside:
        return True
    between = document.lower[inside.start : inside.stop]
    return not JOINS.isdisjoint(between) and BREAKS.isdisjoint(between)


JOINS = frozenset({",", ";", "and", "or", "&", "/", "plus", "(", "–", "-", "including", ":"})
BREAKS = frozenset(
    {
        *("was", "were", "is", "are", "has", "have", "had", "been", "said", "that", "which", "who", "but", "stole"),
        *("to", "not", "no", "be", "will", "can", "could", "may"),
    }
)
