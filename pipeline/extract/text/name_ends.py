"""Where a name that has begun ends: what may stand within it, and what holds its parts together.

Where one begins, and what is none, is told in `names.py`.
"""

from __future__ import annotations

from string import ascii_lowercase

from pipeline.extract.text.document import Document
from pipeline.extract.text.name_words import CLASSES, is_name_word
from pipeline.extract.text.wording import POSSESSIVE, is_given, is_person

TIGHT = frozenset({"&", ".", "-", "/"})  # signs that may stand within a name: "AT&T", "Mail.ru"
JOINING = frozenset({"&", "of", "for", "de", "al", "and", "on"})
# What a name may hold but not end with.
OUTSIDE = frozenset({"of", "for", "and", "&", "de", "the", "del", "di", "la", "al", "von", "van", "in", "on", "."})
SHORTENED = CLASSES["shortened"] | frozenset(ascii_lowercase)
NAMED = 8  # tokens to either side of "and" that may be of one name


def end_of_name(document: Document, index: int, starts: set[int], openers: dict[str, str]) -> int:
    """Index behind the last token of the name that begins at `index`."""
    lower, count = document.lower, len(document.words)
    last = index + 1
    while last < count and last not in starts and not _ends_owner(document, last - 1):
        gap = document.tokens[last].start - document.tokens[last - 1].end
        if gap > 1 or (openers.get(lower[last]) == "title" and not heads_office(document, last)):
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


def heads_office(document: Document, index: int) -> bool:
    """Whether a title is part of an office's name: "the Ohio [Attorney] General's Office", "Secretary of State"."""
    low, behind = document.lower[index], document.lower[index + 1 : index + 3]
    if low == "attorney" and behind[:1] in (("general's",), ("general’s",)):
        return True
    if low == "secretary" and behind == ("of", "state"):
        return not document.words[index + 3 : index + 4] or not is_name_word(document.words[index + 3])
    if low not in ("commissioner", "attorney"):
        return False
    at = index - 1
    while at > 0 and document.lower[at] != "office":
        if document.lower[at] not in ("of", "the") and not is_name_word(document.words[at]):
            return False
        at -= 1
    return at > 0


def _is_whole_person(document: Document, first: int, last: int) -> bool:
    """Whether a person's name ends here, so that what follows "of" is another: "Ann Lee of Weston College"."""
    given = next((index for index in range(first, last - 1) if is_given(document.words[index])), last)
    return is_person(document, given, last)


def _step(document: Document, at: int, gap: int) -> int:
    """How many tokens from `at` on continue the name before them; `gap` blanks stand between."""
    words_, count, word = document.words, len(document.words), document.words[at]
    if is_name_word(word) or (word[0].isalnum() and gap == 0):  # "R2Games", "APT28"
        return 1
    if word.isdigit():
        return int(gap == 1 and len(word) <= 2)
    touches = at + 1 < count and document.tokens[at + 1].start == document.tokens[at].end
    if word in TIGHT and touches and (gap == 0 or word == "&"):
        return 0 if word == "." and not words_[at + 1][0].isalnum() else 2
    if word == "." and gap == 0:
        return int(document.lower[at - 1] in SHORTENED)
    if word in JOINING and at + 1 < count:
        return int(joins(document, at))
    return int(word == "the" and words_[at - 1] in ("of", "for") and at + 1 < count and is_name_word(words_[at + 1]))


def _ends_owner(document: Document, index: int) -> bool:
    """Whether a possessive ends the name: "Apple's iCloud" are two, "Children's Hospital" is one."""
    word = document.words[index]
    if word[-2:] not in POSSESSIVE:
        return False
    follows = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    return word[:-2].lower() not in CLASSES["ends in s"] and follows not in CLASSES["owned"]


def joins(document: Document, index: int) -> bool:
    """Whether "of", "for", "&" or "and" holds one name together ("Bank of America", "Hard Rock Hotels & Casinos")."""
    after = index + 1
    if document.words[index] in ("of", "for") and document.lower[after] == "the":
        after += 1
    if after >= len(document.words) or not is_name_word(document.words[after]):
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
    while last + 1 < min(len(words_), index + NAMED) and is_name_word(words_[last + 1]):
        last += 1
    if lower[last] not in CLASSES["closing"] or last == index + 1:
        return False
    first = index - 1
    if lower[first] in CLASSES["closing"] or words_[first].isupper():
        return False
    while lower[first] != "the" and first > max(0, index - NAMED):
        if not is_name_word(words_[first]) and words_[first] != ".":
            return False
        first -= 1
    return lower[first] == "the"
