"""Numbers in words, and shares: the grammar of number phrases from "two" to "hundreds of thousands".

A phrase is tried where a word of `OPENERS` stands. Numbers in digits are in `numerals`; what counts is decided later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.text.findings import Numeral, Span

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
FRACTIONS = frozenset(f"{n}-{part}{s}" for n in ("one", "two", "three", "four") for part in PARTS for s in ("", "s"))
# Words at which a number phrase may begin; "a" only before one of AFTER_A.
OPENERS = COMPOUNDS | FRACTIONS | SEVERALS | frozenset([*SMALL, *TENS, *PLURALS, *BYTE_PLURALS])
OPENERS |= {"half", "quarter", "half-million", "half-billion", "half-dozen"}
AFTER_A = frozenset([*SCALES, *PARTS, *TIMES, "few", "couple", "pair", "half-dozen", "half-million", "half-billion"])
# What makes "a month" a number ("more than a month"), and what makes "93 terabytes" none of its own
BOUNDING = frozenset(
    {"than", "over", "about", "nearly", "almost", "least", "around", "approximately", "roughly", "under", "to"}
)
BEFORE_BYTES = frozenset([*SCALES, *SMALL, *TENS, "of", "the", "these", "those", "in", "half", "few"])
# What follows the first number of a share: "one in five", "nine times out of 10"
AFTER_SHARE = frozenset({"in", "out", "of", "times"})


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


GAP = r"(?:[ \u00a0\u2009\u202f]{1,2}|-|\n)"
END = r"(?!\w)"
BELOW_100 = rf"(?:(?:{_any(TENS)})(?:[- \u00a0](?:{_any(DIGITS_1_TO_9)})(?![\w-]))?|{_any(SMALL)}){END}"
SCALE = rf"(?:{_any(SCALES)}){END}"
AND_HALF = rf"{GAP}and{GAP}a{GAP}(?:half|quarter){END}"

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
# dozens | tens of thousands | hundreds, if not thousands | terabytes of ; "thousands, or even millions" are two
PLURAL = re.compile(
    rf"""(?: (?P<plural>tens(?={GAP}of)|scores(?={GAP}of{GAP}(?![0-9]))|{_any(set(PLURALS) - {"tens", "scores"})}){END}
        (?: {GAP}of{GAP}(?P<of>hundreds|thousands|lakhs|millions|crores|billions|trillions){END} )?
        (?: (?:,?{GAP}if{GAP}not|{GAP}or{GAP}even|{GAP}or|{GAP}and){GAP}
            (?:(?:tens|hundreds|thousands){GAP}of{GAP})?(?:{_any(PLURALS)}){END} )?
      | (?P<bytes>{_any(BYTE_PLURALS)})(?={GAP}of) )""",
    re.VERBOSE | re.IGNORECASE,
)
# several hundred | a few dozen | a few hundred (less than a thousand) | a couple of thousand | several terabytes
SEVERAL = re.compile(
    rf"""(?:a{GAP})?(?:several|multiple|(?P<few>few)|couple(?:{GAP}of)?){GAP}
    (?: (?P<scale>{_any(SCALES)})s?{END}(?:{GAP}(?P<more>{SCALE}))? | (?P<bytes>{_any(BYTE_PLURALS)}){END} )""",
    re.VERBOSE | re.IGNORECASE,
)
# one in five | one in every three | one out of every ten | nine times out of 10 | four out of five
RATIO = re.compile(
    rf"""(?P<share>[0-9]{{1,2}}|{_any(DIGITS_1_TO_9)}|ten)
    (?: (?:{GAP}out)?{GAP}(?:in|of){GAP}(?P<every>every|each) | {GAP}(?P<in>in)
      | (?P<times>{GAP}times)?{GAP}out{GAP}of(?:{GAP}every)? ){GAP}
    (?P<whole>[0-9]{{1,5}}|{BELOW_100}|an?{GAP}(?:hundred|thousand|million))(?![\w%]|[.,:/][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
# "Three out of five files" counts files; "four out of five then went on" is a share, "one out of five files" too
TIME_AFTER = re.compile(rf"{GAP}(?:{_any(TIMES)})s?{END}", re.IGNORECASE)
COUNTS_ON = re.compile(r"[ \u00a0](?!then|have|had|are|were|said|would|do)[a-z]")
# half | two-thirds | a third | three quarters
FRACTION = re.compile(
    rf"""(?: half | (?P<count>an?|one|two|three|four){GAP}(?P<part>{_any(set(PARTS) - {"half"})})s? ){END}(?!-)""",
    re.VERBOSE | re.IGNORECASE,
)
# half [of them] | half [the companies] | half [will be decrypted] | more than half [going on]
FRACTION_OF = re.compile(
    rf"{GAP}of{END}|{GAP}(?:all|the{GAP}(?:\w+{GAP})?(?:people|companies|users|respondents|organi[sz]ations|customers|firms|victims|population)){END}",
    re.IGNORECASE,
)
HALF_DOES = re.compile(
    r" \(|(?: (?:will|would|were|was|are|have|had|said|did|do|ended|going|came|admit|admitted|reported)(?!\w))|[.,;)]"
)
HALF_GOES_ON = re.compile(r" (?!the|an?(?!\w)|price|as(?!\w)|way|that|what)[a-z]")
# six-figure | nine-figure
FIGURES = re.compile(r"(?P<digits>three|four|five|six|seven|eight|nine|ten)[- ]figure(?!\w)", re.IGNORECASE)
# more than [a month] | [a year] or longer ; "about a month after it began" is a day
A_TIME = re.compile(rf"an?(?={GAP}(?:{_any(TIMES)}){END}(?!{GAP}(?:ago|later|earlier|after|old)(?!\w)))", re.IGNORECASE)
# half an hour | an hour and a half
HALF_A_TIME = re.compile(rf"half{GAP}an?(?={GAP}(?:{_any(TIMES)}){END})", re.IGNORECASE)
TIME_AND_HALF = re.compile(rf"an?(?={GAP}(?:{_any(TIMES)}){GAP}and{GAP}a{GAP}half{END})", re.IGNORECASE)
A_TIME_AND = re.compile(rf"(?:{_any(TIMES)}){GAP}and{GAP}a{GAP}$", re.IGNORECASE)
# a pair of flaws
PAIR = re.compile(rf"a{GAP}pair(?={GAP}of{GAP}(?!the|these|those|them))", re.IGNORECASE)
# a day or two: the number is "a", and "two" is no other
OR_TWO = re.compile(rf"{GAP}(?:{_any(TIMES)}){GAP}or{GAP}two{END}", re.IGNORECASE)
A_TIME_OR = re.compile(rf"an? (?:{_any(TIMES)}) or $", re.IGNORECASE)
OR_LONGER = re.compile(r" \w{1,9} or (?:longer|more|so)(?!\w)")
# ten to fifteen | two or three
TO = re.compile(rf"(?:{GAP}(?P<word>to|or){GAP}|-to-|[-–])", re.IGNORECASE)


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
    if first in "ahotq" and (part := _part_of_scale(text, start) or _fraction(text, start, before)):
        return part
    number = NUMBER.match(text, start)
    if number is not None and number.group().lower().strip() not in ARTICLES:
        return _figures(text, start) or _number(text, number, before)
    if half := HALF_A_TIME.match(text, start):
        return Numeral(Span(*half.span()), 0.5, 0.5, 0.5, "words")
    if pair := PAIR.match(text, start):
        return Numeral(Span(*pair.span()), 2.0, 2.0, 2.0, "words")
    return _fraction(text, start, before) or _plural(text, start, before) or _several(text, start)


def _a_time(text: str, start: int, before: str) -> Numeral | None:
    """The number that "a year" is in "more than a year", "a year or two" and "a year and a half"."""
    if more := TIME_AND_HALF.match(text, start):
        return Numeral(Span(*more.span()), 1.5, 1.5, 1.5, "words")
    number = A_TIME.match(text, start)
    if number is None:
        return None
    if OR_TWO.match(text, number.end()):
        return Numeral(Span(*number.span()), None, 1.0, 2.0, "range")
    if before in BOUNDING or OR_LONGER.match(text, number.end()):
        return Numeral(Span(*number.span()), 1.0, 1.0, 1.0, "words")
    return None


def _number(text: str, number: re.Match[str], before: str) -> Numeral | None:
    """The number, or the range that it begins: "ten to fifteen", "two or three"."""
    value = value_of(number.group())
    if before == "or" and value == 2 and A_TIME_OR.search(text, max(0, number.start() - 16), number.start()):
        return None  # a day or two
    joint = TO.match(text, number.end())
    second = NUMBER.match(text, joint.end()) if joint else None
    if joint and second and before != "from":
        high = value_of(second.group())
        scale = SCALES.get(second.group().lower().split()[-1], 1.0)
        low = value * scale if value < 100 <= high else value
        if low < high and (joint["word"] != "or" or high <= 12):
            return Numeral(Span(number.start(), second.end()), None, low, high, "range")
    return Numeral(Span(*number.span()), value, value, value, "words")


def ratio(text: str, start: int) -> Numeral | None:
    """A share told as "one in five", its value in percent."""
    found = RATIO.match(text, start)
    if found is None:
        return None
    share, whole = value_of(found["share"]), value_of(found["whole"])
    if not 0 < share < whole or (found["in"] and ((share > 3 and whole not in (5, 10)) or 1900 < whole < 2100)):
        return None
    if found["in"] and share > 1 and TIME_AFTER.match(text, found.end()):
        return None  # two in five days
    in_digits = found["share"].isdigit() or found["whole"].isdigit()
    counts_on = COUNTS_ON.match(text, found.end()) is not None
    told = found["in"] or found["every"] or found["times"] or ((whole == 10 or share == 1) and counts_on)
    if not told and (in_digits or whole > 10 or counts_on):
        return None
    percent = 100 * share / whole
    return Numeral(Span(*found.span()), percent, percent, percent, "fraction")


def _figures(text: str, start: int) -> Numeral | None:
    found = FIGURES.match(text, start)
    if found is None:
        return None
    digits = SMALL[found["digits"].lower()]
    return Numeral(Span(*found.span()), None, 10.0 ** (digits - 1), 10.0**digits - 1, "range")


def _plural(text: str, start: int, before: str) -> Numeral | None:
    found = PLURAL.match(text, start)
    if found is None or (found["bytes"] and (before in BEFORE_BYTES or before[:1].isdigit())):
        return None
    if found["bytes"]:
        low = BYTE_PLURALS[found["bytes"].lower()]
        return Numeral(Span(*found.span("bytes")), None, low, None, "plural")
    low = PLURALS[found["plural"].lower()] * (PLURALS[found["of"].lower()] / 2 if found["of"] else 1.0)
    return Numeral(Span(*found.span()), None, low, None, "plural")


def _several(text: str, start: int) -> Numeral | None:
    found = SEVERAL.match(text, start)
    if found is None:
        return None
    if found["bytes"]:
        low = BYTE_PLURALS[found["bytes"].lower()]
    else:
        low = 2 * SCALES[found["scale"].lower()] * (SCALES[found["more"].lower()] if found["more"] else 1.0)
    closed = found["few"] and found["scale"] and found["scale"].lower() != "dozen"
    return Numeral(Span(*found.span()), None, low, 5 * low - 1 if closed else None, "plural")


def _part_of_scale(text: str, start: int) -> Numeral | None:
    found = PART_OF_SCALE.match(text, start)
    if found is None:
        return None
    words = re.findall(r"[a-z]+", found["part"].lower())
    value = PARTS[words[-1].removesuffix("s")] * (3 if words[0] == "three" else 1) * SCALES[found["scale"].lower()]
    return Numeral(Span(*found.span()), value, value, value, "words")


def _fraction(text: str, start: int, before: str) -> Numeral | None:
    """Half, a third ..., where its words go on as a share: not "half the price", not "the third quarter"."""
    found = FRACTION.match(text, start)
    if found is None or (before == "a" and A_TIME_AND.search(text, max(0, start - 20), start)):
        return None
    end, count = found.end(), (found["count"] or "").lower()
    if not FRACTION_OF.match(text, end):
        bounded = before in BOUNDING
        if count and not (bounded or (count not in ("a", "an", "one") and found.group().endswith("s"))):
            return None
        if not count and not (HALF_DOES.match(text, end) or (bounded and HALF_GOES_ON.match(text, end))):
            return None
    share = 100 * PARTS[(found["part"] or "half").lower()] * SMALL.get(count or "one", 1.0)
    return Numeral(Span(*found.span()), share, share, share, "fraction")


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
