"""Proper names in the text: runs of capitalised words, with what they seem to name.

Here stands where a name begins and what is none; where it ends, in `name_ends.py`. Who did what to whom is decided
elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import compress
from operator import not_
from typing import NamedTuple

from pipeline.extract.text.document import LARGE, SMALL, Document
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.name_ends import end_of_name, heads_office, joins
from pipeline.extract.text.name_words import CLASSES, IS_COMMON, is_name_word
from pipeline.extract.text.wording import POSSESSIVE

OPENING = frozenset("“\"‘'(:•-–—")  # behind them a capital may be that of a sentence
CITED = 20  # tokens of a title that another article is cited by


class Name(NamedTuple):
    """A proper name: its span without determiner and possessive, and the indexes of its tokens [first, last)."""

    span: Span
    first: int
    last: int


def find(document: Document) -> tuple[Name, ...]:
    """Names in the order of the text; none overlaps another."""
    headings = _headings(document)
    starts = {inside.start for inside in document.inside}
    within = _within(document, starts)
    openers = words("openers")
    found: list[Name] = []
    index = 0
    for at in document.cased:
        if at < index or not is_name_word(document.words[at]) or at in headings:
            continue
        if _follows_digit(document, at) or _opens_only(document, at, starts, within, openers):
            continue
        index = end_of_name(document, at, starts, openers)
        first, last = _trim(document, at, index, openers)
        if first < last:
            found.append(_name(document, first, last))
    found = _whole(document, found)
    return tuple(sorted(found + _in_headings(document, headings, found)) if headings else found)


def _within(document: Document, starts: set[int]) -> frozenset[str]:
    """The words that stand somewhere neither first in a sentence nor behind a mark that opens."""
    is_first = bytearray(1)
    is_first += bytes(map(OPENING.__contains__, document.words))
    for start in starts:
        is_first[start] = 1
    return frozenset(compress(document.words, map(not_, is_first)))


def _whole(document: Document, found: list[Name]) -> list[Name]:
    """The names with those put together that a possessive parts: "Sadie's Brewhouse", where no Sadie is named."""
    parted = [at for at in range(len(found) - 1) if found[at].last == found[at + 1].first]
    if not parted:
        return found
    pairs = {at: document.lower[found[at].first : found[at + 1].last] for at in parted}
    often = Counter(pairs.values())
    whole = list(found)
    for at in reversed(parted):
        one, other = whole[at : at + 2]
        owner = document.words[one.last - 1]
        if often[pairs[at]] < 2 or owner[-2:] not in POSSESSIVE or owner[:-2].lower() in words("firms"):
            continue
        if owner[:-2] not in document.words:
            whole[at : at + 2] = [Name(Span(one.span.start, other.span.end), one.first, other.last)]
    return whole


def _name(document: Document, first: int, last: int) -> Name:
    """The name of the tokens [first, last), less a possessive at its end."""
    start, end = document.tokens[first].start, document.tokens[last - 1].end
    word = document.words[last - 1]
    if len(word) > 2 and word[-2:] in POSSESSIVE and word[:-2].lower() not in CLASSES["ends in s"]:
        follows = document.lower[last] if last < len(document.lower) else ""
        end -= 2 * (follows not in CLASSES["done"])  # "Dunbar's said so"
    for index in range(first, last - 1):  # "San Francisco-based DocuSign" names DocuSign
        if document.lower[index].endswith("-based"):
            first = index + 1
            start = document.tokens[first].start
    return Name(Span(start, end), first, last)


def _headings(document: Document) -> frozenset[int]:
    """Tokens of sentences Written Like This One, or LIKE THIS ONE, where a capital says nothing."""
    initials, found = document.initials, set[int]()
    for inside in document.inside:
        small = initials.count(SMALL, inside.start, inside.stop)
        large = initials.count(LARGE, inside.start, inside.stop)
        shouts = not small and large > 2 and "".join(document.words[inside.start : inside.stop]).isupper()
        if shouts or (small + large > 4 and small <= (small + large) // 4):
            found.update(inside)
    for at in _places(document.lower, "see"):  # "(see: Acme Downsizes Breach Estimate)"
        if document.words[at - 1] in "([":
            end = next((i for i in range(at, min(at + CITED, len(document.words))) if document.words[i] in ")]"), at)
            found.update(range(at, end))
    return frozenset(found)


def _places(tokens: tuple[str, ...], wanted: str) -> Iterator[int]:
    """Where a token stands, the first place aside."""
    at = 0
    for _ in range(tokens[1:].count(wanted)):
        at = tokens.index(wanted, at + 1)
        yield at


def _in_headings(document: Document, headings: frozenset[int], found: list[Name]) -> list[Name]:
    """Names that a heading shares with the body, and its acronyms."""
    known = {document.words[name.first : name.last] for name in found}
    lengths: dict[str, set[int]] = {}  # of the names that begin with a word
    for words_ in known:
        lengths.setdefault(words_[0], set()).add(len(words_))
    again, index = [], 0
    for at in sorted(headings):
        if at >= index and (length := _longest(document, at, known, lengths)):
            again.append(_name(document, at, at + length))
            index = at + length
    return again


def _longest(document: Document, at: int, known: set[tuple[str, ...]], lengths: dict[str, set[int]]) -> int:
    """How many tokens from `at` on are a known name; 0 for none."""
    fit = lengths.get(document.words[at], ())
    return max((length for length in fit if document.words[at : at + length] in known), default=0)


def _follows_digit(document: Document, index: int) -> bool:
    """Whether a token is the unit of the number that it touches: the "GB" of "40GB"."""
    before = index - 1
    return (
        index > 0
        and document.words[before][-1].isdigit()
        and document.tokens[before].end == document.tokens[index].start
    )


def _opens_only(
    document: Document, index: int, starts: set[int], within: frozenset[str], openers: dict[str, str]
) -> bool:
    """Whether a capitalised token is a common word that merely opens a sentence ("However", "Hackers")."""
    low = document.lower[index]
    if openers.get(low, "part") != "part" and not heads_office(document, index):
        if index in starts or not document.words[index - 1].islower():
            return True
        return low not in CLASSES["number"] and not (low in CLASSES["first"] and _goes_on(document, index))
    if low in CLASSES["of a nation"] and not _goes_on(document, index):
        return True
    word = document.words[index]
    if not (index in starts or (index > 0 and document.words[index - 1] in OPENING)):
        return False
    if word.isupper() or not word[1:].islower():
        return False
    if _goes_on(document, index):
        return low.endswith("ly") and low not in CLASSES["ends in ly"] and IS_COMMON[low]  # "Eventually Acme paid"
    written_small = low in within or (low.endswith("s") and low[:-1] in within)
    return written_small or low in openers or (word not in within and IS_COMMON[low])


def _goes_on(document: Document, index: int) -> bool:
    """Whether a further word of a name follows the token, with one blank between them at the most."""
    if index + 1 >= len(document.words):
        return False
    if not is_name_word(document.words[index + 1]):
        return document.words[index + 1] == "and" and joins(document, index + 1)  # "Immigration and Customs ..."
    return document.tokens[index + 1].start - document.tokens[index].end <= 1


def _trim(document: Document, first: int, last: int, openers: dict[str, str]) -> tuple[int, int]:
    """The name without titles and openers before it ("The", "Mr", "CEO") and without a bare connector behind."""
    while first < last and (document.words[first] == "." or _opens(document, first, openers)):
        first += 1
    while last > first and openers.get(document.lower[last - 1]) == "never" and _opens(document, last - 1, openers):
        last -= 1
    if last > first and document.lower[last - 1].endswith("-based"):  # "a San Diego-based firm"
        first = last
    return first, last


def _opens(document: Document, index: int, openers: dict[str, str]) -> bool:
    """Whether a word is no part of the name that it stands before; a number or "First" that got here is."""
    low = document.lower[index]
    if low == "general":
        return index > 0 and document.lower[index - 1] in CLASSES["general"]
    if openers.get(low, "part") == "part" or low in CLASSES["number"]:
        return False
    if low in CLASSES["first"] and index > 0 and document.words[index - 1].islower():
        return False
    return not heads_office(document, index)
