"""The clause that holds a date, and what its words tell of something happening.

What they say together of the date is decided in `governors` (where one word settles that) and `events` (where all are
weighed).
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.text.document import Document, codes_by_stem
from pipeline.extract.text.lexicon import words
from pipeline.extract.text.wording import POSSESSIVE

# What ends a clause; a date that opens one belongs to what follows its comma.
BOUNDS = frozenset(',;:—–()“”"') | frozenset(
    ("that", "which", "who", "whose", "after", "before", "when", "while", "but", "where", "because")
)
OPENING = 4  # tokens of a clause before a date that still opens it
# What a noun follows: "the latest [report]"
BEFORE_NOUN = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "our", "your", "my", "any", "no", "some", "each", "every",
     "latest", "recent", "new", "another", "alleged", "possible", "potential", "of")
)  # fmt: skip
POINTING = frozenset(("that", "this", "these", "those"))
NO_VERBS = frozenset(("noun", "notice", "case", "state", "data", "paid"))  # codes of the lexicon of governors


def clause(document: Document, sentence: range, own: range) -> range:
    """Tokens of the clause that holds a date; where the date opens it, what follows its comma too."""
    lower = document.lower
    start, stop = own.start, own.stop
    while start > sentence.start and lower[start - 1] not in BOUNDS:
        start -= 1
    if stop < sentence.stop and lower[stop] in BOUNDS and own.start - start < OPENING:
        stop += 1
    while stop < sentence.stop and lower[stop] not in BOUNDS:
        stop += 1
    return range(start, stop)


def happening(document: Document, index: int) -> str:
    """What a token tells of a date beside it: "the breach" -> "case", "breached" and "breaching" -> "take"."""
    as_written, by_stem = _happenings()
    code = as_written.get(document.lower[index])
    return by_stem.get(document.stems[index], "") if code is None else code


def governor(document: Document, index: int) -> str:
    """What the lexicon of governors says of a token, or of the two words of which it is one: "came across"."""
    alone, pairs = _governors()
    lower = document.lower
    word = lower[index]
    if word in pairs:
        for first, second in ((index - 1, index), (index, index + 1)):
            if first >= 0 and second < len(lower) and (code := pairs[word].get((lower[first], lower[second]))):
                return code
    return alone.get(word, "")


def has(document: Document, tokens: range, *codes: str) -> bool:
    """Whether one of the tokens is, by itself, of one of these codes of the lexicon of governors."""
    alone = _governors()[0]
    return any(alone.get(document.lower[i]) in codes for i in tokens)


def is_verb(document: Document, index: int) -> bool:
    """Whether a token is a verb that tells of something happening, and no noun: "the [report]"."""
    code = governor(document, index)
    if code in NO_VERBS or (not code and happening(document, index) in ("", "case")):
        return False
    before = document.lower[index - 1] if index else ""
    if before in POINTING:  # "a breach that occurred in May", but "that hack"
        return bool(code)
    return (before not in BEFORE_NOUN and not before.endswith(POSSESSIVE)) or document.lower[index] == "attention"


@lru_cache
def _happenings() -> tuple[dict[str, str], dict[str, str]]:
    """The codes of the lexicon's words, as written and by stem."""
    return words("happenings"), codes_by_stem("happenings")


@lru_cache
def _governors() -> tuple[dict[str, str], dict[str, dict[tuple[str, str], str]]]:
    """The codes of the lexicon's words; those of its phrases of two words, by either word."""
    known = words("governors")
    pairs: dict[str, dict[tuple[str, str], str]] = {}
    for phrase, code in known.items():
        first, _, second = phrase.partition(" ")
        for word in (first, second) if second else ():
            pairs.setdefault(word, {})[first, second] = code
    return known, pairs
