"""Proper names in the text: runs of capitalised words, with what they seem to name.

Who did what to whom is decided elsewhere; here stands only where a name begins and ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import compress
from string import ascii_lowercase
from typing import NamedTuple

from pipeline.extract.text.document import LARGE, SMALL, Document, Remembered
from pipeline.extract.text.findings import Span
from pipeline.extract.text.lexicon import entries, words
from pipeline.extract.text.wording import is_given, is_person

TIGHT = frozenset({"&", ".", "-", "/"})  # signs that may stand within a name: "AT&T", "Mail.ru"
JOINING = frozenset({"&", "of", "for", "de", "al", "and", "on"})
# What a name may hold but not end with.
OUTSIDE = frozenset({"of", "for", "and", "&", "de", "the", "del", "di", "la", "al", "von", "van", "in", "on", "."})
OPENING = frozenset("“\"‘'(:•-–—")
CLASSES = {entry["code"]: frozenset(entry["words"]) for entry in entries("naming")}
SUFFIXES = CLASSES["suffix"]
# Endings of the forms of common words, with what stands for them in the base form.
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ly", ""),
    ("ily", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("ed", ""),
    ("ed", "e"),
)
SHORTENED = CLASSES["shortened"] | frozenset(ascii_lowercase)
CITED = 20  # tokens of a title that another article is cited by
NAMED = 8  # tokens to either side of "and" that may be of one name


class Name(NamedTuple):
    """A proper name: its span without determiner and possessive, and the indexes of its tokens [first, last)."""

    span: Span
    first: int
    last: int


def find(document: Document) -> tuple[Name, ...]:
    """Names in the order of the text; none overlaps another."""
    headings = _headings(document)
    starts = {inside.start for inside in document.inside}
    is_within = bytearray(b"\1" * (len(document.words) + 1))
    for start in starts:
        is_within[start] = 0
    for at, word in enumerate(document.words):
        if word in OPENING:
            is_within[at + 1] = 0
    within = frozenset(compress(document.words, is_within))
    openers = words("openers")
    found: list[Name] = []
    index = 0
    for at in document.cased:
        if at < index or not _is_name_word(document.words[at]) or at in headings:
            continue
        if _follows_digit(document, at) or _opens_only(document, at, starts, within, openers):
            continue
        index = _end_of_name(document, at, starts, openers)
        first, last = _trim(document, at, index, openers)
        if first < last:
            found.append(_name(document, first, last))
    found = _whole(document, found)
    return tuple(sorted(found + _in_headings(document, headings, found)) if headings else found)


def _whole(document: Document, found: list[Name]) -> list[Name]:
    """The names with those put together that a possessive parts: "Scotty's Brewhouse", where no Scotty is named."""
    parted = [at for at in range(len(found) - 1) if found[at].last == found[at + 1].first]
    if not parted:
        return found
    pairs = {at: document.lower[found[at].first : found[at + 1].last] for at in parted}
    often = Counter(pairs.values())
    whole = list(found)
    for at in reversed(parted):
        one, other = whole[at : at + 2]
        owner = document.words[one.last - 1]
        if often[pairs[at]] < 2 or owner[-2:] not in ("'s", "’s") or owner[:-2].lower() in words("firms"):
            continue
        if owner[:-2] not in document.words:
            whole[at : at + 2] = [Name(Span(one.span.start, other.span.end), one.first, other.last)]
    return whole


def _name(document: Document, first: int, last: int) -> Name:
    """The name of the tokens [first, last), less a possessive at its end."""
    start, end = document.tokens[first].start, document.tokens[last - 1].end
    word = document.words[last - 1]
    if len(word) > 2 and word[-2:] in ("'s", "’s") and word[:-2].lower() not in CLASSES["ends in s"]:
        end -= 2
    for index in range(first, last - 1):  # "San Francisco-based DocuSign" names DocuSign
        if document.lower[index].endswith("-based"):
            first = index + 1
            start = document.tokens[first].start
    return Name(Span(start, end), first, last)


def _headings(document: Document) -> frozenset[int]:
    """Tokens of sentences Written Like This One, or LIKE THIS ONE, where a capital says nothing."""
    initials, found = document.initials, set[int]()
    for inside in document.inside:
        small, large = (
            initials.count(SMALL, inside.start, inside.stop),
            initials.count(LARGE, inside.start, inside.stop),
        )
        shouts = not small and large > 2 and "".join(document.words[inside.start : inside.stop]).isupper()
        if shouts or (small + large > 4 and small <= (small + large) // 4):
            found.update(inside)
    for at in _places(document.lower, "see"):  # "(see: Acme Downsizes Breach Estimate)"
        if document.words[at - 1] in "([":
            end = next((i for i in range(at, min(at + CITED, len(document.words))) if document.words[i] in ")]"), at)
            found.update(range(at, end))
    return frozenset(found)


def _places(tokens: tuple[str, ...], wanted: str) -> Iterator[int]:
    """The indexes of a token behind the first."""
    at = 0
    while wanted in tokens[at + 1 :]:
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


def _is_name_word(word: str) -> bool:
    """Whether a token may be part of a name: "Yahoo", "iCloud", "xAlder"; "thedarkoverlord", "Anti-virus" are not."""
    if word[0].isupper():
        return word[0].isalpha() and not ("-" in word and _describes(word))
    return len(word) > 2 and word[1].isupper() and (word[0] in "ie" or (word[-1].islower() and len(word) > 3))


def _describes(word: str) -> bool:
    """Whether a compound is a common word: "Internet-connected", "Ex-employee"; "Retina-X" is none."""
    before, _, tail = word.rpartition("-")
    if not tail.islower() or tail == "based":  # of a name that ends in "-based" see `_trim`
        return False
    return before.lower() in CLASSES["compounded"] or tail in CLASSES["compounding"] or tail.endswith(("ed", "ing"))


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
    if openers.get(low, "part") != "part" and not _heads_office(document, index):
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


def _is_common(word: str) -> bool:
    """Whether a word is a form of a common English one: "sports", "reportedly", "exposing"."""
    common = words("common")
    return word in common or any(
        word.endswith(ending) and word[: len(word) - len(ending)] + base in common for ending, base in ENDINGS
    )


IS_COMMON = Remembered(_is_common)


def _goes_on(document: Document, index: int) -> bool:
    """Whether a further word of a name follows the token, with one blank between them at the most."""
    if index + 1 >= len(document.words):
        return False
    if not _is_name_word(document.words[index + 1]):
        return document.words[index + 1] == "and" and _joins(document, index + 1)  # "Immigration and Customs ..."
    return document.tokens[index + 1].start - document.tokens[index].end <= 1


def _end_of_name(document: Document, index: int, starts: set[int], openers: dict[str, str]) -> int:
    """Index behind the last token of the name that begins at `index`."""
    lower, count = document.lower, len(document.words)
    last = index + 1
    while last < count and last not in starts and not _ends_owner(document, last - 1):
        gap = document.tokens[last].start - document.tokens[last - 1].end
        if gap > 1 or (openers.get(lower[last]) == "title" and not _heads_office(document, last)):
            break
        if not (step := _step(document, last, gap)):
            break
        if lower[last] == "of" and _is_whole_person(document, index, last):
            break
        last += step
    while last > index + 1 and lower[last - 1] in OUTSIDE:
        if lower[last - 1] == "." and lower[last - 2] in CLASSES["shortened"]:
            break
        last -= 1
    return last


def _heads_office(document: Document, index: int) -> bool:
    """Whether a title is part of an office's name: "the Ohio [Attorney] General's Office", "Secretary of State"."""
    low, behind = document.lower[index], document.lower[index + 1 : index + 3]
    if low == "attorney" and behind[:1] in (("general's",), ("general’s",)):
        return True
    if low == "secretary" and behind == ("of", "state"):
        return not document.words[index + 3 : index + 4] or not _is_name_word(document.words[index + 3])
    if low not in ("commissioner", "attorney"):
        return False
    at = index - 1
    while at > 0 and document.lower[at] != "office":
        if document.lower[at] not in ("of", "the") and not _is_name_word(document.words[at]):
            return False
        at -= 1
    return at > 0 and document.lower[at] == "office"


