"""What stands before a number and bounds it: "more than", "up to", "nearly" (`lexicons/qualifiers.toml`).

What it makes of the number's range is decided in `quantities`; bounds behind a number, "or more", are read in `units`.
"""

from __future__ import annotations

from pipeline.extract.numbers.noun_phrases import CLASSES, ENDS, QUOTES
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document

PHRASES = [
    (tuple(phrase.split()), entry["code"]) for entry in lexicon.entries("qualifiers") for phrase in entry["words"]
]
WORDS = frozenset(word for phrase, _ in PHRASES for word in phrase)
LAST_WORDS = frozenset(phrase[-1] for phrase, _ in PHRASES)


def _by_last_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The qualifiers by their last word: the words before it, longest first, and the code."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for (*before, last), code in sorted(PHRASES, key=lambda phrase: -len(phrase[0])):
        found.setdefault(last, []).append((tuple(before), code))
    return found


BY_LAST_WORD = _by_last_word()


def qualifier(document: Document, start: int) -> tuple[str, int]:
    """The code of what qualifies the amount at `start` ("" for nothing), and where the quote begins with it."""
    lower, tokens = document.lower, document.tokens
    index = document.token_index(start)
    while index >= 0 and tokens[index].end > start:
        index -= 1
    sentence = document.sentence(start).start
    code = ""
    for _ in range(3):  # "at least another 10", "more than a record £400,000"
        while index >= 0 and lower[index] in QUOTES:
            index -= 1
        matched = _ending(document, index, sentence)
        if matched is None:
            break
        found, first = matched
        left = lower[first - 1] if first else ""
        if found == "more_than" and lower[index] == "over" and left in CLASSES["hands"]:
            break
        if found == "about" and lower[index] == "about" and _is_topic(lower, first):
            break
        if found == "more_than" and _is_denied(lower, first):
            found = "at_most"  # not older than 30 days
        index = first - 1
        if found:
            code, start = found, tokens[first].start
        if found not in ("", "exact"):
            break
    return code, start


def _is_topic(lower: tuple[str, ...], first: int) -> bool:
    """Whether "about" tells of what: "it warned about 30 flaws", "it told the firm about 30 flaws"."""
    told = CLASSES["on what"]
    if not first or lower[first - 1] in told:
        return first > 0
    behind = lower[max(0, first - 4) : first]
    return behind[-1].isalpha() and behind[-1] not in ENDS and "that" not in behind and not told.isdisjoint(behind)


def _is_denied(lower: tuple[str, ...], first: int) -> bool:
    """Whether "not" stands before a qualifier, or before its "be": "should not be more than 10 MB"."""
    at = first - 2 if first > 1 and lower[first - 1] == "be" else first - 1
    return at >= 0 and (lower[at] == "not" or lower[at].endswith(("n't", "n’t")))


def _ending(document: Document, index: int, sentence: int) -> tuple[str, int] | None:
    """The longest qualifier whose last word is the token at `index`: its code and the index of its first word."""
    if index < 0 or (document.tokens[index].start < sentence and document.lower[index] != "."):
        return None  # "approx. 300" may look like two sentences
    for words, code in BY_LAST_WORD.get(document.lower[index], ()):
        first = index - len(words)
        if first >= 0 and document.lower[first:index] == words:
            return code, first
    return None
