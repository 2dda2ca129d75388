"""Proper names in the text: runs of capitalised words, with what they seem to name.

Who did what to whom is decided elsewhere; here stands only where a name begins and ends.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.document import Document
from pipeline.extract.findings import Span
from pipeline.extract.lexicon import words

INSIDE = frozenset({"of", "for", "and", "&", "de", "the", "del", "di", "la", "al", "von", "van", "in", "on"})
TIGHT = frozenset({"&", ".", "-", "/"})  # signs that may stand within a name: "AT&T", "Mail.ru"
SUFFIXES = frozenset({"inc", "corp", "ltd", "llc", "plc", "co", "gmbh", "ag", "sa", "nv", "pty", "limited", "corporation", "company", "incorporated", "group"})


class Name(NamedTuple):
    """A proper name: its span without determiner and possessive, and the indexes of its tokens [first, last)."""

    span: Span
    first: int
    last: int


def find(document: Document) -> tuple[Name, ...]:
    """Names in the order of the text; none overlaps another."""
    return tuple(_find(document))


def _find(document: Document) -> list[Name]:
    plain = _lower_cased_words(document)
    headings = _headings(document)
    starts = {document.token_index(s.start) for s in document.sentences if document.tokens}
    openers = words("openers")
    found: list[Name] = []
    index, count = 0, len(document.words)
    while index < count:
        if not _is_name_word(document, index) or index in headings or _opens_only(document, index, starts, plain, openers):
            index += 1
            continue
        last = _end_of_name(document, index, starts, openers)
        first, last = _trim(document, index, last, openers)
        if first < last:
            found.append(_name(document, first, last))
        index = max(index + 1, last)
    return sorted(found + _in_headings(document, headings, found)) if headings else found


def _name(document: Document, first: int, last: int) -> Name:
    """The name of the tokens [first, last), less a possessive at its end."""
    start, end = document.tokens[first].start, document.tokens[last - 1].end
    word = document.words[last - 1]
    if len(word) > 2 and word[-2:] in ("'s", "’s") and word[:-2].lower() not in OWN_S:
        end -= 2
    if document.lower[first].endswith("-based") and last - first > 1:
        first += 1
        start = document.tokens[first].start
    return Name(Span(start, end), first, last)


def _headings(document: Document) -> frozenset[int]:
    """Tokens of sentences Written Like This One, where a capital says nothing."""
    inside: set[int] = set()
    for sentence in document.sentences:
        tokens = document.tokens_within(sentence.start, sentence.end)
        letters = [document.words[i] for i in tokens if document.words[i][0].isalpha()]
        if len(letters) > 4 and sum(not w[0].isupper() for w in letters) <= len(letters) // 4:
            inside.update(tokens)
    return frozenset(inside)


def _in_headings(document: Document, headings: frozenset[int], found: list[Name]) -> list[Name]:
    """Names that a heading shares with the body, and its acronyms."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for name in found:
        words_ = document.words[name.first : name.last]
        known.setdefault(words_[0], set()).add(words_)
    again, index = [], 0
    order = sorted(headings)
    while index < len(order):
        at = order[index]
        fits = [w for w in known.get(document.words[at], ()) if document.words[at : at + len(w)] == w]
        if fits:
            length = max(map(len, fits))
            again.append(_name(document, at, at + length))
            index += length
        else:
            index += 1
    return again


def _is_name_word(document: Document, index: int) -> bool:
    """Whether a token may be part of a name: "Yahoo", "iCloud", "AFF", "thedarkoverlord" is not."""
    word = document.words[index]
    return word[0].isalpha() and (word[0].isupper() or (len(word) > 2 and word[1].isupper() and word[0] in "ie"))


def _lower_cased_words(document: Document) -> frozenset[str]:
    """Words that the text also writes without a capital: no names, where they open a sentence."""
    return frozenset(word for word in document.words if word.islower())


def _opens_only(document: Document, index: int, starts: set[int], plain: frozenset[str], openers: dict[str, str]) -> bool:
    """Whether a capitalised token is a common word that merely opens a sentence ("However", "Hackers")."""
    low = document.lower[index]
    if openers.get(low, "part") != "part":
        return True
    if low in DEMONYMS and not (index + 1 < len(document.words) and _is_name_word(document, index + 1) and _touching(document, index)):
        return True
    opens = index in starts or (index > 0 and document.words[index - 1] in ("“", '"', "‘", "'", "(", ":", "•", "-", "–", "—"))
    word = document.words[index]
    if not opens or word.isupper() or not word[1:].islower():
        return False
    if low in plain or (low.endswith("s") and low[:-1] in plain) or low in openers:
        follows = index + 1 < len(document.words) and _is_name_word(document, index + 1) and _touching(document, index)
        return not follows
    return False


