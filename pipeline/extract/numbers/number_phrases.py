"""Numbers in words: the grammar of number phrases from "two" to "hundreds of thousands".

A phrase is tried where a word of `OPENERS` stands. Numbers in digits are in `numerals`; what counts is decided later.
"""

from __future__ import annotations

import re

from pipeline.extract.numbers.number_words import (
    AND_HALF,
    ARTICLES,
    BEFORE_BYTES,
    BELOW_100,
    BOUNDING,
    BYTE_PLURALS,
    END,
    FOLDS,
    GAP,
    MULTIPLES,
    PARTS,
    PLURALS,
    SCALE,
    SCALES,
    SMALL,
    TIME,
    TIMES,
    either,
    value_of,
)
from pipeline.extract.numbers.shares import AFTER_SHARE, fraction, ratio
from pipeline.extract.text.findings import Numeral, Span

# two | twenty-five | one hundred and forty-three thousand | two and a half million | a million and a half
NUMBER = re.compile(
    rf"""(?: {BELOW_100} | an?{GAP}(?={SCALE}) )
    (?: {AND_HALF} )?
    (?: {GAP}?{SCALE} (?:{GAP}{SCALE})?
        (?: (?:{GAP}and)?{GAP}{BELOW_100} (?:{GAP}{SCALE}){{1,2}} ){{0,4}}
        (?: (?:{GAP}and)?{GAP}{BELOW_100} (?!-) )?
        (?: {AND_HALF} )?
    )?""",
    re.VERBOSE | re.IGNORECASE,
)
# half a million | a quarter of a million | three quarters of a billion | a half-dozen
PART_OF_SCALE = re.compile(
    rf"(?:an?{GAP}(?=half-))?(?P<part>half|(?:(?:an?|one|three){GAP})?quarters?|(?:an?|one){GAP}third){GAP}(?:of{GAP})?(?:a{GAP})?(?P<scale>{SCALE})",
    re.IGNORECASE,
)
PLAIN_PLURAL = either(set(PLURALS) - {"tens", "scores"})
# million of accounts | dozens | thousands upon thousands | tens of thousands | hundreds, if not thousands |
# terabytes of ; "thousands, or even millions" are two
PLURAL = re.compile(
    rf"""(?: (?P<bare>{SCALE}) (?: {GAP}upon{GAP}{SCALE} )? (?={GAP}of{END})
      | (?P<plural>tens(?={GAP}of)|scores(?={GAP}of{GAP}(?![0-9]))|{PLAIN_PLURAL}){END}
        (?: {GAP}of{GAP}(?P<of>hundreds|thousands|lakhs|millions|crores|billions|trillions){END} )?
        (?: (?:,?{GAP}if{GAP}not|{GAP}or{GAP}even|{GAP}or|{GAP}and|{GAP}upon){GAP}
            (?:(?:tens|hundreds|thousands){GAP}of{GAP})?(?:{either(PLURALS)}){END} )?
      | (?P<bytes>{either(BYTE_PLURALS)})(?={GAP}of) )""",
    re.VERBOSE | re.IGNORECASE,
)
PART_INITIALS = frozenset("ahotqfsen")  # of "a", "half", "one" to "nine" and "quarter"
# several hundred | a few dozen | a few hundred (less than a thousand) | a couple of thousand | several terabytes
SEVERAL = re.compile(
    rf"""(?:a{GAP})?(?:several|multiple|(?P<few>few)|couple(?:{GAP}of)?){GAP}
    (?: (?P<scale>{either(SCALES)})s?{END}(?:{GAP}(?P<more>{SCALE}))? | (?P<bytes>{either(BYTE_PLURALS)}){END} )""",
    re.VERBOSE | re.IGNORECASE,
)
# six-figure | nine-figure
FIGURES = re.compile(r"(?P<digits>three|four|five|six|seven|eight|nine|ten)[- ]figure(?!\w)", re.IGNORECASE)
# more than [a month] | [a year] or longer ; "about a month after it began" is a day
A_TIME = re.compile(rf"an?(?={GAP}{TIME}(?!{GAP}(?:ago|later|earlier|after|old)(?!\w)))", re.IGNORECASE)
# half an hour | an hour and a half
HALF_A_TIME = re.compile(rf"half{GAP}an?(?={GAP}{TIME})", re.IGNORECASE)
TIME_AND_HALF = re.compile(rf"an?(?={GAP}{TIME}{GAP}and{GAP}a{GAP}half{END})", re.IGNORECASE)
# the [dozen] or so firms
POINTING = frozenset({"the", "these", "those", "its", "their", "our", "another"})
BARE = re.compile(rf"(?:dozen|hundred){END}(?!{GAP}of{GAP}(?:a|the){END})", re.IGNORECASE)
# a pair of flaws
PAIR = re.compile(rf"a{GAP}pair(?={GAP}of{GAP}(?!the|these|those|them))", re.IGNORECASE)
# tenfold | twice as many | twice [the number] | double the number
MULTIPLE = re.compile(
    rf"""(?P<fold>{either(FOLDS)}){END}
      | (?P<times>{either(MULTIPLES)}){END}{GAP}
        (?: as{GAP}(?:much|many|high|large|big|long|likely|often|fast|expensive)
          | (?:the|that|its|their|last|this){GAP}(?:\w{{1,15}}{GAP})?
            (?:number|amount|rate|price|size|total|figure|sum|cost|average|levels?|volume|length) ){END}""",
    re.VERBOSE | re.IGNORECASE,
)
# a day or two: the number is "a", and "two" is no other
OR_TWO = re.compile(rf"{GAP}{TIME}{GAP}or{GAP}two{END}", re.IGNORECASE)
A_TIME_OR = re.compile(rf"an? {TIME} or $", re.IGNORECASE)
OR_LONGER = re.compile(r" \w{1,9} or (?:longer|more|so)(?!\w)")
# ten to fifteen | two or three | between three and five million
TO = re.compile(rf"(?:{GAP}(?P<word>to|or){GAP}|-to-|[-–])", re.IGNORECASE)
AND = re.compile(rf"{GAP}(?P<word>and){GAP}", re.IGNORECASE)
# between [two hundred] and three hundred
LOWER_END = re.compile(rf"{BELOW_100}(?:{AND_HALF})?(?:{GAP}{SCALE}){{0,2}}", re.IGNORECASE)
# five to [10] years | nine or [10]
UPPER_END = re.compile(
    rf"(?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}})*)(?![0-9]|[.,:/][0-9]|[ap]\.?m)(?P<scale>{GAP}{SCALE})?"
)
# thirty (30) days
REPEATED = re.compile(r" \((?P<digits>[0-9]{1,3})\)")


