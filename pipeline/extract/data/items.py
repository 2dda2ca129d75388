"""Items of a list of data that no lexicon names: "names, [shoe sizes] and email addresses".

What stands between data in a list, as a noun alone, is data too. Nouns that are known are found in `mentions.py`.
"""

from __future__ import annotations

from pipeline.extract.data.predicates import CLASSES
from pipeline.extract.text.document import LARGE, Document
from pipeline.extract.text.findings import Span

LONGEST = 4  # words of an item


def between(document: Document, one: Span, other: Span) -> list[tuple[Span, bool]]:
    """The items between two mentions in one list.

    Each comes with whether it shares the other's noun: "[home] and business addresses".
    """
    inside = document.tokens_within(one.end, other.start)
    if len(inside) < 3 or document.lower[inside.start] not in COMMAS or document.lower[inside.stop - 1] not in COMMAS:
        return []
    found: list[tuple[Span, bool]] = []
    first = inside.start
    for at in inside:
        if document.lower[at] in COMMAS:
            item = _item(document, first, at)
            if item is not None:
                shares = at == inside.stop - 1 and len(item) == 1 and document.lower[at] != ","
                found.append((_span(document, item), shares))
            first = at + 1
    return found


COMMAS = frozenset([",", ";", "and", "or", "&", "/"])


def last(document: Document, one: Span) -> Span | None:
    """The item that ends a list behind a mention: "names, emails and [shoe sizes] of customers"."""
    inside = document.inside[document.sentence_index(one.start)]
    first = document.tokens_within(one.start, one.end).stop
    if document.lower[first : first + 1] == (",",):
        first += 1
    if first >= inside.stop or document.lower[first] not in ENDING:
        return None
    stop = first + 1
    while stop < min(inside.stop, first + LONGEST + 2) and document.lower[stop] not in BEHIND:
        stop += 1
    item = _item(document, first + 1, stop)
    if item is None or not document.lower[stop - 1].endswith("s") or document.lower[item.start].endswith("ed"):
        return None  # "saw the names and called us"
    return _span(document, item)


ENDING = frozenset(["and", "or", "&"])
BEHIND = frozenset(
    {*".,;)", "of", "from", "for", "in", "on", "belonging", "to", "was", "were", "may", "have", "that", "which"}
)


def _span(document: Document, item: range) -> Span:
    return Span(document.tokens[item.start].start, document.tokens[item.stop - 1].end)


def _item(document: Document, first: int, stop: int) -> range | None:
    """The tokens of an item: a noun with what stands before it, no verb and no name."""
    if document.lower[first:stop][:1] in LEADING:
        first += 1
    inside = range(first, stop)
    if not 0 < len(inside) <= LONGEST or document.initials[stop - 1] == LARGE != document.initials[first]:
        return None
    for word in document.lower[first:stop]:
        act, particle, _ = CLASSES[word]
        if act or particle in VERBAL or word in NO_NOUNS or not word[0].isalpha():
            return None
    return None if document.lower[stop - 1].endswith(("ly", "ing", "ed")) else inside


LEADING = frozenset((word,) for word in ("their", "the", "his", "her", "some", "any"))
VERBAL = frozenset({"be", "have", "may", "not", "you"})
NO_NOUNS = frozenset(
    {
        *("a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "it", "its", "he"),
        *("she", "they", "we", "us", "i", "this", "that", "these", "those", "which", "who", "some", "many", "more"),
        *("most", "other", "others", "all", "any", "both", "then", "also", "so", "if", "when", "where"),
        *("while", "than", "about", "into", "over", "after", "before", "his", "her", "their", "our", "your"),
        *("my", "such", "well", "even", "only", "just", "still", "like", "including", "along", "between"),
        *("among", "under", "per", "one", "two", "three", "several", "various"),
    }
)
