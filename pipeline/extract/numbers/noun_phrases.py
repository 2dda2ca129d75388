"""The noun phrase behind a number: how far it goes, its head noun, and the unit that the head counts in.

The words stand in `lexicons/units.toml`, `people.toml` and `counting.toml`. Money, bytes and time are read in `units`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.numbers.number_words import SMALL
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.wording import POSSESSIVE

NOUNS = lexicon.words("people") | lexicon.words("units")
CLASSES = lexicon.classes("counting")
ENDS = CLASSES["ends a phrase"] | {word.replace("'", "’") for word in CLASSES["ends a phrase"]}
VERBS, ATTACKING = CLASSES["verb"], CLASSES["made for attacks"]
PEOPLE = re.compile(r"..(?:men|ists|icians|iatrists|graphers)$")  # firemen | psychologists | photographers
DOMAIN = re.compile(r"\.(?:com|net|org|co|info|io)(?!\w)")
SINGULAR = re.compile(r"(?:ss|(?<!ea)us|is|ous|['’]s)$")
QUOTES = frozenset("\"'“”‘’«»")
JOINS = frozenset({",", "and", "or"})
NO_PRONOUNS = ("US", "IT")  # written so they are names: "dozens of US Coast Guard files"
REACH = 10  # tokens in which the noun is looked for


def phrase(document: Document, at: int, previous: int) -> list[int]:
    """Indexes of the words from token `at` on that may be of one noun phrase, with the commas and "and" in it."""
    lower, words, tokens, text = (document.lower, document.words, document.tokens, document.text)
    found: list[int] = []
    bracketed = False  # "Cross-Site Scripting (XSS) flaws"
    for position in range(at, min(len(lower), at + REACH)):
        word, span = lower[position], tokens[position]
        gap = text[previous : span.start]
        if "\n" in gap or len(gap) > 3:
            break
        previous = span.end
        if word == "(" and found and words[position + 1 : position + 2] and words[position + 1].isupper():
            bracketed = True
        elif word == ")" and bracketed:
            bracketed = False
        elif word in JOINS:
            found.append(position)
        elif word[0].isalpha():
            if word == "of" and found and _is_named_of(words, position):
                continue
            if word in SMALL and found and lower[found[-1]] in JOINS:
                break  # one laptop and two phones
            ends = word in ENDS and words[position] not in NO_PRONOUNS and not DOMAIN.match(text, span.end)
            if ends or (word == "such" and lower[position + 1 : position + 2] == ("as",)):
                break
            if not bracketed and not (position == at and word in ("such", "more", "very", "other")):
                found.append(position)
        elif not _continues(document, position):
            break
    return found


def _is_named_of(words: tuple[str, ...], position: int) -> bool:
    """Whether "of" stands inside a name: "200 Bank of Vale customers"."""
    before, after = words[position - 1], words[position + 1 : position + 2]
    return before[0].isupper() and bool(after) and after[0][0].isupper() and not is_plural(before.lower())


def _continues(document: Document, position: int) -> bool:
    """Whether a sign or a number stands inside a phrase: "icloud.com addresses", "U.S. adults", "Windows 7 users"."""
    words, text, span = document.words, document.text, document.tokens[position]
    word, before = words[position], words[position - 1]
    if word in QUOTES or (word == "." and len(before) == 1 and before.isupper()):
        return True
    if word == "-" and text.startswith((" and ", " or "), span.end):
        return True  # 120 full- and part-time employees
    if word in ("-", "/", "&", ".", "@"):
        return text[span.end : span.end + 1].isalnum() and text[span.start - 1].isalnum()
    named = before[0].isupper() or (before == "-" and words[position - 2].isupper())  # 300 W-2 forms
    return word.isdigit() and len(word) < 4 and named


def head(document: Document, phrase: Sequence[int]) -> tuple[str, int]:
    """The unit and the token of the head noun of a phrase; -1 for none."""
    lower, words = document.lower, document.words
    unit, head, named, owner = "item", -1, -1, -1
    known = settled = False
    for place, position in enumerate(phrase):
        word = lower[position]
        if word in JOINS:
            if settled or place == 0 or (word == "," and (head >= 0 or not _goes_on(words, phrase, place))):
                break
            continue
        stem = word[:-2] if word.endswith(POSSESSIVE) else word.rstrip("'’")
        plural = is_plural(stem)
        if stem != word and not plural and not settled:
            owner = position if stem in NOUNS else owner
            continue  # 60 driver's licenses
        code = _unit_of(lower, position, stem)
        if code:
            named_so = words[head][0].isupper() and words[position][0].islower()  # 9 million Vale Games accounts
            joined = head == position - 1 and plural and ((code == "record" and unit == "person") or named_so)
            if (settled and not joined) or (known and code == "item" and not plural):
                break  # "18 flaws researchers found", but "two million users accounts"; "1.5 billion user breach"
            unit, head, known = code, position, True
        elif (head >= 0 and (word.endswith(("ed", "ing")) or word in VERBS)) or (settled and word.endswith("ly")):
            break
        elif plural and not settled:
            if words[position][0].isupper() and position + 1 < len(words) and words[position + 1][0].islower():
                named = position  # 14,000 Quillbox customers
                continue
            unit, head, known = "item", position, False  # 141 exploit kits
        settled = head >= 0 and is_plural(lower[head]) and lower[head] not in CLASSES["collective"]
        if stem != word and head == position:
            break  # 4,000 employees' forms
    if head < 0:
        return (NOUNS[lower[owner][:-2]], owner) if owner >= 0 else ("item", named)  # 4,000 employee's
    attacking = any(lower[position] in ATTACKING for position in phrase if position < head)
    return "item" if attacking else unit, head


def _unit_of(lower: Sequence[str], position: int, stem: str) -> str:
    """The unit that a word of a phrase counts in, by itself or by its last part ("ex-employees"); "" for none."""
    if stem == "s" and lower[position - 1].isdigit():
        return "record"  # 7,700 W-2s
    if stem == "numbers" and lower[position - 1] in CLASSES["numbers people"]:
        return "record"
    if stem in NOUNS:
        return NOUNS[stem]
    if "-" in stem and is_plural(stem):
        return _unit_of(lower, position, stem.rpartition("-")[2])
    return "person" if PEOPLE.search(stem) and is_plural(stem) else ""


def _goes_on(words: tuple[str, ...], phrase: Sequence[int], place: int) -> bool:
    """Whether a lower-case word of the phrase follows a comma: "critical, wormable flaws"."""
    return place + 1 < len(phrase) and words[phrase[place + 1]][0].islower()


def is_plural(word: str) -> bool:
    """Whether a word in lower case is a plural, as far as its ending tells."""
    if word in CLASSES["plural without s"]:
        return True
    ends = (word.endswith("s") and not SINGULAR.search(word)) or word.endswith("men")
    return len(word) > 3 and ends and word not in CLASSES["no plural"]
