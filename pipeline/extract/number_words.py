"""Numbers in words: the values of words, and the grammar of number phrases from "two" to "hundreds of thousands".

A phrase is tried where a word of `OPENERS` stands; its value comes with its bounds. Digits are in `numerals`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extract.findings import Numeral, Span

SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}
# The least that a bare plural can mean: twice its unit.
PLURALS = {f"{word}s": 2 * value for word, value in SCALES.items()} | {"tens": 20.0, "scores": 40.0}
BYTE_PLURALS = {"kilobytes": 2e3, "megabytes": 2e6, "gigabytes": 2e9, "terabytes": 2e12, "petabytes": 2e15}
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10}
NOT_BEFORE_BYTES = frozenset([*SCALES, *SMALL, *TENS, "of", "the", "these", "those", "in", "half", "few"])
TIMES = ("minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century")

DIGITS_1_TO_9 = tuple(SMALL)[1:10]
# Words at which a number phrase may begin; "a" only before one of AFTER_A.
OPENERS = frozenset(
    [*SMALL, *TENS, *(f"{ten}-{one}" for ten in TENS for one in DIGITS_1_TO_9)]
    + [f"{n}-{part}{s}" for n in ("one", "two", "three", "four") for part in PARTS for s in ("", "s")]
    + [*PLURALS, *BYTE_PLURALS]
    + "half half-million half-billion half-dozen several multiple few couple".split()
)
AFTER_A = frozenset([*SCALES, *PARTS, *TIMES, "few", "couple"])
ARTICLES = frozenset({"a", "an"})
# What makes "a month" a number: "more than a month", "about an hour"
BOUNDING = frozenset("than over about nearly almost least around approximately roughly under to".split())


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
# half a million | a quarter of a million | three quarters of a billion | half-dozen
PART_OF_SCALE = re.compile(
    rf"(?P<part>half|(?:an?|one|three){GAP}(?:quarters?|third)){GAP}(?:of{GAP})?(?:a{GAP})?(?P<scale>{SCALE})", re.IGNORECASE
)
# dozens | tens of thousands | hundreds if not thousands | terabytes of
PLURAL = re.compile(
    rf"""(?: (?P<plural>tens(?={GAP}of)|scores(?={GAP}of)|{_any(set(PLURALS) - {"tens", "scores"})}){END}
        (?: {GAP}of{GAP}(?P<of>hundreds|thousands|lakhs|millions|crores|billions|trillions){END} )?
        (?: ,?{GAP}(?:if{GAP}not|or{GAP}even|or|and){GAP}(?:(?:tens|hundreds|thousands){GAP}of{GAP})?(?:{_any(PLURALS)}){END} )?
      | (?P<bytes>{_any(BYTE_PLURALS)})(?={GAP}of) )""",
    re.VERBOSE | re.IGNORECASE,
)
# several hundred | a few dozen | a few hundred thousand | a couple of thousand | several terabytes
SEVERAL = re.compile(
    rf"""(?:a{GAP})?(?:several|multiple|few|couple(?:{GAP}of)?){GAP}
    (?: (?P<scale>{_any(SCALES)})s?{END}(?:{GAP}(?P<more>{SCALE}))? | (?P<bytes>{_any(BYTE_PLURALS)}){END} )""",
    re.VERBOSE | re.IGNORECASE,
)
# one in five | one in every three | one out of every ten | nine times out of 10
RATIO = re.compile(
    rf"""(?P<share>[0-9]{{1,2}}|{_any(tuple(SMALL)[1:11])})
    (?: (?:{GAP}out)?{GAP}(?:in|of){GAP}(?P<every>every|each) | {GAP}(?P<in>in) | (?P<times>{GAP}times)?{GAP}out{GAP}of(?:{GAP}every)? ){GAP}
    (?P<whole>[0-9]{{1,5}}|{BELOW_100}|an?{GAP}(?:hundred|thousand|million))(?![\w%]|[.,:/][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
# two-thirds of | a third of | three quarters | nearly half | half of
FRACTION = re.compile(
    rf"""(?: (?P<half>half) | (?P<count>an?|one|two|three|four){GAP}(?P<part>{_any(set(PARTS) - {"half"})})s? ){END}(?!-)""",
    re.VERBOSE | re.IGNORECASE,
)
FRACTION_GOES_ON = re.compile(
    rf"{GAP}of{END}|{GAP}(?:all|the{GAP}(?:\w+{GAP})?(?:people|companies|users|respondents|organi[sz]ations|customers|firms|victims|world|population)){END}",
    re.IGNORECASE,
)
HALF_SUBJECT = re.compile(r" (?:will|would|were|was|are|have|had|said|did|do|ended|going|came|admit|admitted|reported)(?!\w)|[.,;)]")
# six-figure | nine-figure
FIGURES = re.compile(r"(?P<digits>three|four|five|six|seven|eight|nine|ten)[- ]figure(?!\w)", re.IGNORECASE)
# more than [a month]
A_TIME = re.compile(rf"an?(?={GAP}(?:{_any(TIMES)}){END}(?!{GAP}(?:ago|later|earlier|before)))", re.IGNORECASE)
OR_LONGER = re.compile(r" \w+ or (?:longer|more|so)(?!\w)")
# ten to fifteen | two or three
TO = re.compile(rf"(?:{GAP}(?P<word>to|or){GAP}|-to-|[-–])", re.IGNORECASE)


def read(text: str, start: int, before: str) -> Numeral | None:
    """The number phrase at `start`, or None; `before` is the word in front of it, in lower case.

    >>> read("hundreds of thousands of people", 0, "")
    Numeral(span=Span(start=0, end=21), value=None, low=200000.0, high=None, form='plural')
    """
    for reader in (ratio, _figures, _plural, _part_of_scale, _fraction):
        numeral = reader(text, start, before)
        if numeral is not None:
            return numeral
    number = NUMBER.match(text, start)
    if number is not None and number.group().lower().strip() not in ARTICLES:
        return _number(text, number, before)
    alone = A_TIME.match(text, start)
    if alone is not None and (before in BOUNDING or OR_LONGER.match(text, alone.end())):
        return Numeral(Span(*alone.span()), 1.0, 1.0, 1.0, "words")
    return None


def _number(text: str, number: re.Match[str], before: str) -> Numeral:
    """The number, or the range that it begins."""
    value = value_of(number.group())
    joint = TO.match(text, number.end())
    second = NUMBER.match(text, joint.end()) if joint else None
    if joint and second and before != "from":
        high = value_of(second.group())
        scale = SCALES.get(second.group().lower().split()[-1], 1.0)
        low = value * scale if value < 100 <= high else value
        if low < high and (joint["word"] != "or" or high <= 12):
            return Numeral(Span(number.start(), second.end()), None, low, high, "range")
    return Numeral(Span(*number.span()), value, value, value, "words")


def ratio(text: str, start: int, before: str) -> Numeral | None:
    """A share told as "one in five", its value in percent."""
    found = RATIO.match(text, start)
    if found is None:
        return None
    share, whole = value_of(found["share"]), value_of(found["whole"])
    if not 0 < share < whole or (found["in"] and (share > 3 or 1900 < whole < 2100)):
        return None
    if not found["in"] and not found["every"] and not found["times"]:
        if found["share"].isdigit() or found["whole"].isdigit() or whole > 10 or re.match(r"[ \u00a0](?!then|have|had|are|were|said|would|do)[a-z]", text[found.end() :][:6]):
            return None
    percent = 100 * share / whole
    return Numeral(Span(*found.span()), percent, percent, percent, "fraction")


def _figures(text: str, start: int, before: str) -> Numeral | None:
    found = FIGURES.match(text, start)
    if found is None:
        return None
    digits = SMALL[found["digits"].lower()]
    return Numeral(Span(*found.span()), None, 10.0 ** (digits - 1), 10.0**digits - 1, "range")


def _plural(text: str, start: int, before: str) -> Numeral | None:
    found = PLURAL.match(text, start)
    if found:
        if found["bytes"]:
            if before in NOT_BEFORE_BYTES or before[:1].isdigit():
                return None
            return Numeral(Span(*found.span("bytes")), None, BYTE_PLURALS[found["bytes"].lower()], None, "plural")
        low = PLURALS[found["plural"].lower()] * (PLURALS[found["of"].lower()] / 2 if found["of"] else 1.0)
        return Numeral(Span(*found.span()), None, low, None, "plural")
    found = SEVERAL.match(text, start)
    if found is None:
        return None
    if found["bytes"]:
        return Numeral(Span(*found.span()), None, BYTE_PLURALS[found["bytes"].lower()], None, "plural")
    low = 2 * SCALES[found["scale"].lower()] * (SCALES[found["more"].lower()] if found["more"] else 1.0)
    return Numeral(Span(*found.span()), None, low, None, "plural")


def _part_of_scale(text: str, start: int, before: str) -> Numeral | None:
    found = PART_OF_SCALE.match(text, start)
    if found is None:
        return None
    words = re.findall(r"[a-z]+", found["part"].lower())
    value = PARTS[words[-1].removesuffix("s")] * (3 if words[0] == "three" else 1) * SCALES[found["scale"].lower()]
    return Numeral(Span(*found.span()), value, value, value, "words")


def _fraction(text: str, start: int, before: str) -> Numeral | None:
    found = FRACTION.match(text, start)
    if found is None:
        return None
    bounded = before in BOUNDING
    if not FRACTION_GOES_ON.match(text, found.end()):
        if found["half"] and not (HALF_SUBJECT.match(text, found.end()) or (bounded and re.match(r" (?!the|an?|price|as|way|that|what)[a-z]", text[found.end() : found.end() + 8]))):
            return None
        if found["part"] and not (bounded or (found["count"].lower() in ("two", "three", "four") and found.group().endswith("s"))):
            return None
    share = 100 * PARTS[(found["part"] or "half").lower()] * SMALL.get((found["count"] or "one").lower(), 1.0)
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
    words = re.findall(r"[a-z]+", phrase.lower())
    for position, word in enumerate(words):
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