def read(text: str, start: int, before: str, after: str) -> Numeral | None:
    """The number phrase at `start`, or None; `before` and `after` are the words beside its first, in lower case.

    >>> read("hundreds of thousands of people", 0, "", "of")
    Numeral(span=Span(start=0, end=21), value=None, low=200000.0, high=None, form='plural')
    """
    if after in TIMES and text[start] in "aA":
        return _a_time(text, start, before)
    first = text[start : start + 1].lower()
    if after in AFTER_SHARE and before != "top" and (share := ratio(text, start)):
        return share
    if first in PART_INITIALS and (part := _part_of_scale(text, start) or fraction(text, start, before)):
        return part
    number = NUMBER.match(text, start)
    if number is not None and number.group().lower().strip() not in ARTICLES:
        return _figures(text, start) or _number(text, number, before)
    if before in POINTING and (bare := BARE.match(text, start)):
        return _exact(bare, SCALES[bare.group().lower()], "words")
    if half := HALF_A_TIME.match(text, start):
        return _exact(half, 0.5, "words")
    if pair := PAIR.match(text, start):
        return _exact(pair, 2.0, "words")
    return _plural(text, start, before) or _several(text, start) or _times(text, start)


def _exact(found: re.Match[str], value: float, form: str) -> Numeral:
    return Numeral(Span(*found.span()), value, value, value, form)