# An adjective alone names nobody ("British police"), with a name behind it it may ("British Airways").
DEMONYMS = frozenset(
    {"english", "russian", "chinese", "american", "british", "indian", "ukrainian", "iranian", "korean", "european", "german", "french", "australian",
     "canadian", "japanese", "italian", "spanish", "swedish", "dutch", "scottish", "irish", "polish", "turkish", "pakistani", "israeli"}
)


def _touching(document: Document, index: int) -> bool:
    """Whether the token is followed by the next with one blank at the most."""
    return document.tokens[index + 1].start - document.tokens[index].end <= 1


def _end_of_name(document: Document, index: int, starts: set[int], openers: dict[str, str]) -> int:
    """Index behind the last token of the name that begins at `index`."""
    words_, tokens, count = document.words, document.tokens, len(document.words)
    last = index + 1
    while last < count and last not in starts and not _ends_owner(document, last - 1):
        gap = tokens[last].start - tokens[last - 1].end
        if gap > 1 or openers.get(document.lower[last]) == "title":
            break
        joined = gap == 0 and words_[last][0].isalnum()  # "R2Games", "APT28"
        if joined or _is_name_word(document, last) or (gap == 1 and words_[last].isdigit() and len(words_[last]) <= 2):
            last += 1
        elif words_[last] in TIGHT and last + 1 < count and tokens[last + 1].start == tokens[last].end and (gap == 0 or words_[last] == "&"):
            if words_[last] == "." and not words_[last + 1][0].isalnum():
                break
            last += 2
        elif words_[last] == "." and gap == 0 and document.lower[last - 1] in SUFFIXES | {"st", "mr", "dr", "mrs", "ms"} | _INITIALS:
            last += 1
        elif words_[last] in ("&", "of", "for", "de", "al", "and") and last + 1 < count and _joins(document, last):
            last += 1
        elif words_[last] == "the" and words_[last - 1] in ("of", "for") and last + 1 < count and _is_name_word(document, last + 1):
            last += 1
        else:
            break
    while last > index + 1 and words_[last - 1].lower() in INSIDE | {"."} and not (words_[last - 1] == "." and document.lower[last - 2] in SUFFIXES):
        last -= 1
    return last


def _ends_owner(document: Document, index: int) -> bool:
    """Whether a possessive ends the name: "Apple's iCloud" are two, "Children's Hospital" is one."""
    word = document.words[index]
    if word[-2:] not in ("'s", "’s"):
        return False
    follows = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    return word[:-2].lower() not in OWN_S and follows not in HEADS


# Names that end in 's themselves, and nouns that make one name with the possessive before them.
OWN_S = frozenset({"mcdonald", "children", "wendy", "macy", "kohl", "lowe", "sotheby", "christie", "chili", "arby", "domino", "dick", "moody",
                   "women", "men", "veterans", "lloyd", "sainsbury", "trader joe", "denny", "people", "hardee", "levi", "carl", "jimmy john"})
HEADS = frozenset({"hospital", "hospitals", "school", "schools", "college", "university", "furniture", "marketplace", "restaurant", "restaurants",
                   "church", "bank", "supermarket", "stores", "store", "hotel", "pizza", "clinic", "club", "foods", "market", "day", "college"})

_INITIALS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _joins(document: Document, index: int) -> bool:
    """Whether "of", "for", "&" or "and" holds one name together ("Bank of America", "Hard Rock Hotels & Casinos")."""
    after = index + 1
    if document.words[index] in ("of", "for") and document.lower[after] == "the":
        after += 1
    if after >= len(document.words) or not _is_name_word(document, after):
        return False
    if document.words[index] == "and":
        return document.lower[index - 1] in JOINED_BY_AND
    return True


# "Immigration and Customs Enforcement", "Health and Human Services", but "Yahoo and Google" are two.
JOINED_BY_AND = frozenset(
    {"immigration", "customs", "health", "food", "trade", "research", "science", "standards", "justice", "finance", "culture", "media",
     "education", "training", "medicine", "safety", "registration", "revenue", "business", "securities", "arts", "technology",
     "medicare", "homeland", "veterans", "housing", "law", "children", "energy", "information", "surgery", "border", "alcohol", "transport"}
)


def _trim(document: Document, first: int, last: int, openers: dict[str, str]) -> tuple[int, int]:
    """The name without titles and openers before it ("The", "Mr", "CEO") and without a bare connector behind."""
    while first < last and (document.words[first] == "." or openers.get(document.lower[first], "part") != "part"):
        first += 1
    while last > first and document.lower[last - 1] in openers and openers[document.lower[last - 1]] == "never":
        last -= 1
    return first, last
