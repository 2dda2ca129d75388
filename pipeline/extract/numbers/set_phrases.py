"""Number words that count nothing: names ("customers of Three"), set phrases ("two-factor"), a plain "one".

Numbers in digits that count nothing are in `noncounts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.numbers import units
from pipeline.extract.numbers.noun_phrases import CLASSES, ENDS, NOUNS
from pipeline.extract.numbers.units import COUNTED, PRONOUNS, Unit
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral

LABELS = lexicon.words("labels")
# What "one" must stand beside to measure: "one year", "for one day"
ONE_TIME = frozenset({"hour", "week", "month", "year", "minute", "percent", "%", "per", "decade"})
ONE_DAY = frozenset({"in", "for", "just", "only", "than", "least", "about", "within", "over", "by"})
HAPPENING = frozenset({"case", "instance", "occasion", "point", "way", "time"})  # "in at least one case"
POINTING = frozenset({"that", "this", "the", "any", "every", "no", "another"})
NOTHING = frozenset({"day", "days", "trust", "in", "tolerance", "key", "knowledge", "risk"})  # "zero trust"


def names(document: Document, numerals: Sequence[Numeral]) -> frozenset[str]:
    """Number words that this text writes with a capital inside a sentence: names, as in "customers of Three"."""
    found: Counter[str] = Counter()
    for numeral in numerals:
        word = document.text[numeral.span.start : numeral.span.end] if numeral.form == "words" else ""
        if word[:1].isupper() and word.isalpha() and _is_inside(document, numeral) and not _is_title(document, numeral):
            found[word] += 1
    return frozenset(word for word, times in found.items() if times > 1 or word not in ("Two", "One"))


def is_set_phrase(
    document: Document, numeral: Numeral, unit: Unit, index: int, before: str, names: frozenset[str]
) -> bool:
    """Words that count nothing: "two-factor", "Project Zero", "one of the", "the two"."""
    text, (start, end) = document.text, numeral.span
    written = text[start:end]
    if written in names and (_is_inside(document, numeral) or not _counts(document, numeral, unit)):
        return True
    word, token = written.lower(), document.lower[index]
    if token.startswith(word + "-"):
        token = token.removesuffix("'s").removesuffix("’s")
        rest = token[len(word) + 1 :]
        if "phrase" in (LABELS.get(token), LABELS.get(f"*-{rest.partition('-')[0]}"), LABELS.get(f"*-{rest}")):
            return True
        return word == "zero" or (word == "one" and unit.rule == "hyphen" and f"{rest}s" not in NOUNS)
    after = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    if after in CLASSES["size"] and after != "series":
        return True
    if word == "one":
        return _is_plain_one(document, unit, index, before, after)
    if word == "zero":
        return text[end : end + 1] == "-" or after in NOTHING
    alone = unit.rule == "bare" and after != "most"  # "the two most serious"
    return alone and (before in ("the", "both") or LABELS.get(before) == "name")


def _is_plain_one(document: Document, unit: Unit, index: int, before: str, after: str) -> bool:
    """Whether "one" is a determiner or pronoun; it counts in "at least one firm", "only one of them"."""
    if before in POINTING:
        return True
    if after in ONE_TIME:
        return document.words[index + 1][0].isupper()  # Safer Networks - One Year On
    if after == "day":
        return before not in ONE_DAY
    if before in ("least", "than"):  # at least one surgery, but "at least one of them", "in more than one"
        return after in HAPPENING or after in CLASSES["ends a phrase"] or not after[:1].isalpha()
    return not (before == "only" and after == "of" and not PRONOUNS.isdisjoint(document.lower[index + 2 : index + 3]))


def _is_inside(document: Document, numeral: Numeral) -> bool:
    """Whether the number stands inside a sentence, not at its head or behind an opening mark."""
    start = numeral.span.start
    lead = document.text[max(document.sentence(start).start, start - 4) : start].rstrip(" ")
    return bool(lead) and lead[-1] not in "\"“‘'(:•-–—*.?!|"


def _is_title(document: Document, numeral: Numeral) -> bool:
    """Whether what is counted is capitalised as well, and all of the sentence: "Three Million Accounts Stolen"."""
    unit = units.read(document, numeral)
    if unit.rule not in ("noun", "duration", "money") or not document.text[unit.noun.start].isupper():
        return False
    inside = document.tokens_within(*document.sentence(numeral.span.start))
    words = [document.words[at] for at in inside]
    return not any(len(word) > 3 and word.islower() and word not in ENDS for word in words)


def _counts(document: Document, numeral: Numeral, unit: Unit) -> bool:
    """Whether a number word at the head of a sentence counts the noun behind it."""
    return (
        unit.code in COUNTED
        and unit.rule == "noun"
        and not document.text[numeral.span.end + 1 : numeral.span.end + 2].isupper()
    )