def _a_time(text: str, start: int, before: str) -> Numeral | None:
    """The number that "a year" is in "more than a year", "a year or two" and "a year and a half"."""
    if more := TIME_AND_HALF.match(text, start):
        return _exact(more, 1.5, "words")
    number = A_TIME.match(text, start)
    if number is None:
        return None
    if OR_TWO.match(text, number.end()):
        return Numeral(Span(*number.span()), None, 1.0, 2.0, "range")
    if before in BOUNDING or OR_LONGER.match(text, number.end()):
        return _exact(number, 1.0, "words")
    return None


def _number(text: str, number: re.Match[str], before: str) -> Numeral | None:
    """The number, or the range that it begins: "ten to fifteen", "two or three", "five to 10"."""
    if before == "between":
        number = LOWER_END.match(text, number.start()) or number
    value = value_of(number.group())
    if before == "or" and value == 2 and A_TIME_OR.search(text, max(0, number.start() - 16), number.start()):
        return None  # a day or two
    joint = (AND if before == "between" else TO).match(text, number.end())
    second = (NUMBER.match(text, joint.end()) or UPPER_END.match(text, joint.end())) if joint else None
    if joint and second and before != "from":
        scale = SCALES.get(second.group().lower().split()[-1], 1.0)
        digits = second.groupdict().get("digits")
        high = float(digits.replace(",", "")) * scale if digits else value_of(second.group())
        low = value * scale if value < 100 <= high else value
        if low < high and (joint["word"] != "or" or high <= 12):
            return Numeral(Span(number.start(), second.end()), None, low, high, "range")
    end = number.end()
    again = REPEATED.match(text, end) if text.startswith("(", end + 1) else None
    if again and float(again["digits"]) == value:
        end = again.end()
    return Numeral(Span(number.start(), end), value, value, value, "words")


def _figures(text: str, start: int) -> Numeral | None:
    """ "a six-figure sum": 100,000 to 999,999."""
    found = FIGURES.match(text, start)
    if found is None:
        return None
    digits = SMALL[found["digits"].lower()]
    return Numeral(Span(*found.span()), None, 10.0 ** (digits - 1), 10.0**digits - 1, "range")


def _plural(text: str, start: int, before: str) -> Numeral | None:
    """The least that "dozens", "tens of thousands" or "terabytes of" can mean."""
    found = PLURAL.match(text, start)
    if found is None or (found["bytes"] and (before in BEFORE_BYTES or before[:1].isdigit())):
        return None
    if found["bytes"]:
        low = BYTE_PLURALS[found["bytes"].lower()]
    elif found["bare"]:
        low = 2 * SCALES[found["bare"].lower()]
    else:
        low = PLURALS[found["plural"].lower()] * (PLURALS[found["of"].lower()] / 2 if found["of"] else 1.0)
    return Numeral(Span(*found.span()), None, low, None, "plural")


def _several(text: str, start: int) -> Numeral | None:
    """ "several hundred", and "a few hundred", which ends below the next scale."""
    found = SEVERAL.match(text, start)
    if found is None:
        return None
    if found["bytes"]:
        low = BYTE_PLURALS[found["bytes"].lower()]
    else:
        low = 2 * SCALES[found["scale"].lower()] * (SCALES[found["more"].lower()] if found["more"] else 1.0)
    closed = found["few"] and found["scale"] and found["scale"].lower() != "dozen"
    return Numeral(Span(*found.span()), None, low, 5 * low - 1 if closed else None, "plural")


def _times(text: str, start: int) -> Numeral | None:
    """ "tenfold", "twice as many"."""
    found = MULTIPLE.match(text, start)
    if found is None:
        return None
    value = FOLDS[found["fold"].lower()] if found["fold"] else MULTIPLES[found["times"].lower()]
    return _exact(found, value, "times")


def _part_of_scale(text: str, start: int) -> Numeral | None:
    """ "half a million", "three quarters of a billion"."""
    found = PART_OF_SCALE.match(text, start)
    if found is None:
        return None
    words = re.findall(r"[a-z]+", found["part"].lower())
    value = PARTS[words[-1].removesuffix("s")] * (3 if words[0] == "three" else 1) * SCALES[found["scale"].lower()]
    return _exact(found, value, "words")