def _is_whole_person(document: Document, first: int, last: int) -> bool:
    """Whether a person's name ends here, so that what follows "of" is another: "Ann Lee of Weston College"."""
    given = next((index for index in range(first, last - 1) if is_given(document.words[index])), last)
    return is_person(document, given, last)


def _step(document: Document, at: int, gap: int) -> int:
    """How many tokens from `at` on continue the name before them; `gap` blanks stand between."""
    words_, count, word = document.words, len(document.words), document.words[at]
    if _is_name_word(word) or (word[0].isalnum() and gap == 0):  # "R2Games", "APT28"
        return 1
    if word.isdigit():
        return int(gap == 1 and len(word) <= 2)
    touches = at + 1 < count and document.tokens[at + 1].start == document.tokens[at].end
    if word in TIGHT and touches and (gap == 0 or word == "&"):
        return 0 if word == "." and not words_[at + 1][0].isalnum() else 2
    if word == "." and gap == 0:
        return int(document.lower[at - 1] in SHORTENED)
    if word in JOINING and at + 1 < count:
        return int(_joins(document, at))
    return int(word == "the" and words_[at - 1] in ("of", "for") and at + 1 < count and _is_name_word(words_[at + 1]))


def _ends_owner(document: Document, index: int) -> bool:
    """Whether a possessive ends the name: "Apple's iCloud" are two, "Children's Hospital" is one."""
    word = document.words[index]
    if word[-2:] not in ("'s", "’s"):
        return False
    follows = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    return word[:-2].lower() not in CLASSES["ends in s"] and follows not in CLASSES["owned"]


def _joins(document: Document, index: int) -> bool:
    """Whether "of", "for", "&" or "and" holds one name together ("Bank of America", "Hard Rock Hotels & Casinos")."""
    after = index + 1
    if document.words[index] in ("of", "for") and document.lower[after] == "the":
        after += 1
    if after >= len(document.words) or not _is_name_word(document.words[after]):
        return False
    if document.words[index] == "and":
        return document.lower[index - 1] in CLASSES["joined by and"] or _names_one(document, index)
    return document.words[index] != "on" or document.lower[index - 1] in CLASSES["joined by on"]


def _names_one(document: Document, index: int) -> bool:
    """Whether what "and" joins is one body or law: "the Computer Fraud and Abuse Act", "the Army and Navy Club".

    It has one article before it and one noun for such at its end.
    """
    lower, words_ = document.lower, document.words
    last = index + 1
    while last + 1 < min(len(words_), index + NAMED) and _is_name_word(words_[last + 1]):
        last += 1
    if lower[last] not in CLASSES["closing"] or last == index + 1:
        return False
    first = index - 1
    if lower[first] in CLASSES["closing"] or words_[first].isupper():
        return False
    while lower[first] != "the" and first > max(0, index - NAMED):
        if not _is_name_word(words_[first]) and words_[first] != ".":
            return False
        first -= 1
    return lower[first] == "the"


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
    return not _heads_office(document, index)
