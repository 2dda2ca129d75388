"""What kind of word a token is where names begin and end: part of a name, a common word, a class of its own.

The words are those of `lexicons/naming.toml`. Where a name begins stands in `names.py`, where it ends in
`name_ends.py`.
"""

from __future__ import annotations

from pipeline.extract.text.document import Remembered
from pipeline.extract.text.lexicon import classes, words

CLASSES = classes("naming")
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


def is_name_word(word: str) -> bool:
    """Whether a token may be part of a name: "Yahoo", "iCloud", "xAlder"; "thedarkoverlord", "Anti-virus" are not."""
    if word[0].isupper():
        return word[0].isalpha() and not ("-" in word and _describes(word))
    return len(word) > 2 and word[1].isupper() and (word[0] in "ie" or (word[-1].islower() and len(word) > 3))


def _describes(word: str) -> bool:
    """Whether a compound is a common word: "Internet-connected", "Ex-employee"; "Retina-X" is none."""
    before, _, tail = word.rpartition("-")
    if not tail.islower() or tail == "based":  # a name may end so: see `names.py`
        return False
    return before.lower() in CLASSES["compounded"] or tail in CLASSES["compounding"] or tail.endswith(("ed", "ing"))


def _is_common(word: str) -> bool:
    """Whether a word is a form of a common English one: "sports", "reportedly", "exposing"."""
    common = words("common")
    return word in common or any(
        word.endswith(ending) and word[: len(word) - len(ending)] + base in common for ending, base in ENDINGS
    )


IS_COMMON = Remembered(_is_common)
