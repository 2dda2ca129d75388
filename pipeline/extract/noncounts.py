"""Numbers that count nothing: times, ages, versions, models, addresses, identifiers, list numbers, ordinals.

Each rule looks at what stands beside the number. Dates are not seen here: they have claimed theirs before.
"""

from __future__ import annotations

import re

from pipeline.extract import lexicon
from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral

LABELS = lexicon.words("labels")
# 5 pm | 9 a.m. | 2 o'clock | 10 GMT
TIME = re.compile(r"[ \u00a0]?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|o['’]?clock|hrs?\ GMT|GMT|UTC|[ECMP][SD]?T\b)")
# 25-year-old | 25 years old | aged 25 is told by the word before
AGE = re.compile(r"(?:-|\ )(?:years?|yrs?|months?|weeks?|days?)(?:-|\ )(?:old|olds|of\ age)(?!\w)|-year-olds?|\ ?y/o")
# Smith, 45, said
APPOSED = re.compile(r", ?(?:an?d? )?(?:of|from|who|was|is|an?|the|and|has|had|[a-z]+ed|said|told)?")
ADDRESS = re.compile(r" (?:[NSEW]\.? )?(?:[A-Z][a-z]+ ){1,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Lane|Boulevard|Blvd\.?|Way|Court|Place|Square|Highway)(?!\w)")


def is_noncount(document: Document, numeral: Numeral) -> bool:
    """Whether the number counts nothing."""
    text, (start, end) = document.text, numeral.span
    index = document.token_index(start)
    lower = document.lower
    before = lower[index - 1] if index else ""
    after_char = text[end : end + 1]
    if numeral.form in ("words", "plural", "fraction") and _is_phrase(document, numeral, index, before):
        return True
    if TIME.match(text, end) and (numeral.value or 0) <= 24:
        return True
    if AGE.match(text, end) or before in ("aged", "age", "ages"):
        return True
    if numeral.form not in ("digits", "words"):
        return False
    if ADDRESS.match(text, end) or after_char == ")" and text[start - 1 : start] in "(" + "\n ":
        return start == 0 or text[start - 1] in "(\n" or after_char != ")"
    if after_char == "-" and text[end + 1 : end + 2].isupper() and numeral.form == "digits":
        return True
    if before == "#" or (before == "." and lower[index - 2 : index - 1] in (("no",), ("nos",), ("vol",), ("fig",), ("sec",), ("ver",), ("v",))):
        return True
    if before == "-" and start and text[start - 1] == "-" and start > 1 and text[start - 2].isalnum():
        return True
    if _is_age(document, numeral, index, before):
        return True
    if _is_list_number(text, start, end):
        return True
    return _is_name(document, numeral, index, before)


def _is_phrase(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """Set phrases: "one of the", "two-factor", "zero-day", "one day", "at one point", "the two sides"."""
    text, (start, end) = document.text, numeral.span
    word = text[start:end].lower()
    after = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    token = document.lower[index]
    if "-" in token and token != word:
        rest = token[len(word) + 1 :]
        if LABELS.get(token) == "phrase" or LABELS.get(f"*-{rest}") == "phrase":
            return True
        if word == "one" and rest not in ("year", "month", "week", "day", "hour", "page"):
            return True
    if word == "one":
        return _is_plain_one(document, index, before, after)
    if word == "zero" and (text[end : end + 1] == "-" or after in ("day", "days", "trust", "in", "tolerance")):
        return True
    if word == "ten" and before == "top":
        return False
    return False


def _is_plain_one(document: Document, index: int, before: str, after: str) -> bool:
    """"one" as a determiner or pronoun counts nothing, unless it is set against a number: "only one of them"."""
    if before in ("only", "least", "just", "than") and after not in ("of", "day", "thing", "way", "person", ",", ".", "another"):
        return before not in ("least", "only", "than", "just") or after in ("that", "who", "to", "in", "is", "was")
    return not (after in ("hour", "week", "month", "year", "minute", "percent", "%", "per"))


def _is_age(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """Whether a number between commas behind a name is an age: "Baratov, 22, was arrested"."""
    value = numeral.value
    if before != "," or value is None or not 5 <= value <= 99 or numeral.form != "digits" or index < 2:
        return False
    text = document.text
    return document.words[index - 2][:1].isupper() and text[numeral.span.end : numeral.span.end + 1] in ",.;)" and bool(text[numeral.span.end : numeral.span.end + 1])


def _is_list_number(text: str, start: int, end: int) -> bool:
    """Whether the number heads a list item: "1. Change it", "2) Ask"."""
    if end - start > 2 or text[end : end + 1] not in (".", ")") or not text[end : end + 1]:
        return False
    before = text[max(0, start - 3) : start]
    return (before == "" or before.endswith("\n") or before.rstrip(" ").endswith((".", "\n", ":", "?", "!")) and before.endswith(" ") or before.endswith("  ")) and text[end + 1 : end + 2] in (" ", "")


def _is_name(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """Whether the number is part of a name: "Windows 10", "Section 702", "version 3.5", "Pwn2Own 2"."""
    if numeral.form != "digits" or index == 0:
        return False
    text, (start, end) = document.text, numeral.span
    label = LABELS.get(before)
    if label == "name":
        return True
    return False
