"""The words of which numbers are made, their values, and the value of a whole phrase: "two and a half million".

The grammar of phrases is in `number_phrases`, that of shares in `shares`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL = {"zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0}
SMALL |= {"eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0}
SMALL |= {"fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0}
TENS = {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0}
TENS |= {"eighty": 80.0, "ninety": 90.0}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7}
SCALES |= {"billion": 1e9, "trillion": 1e12}
# The least that a bare plural can mean: twice its unit.
PLURALS = {f"{word}s": 2 * value for word, value in SCALES.items()} | {"tens": 20.0, "scores": 40.0}
BYTE_PLURALS = {"kilobytes": 2e3, "megabytes": 2e6, "gigabytes": 2e9, "terabytes": 2e12, "petabytes": 2e15}
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8}
PARTS |= {"tenth": 1 / 10}
TIMES = ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century")

ARTICLES = frozenset({"a", "an"})
SEVERALS = frozenset({"several", "multiple", "few", "couple"})
DIGITS_1_TO_9 = tuple(SMALL)[1:10]
COMPOUNDS = frozenset(f"{ten}-{one}" for ten in TENS for one in DIGITS_1_TO_9)
FRACTIONS = frozenset(f"{n}-{part}{s}" for n in DIGITS_1_TO_9 for part in PARTS for s in ("", "s"))
FOLDS = {f"{word}fold": value for word, value in [*list(SMALL.items())[3:], *TENS.items(), ("hundred", 1e2)]}
MULTIPLES = {"twice": 2.0, "thrice": 3.0, "double": 2.0, "triple": 3.0, "quadruple": 4.0}
# Words at which a number phrase may begin; "a" only before one of AFTER_A.
OPENERS = (
    COMPOUNDS | FRACTIONS | SEVERALS | frozenset([*SMALL, *TENS, *SCALES, *PLURALS, *BYTE_PLURALS, *FOLDS, *MULTIPLES])
)
OPENERS |= {"half", "quarter", "half-million", "half-billion", "half-dozen"}
AFTER_A = frozenset([*SCALES, *PARTS, *TIMES, "few", "couple", "pair", "half-dozen", "half-million", "half-billion"])
# What makes "a month" a number ("more than a month"), and what makes "93 terabytes" none of its own
BOUNDING = frozenset(
    {"than", "over", "about", "nearly", "almost", "least", "around", "approximately", "roughly", "under", "to"}
)
BEFORE_BYTES = frozenset([*SCALES, *SMALL, *TENS, "of", "the", "these", "those", "in", "half", "few"])


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


GAP = r"(?:[ \u00a0\u2009\u202f]{1,2}|-|\n)"
END = r"(?!\w)"
BELOW_100 = rf"(?:(?:{either(TENS)})(?:[- \u00a0](?:{either(DIGITS_1_TO_9)})(?![\w-]))?|{either(SMALL)}){END}"
SCALE = rf"(?:{either(SCALES)}){END}"
TIME = rf"(?:{either(TIMES)}){END}"
AND_HALF = rf"{GAP}and{GAP}a{GAP}(?:half|quarter){END}"


def value_of(phrase: str) -> float:
    """The value of a number phrase.

    >>> value_of("one hundred and forty-three thousand"), value_of("two and a half million"), value_of("17")
    (143000.0, 2500000.0, 17.0)
    """
    if phrase[0] in "0123456789":
        return float(phrase)
    total = group = 0.0
    scale = 1.0  # of the last scale word: "a million and a half" adds half a million
    for position, word in enumerate(re.findall(r"[a-z]+", phrase.lower())):
        if word in SMALL or word in TENS:
            group += SMALL[word] if word in SMALL else TENS[word]
        elif word in PARTS:
            if group == 0.0 and scale > 1.0:
                total += PARTS[word] * scale
            else:
                group += PARTS[word]
        elif word in ARTICLES:
            group += 1.0 if position == 0 else 0.0
        elif word in ("hundred", "dozen"):
            group = (group or 1.0) * SCALES[word]
        elif word in SCALES:
            scale = SCALES[word]
            total, group = (total + (group or 1.0) * scale, 0.0) if group or not total else (total * scale, 0.0)
    return total + group
