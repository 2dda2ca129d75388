"""Numbers as news writes them, in digits or words, before anything says what they count.

Ranges and fractions are read as one number. A number glued to letters, or inside a version, an IP address,
a time or a slash-date, is none. What a number counts, and its qualifier, are not decided here.
"""

from __future__ import annotations

import re

from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral, Span

SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10.0 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9,
    "trillion": 1e12, "mn": 1e6, "mln": 1e6, "mil": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12,
    "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "ten": 10.0, "score": 20.0,
}  # fmt: skip
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "sixth": 1 / 6, "eighth": 1 / 8, "tenth": 1 / 10}

DIGIT = frozenset("0123456789")
ARTICLE_NEXT = frozenset("dozen hundred thousand million billion trillion few couple quarter third half fifth tenth".split())
WORD_START = frozenset(
    [*SMALL, *TENS, *(f"{ten}-{one}" for ten in TENS for one in list(SMALL)[1:10])]
    + [f"{n}-{p}{s}" for n in ("one", "two", "three", "four") for p in PARTS for s in ("", "s")]
    + "half half-million half-billion half-dozen dozens scores tens hundreds thousands millions billions trillions".split()
    + "lakhs crores several few couple dozen hundred thousand million billion".split()
)

GAP = r"(?:[ \u00a0\u2009\u202f]{1,2}|-|\n)"
BELOW_100 = rf"(?:(?:{'|'.join(TENS)})(?:(?:-|\ )(?:{'|'.join(list(SMALL)[1:10])})(?![\w-]))?|(?:{'|'.join(sorted(SMALL, key=len, reverse=True))}))"
SCALE = r"(?:dozen|hundred|thousand|lakh|million|crore|billion|trillion)(?!\w)"
# Letters that follow digits at once ("2.3m", "$5B") or after a space ("1.2 bn"); "5 m" are metres.
SUFFIX = r"(?:(?:mn|mln|mil|bn|bln|tn|trn|[kKmMbB]|MM|Mn|Bn|BN|MN|[lL]akh|[cC]rore|[tT](?=rillion))(?!\w)|\ (?:mn|mln|bn|bln|tn|trn)(?!\w))"
DIGITS = r"""(?:
    [0-9]{1,3} (?:,[0-9]{2,3}){0,5} ,[0-9]{3} (?![0-9]|,[0-9]) (?:\.[0-9]{1,6}(?![0-9]))?   # 92,283,889  2,30,000
  | [0-9]{1,3} (?:\.[0-9]{3}){2,5} (?![0-9]|\.[0-9])                                        # 1.000.000
  | [0-9]{1,3} (?:[\u00a0\u2009\u202f][0-9]{3}){1,5} (?![0-9])                              # 12 500 with a narrow space
  | [0-9]{1,3} (?:\ 000){1,3} (?![0-9])                                                     # 3 000 000
  | [0-9]{1,15} (?:\.[0-9]{1,8})? (?![0-9])                                                 # 4.75  10000
)"""

# 2.3 million | 5 hundred thousand | 1.2bn | 40-million
DIGIT_NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})(?:(?P<suffix>{SUFFIX})|(?P<scales>(?:{GAP}(?i:{SCALE})){{1,2}}))?", re.VERBOSE
)
# one hundred and forty-three thousand | two and a half million | half a million | a dozen | three quarters of a million
WORD_NUMBER = re.compile(
    rf"""(?:
    (?P<part>half|(?:a|one|three)[ -]quarters?|(?:a|one)[ -]third) (?:{GAP}of)? (?:{GAP}an?)? {GAP} (?P<partscale>{SCALE})
  | (?P<number>
      (?: {BELOW_100} | an? (?=\s(?:{SCALE})) ) (?![\w])
      (?P<andhalf> {GAP}and{GAP}a{GAP}(?:half|quarter)(?!\w) )?
      (?: (?:{GAP}{SCALE})+
          (?: (?:{GAP}and)? {GAP} {BELOW_100} (?!\w) (?:{GAP}{SCALE})+ ){{0,4}}
          (?: (?:{GAP}and)? {GAP} {BELOW_100} (?![\w-]) )?
          (?P<laterhalf> {GAP}and{GAP}a{GAP}(?:half|quarter)(?!\w) )?
      )?
    )
  | (?P<bare>dozen|hundred|thousand|million|billion)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# dozens | tens of thousands | hundreds if not thousands | several hundred | a few dozen
PLURAL = re.compile(
    rf"""(?:
    (?:an?\s)? (?P<several>several|few|couple(?:{GAP}of)?) (?:{GAP}(?P<severalscale>{SCALE}s?(?!\w)|(?:hundreds|thousands|dozens|millions|billions)))
        (?P<severalmore>{GAP}(?:{SCALE}))?
  | (?P<plural>tens|dozens|scores|hundreds|thousands|lakhs|millions|crores|billions|trillions)
    (?: {GAP}(?:of|and){GAP}(?P<of>hundreds|thousands|lakhs|millions|crores|billions|trillions))?
    (?: {GAP}(?:if{GAP}not|or{GAP}even|or|,{GAP}if{GAP}not){GAP}(?:tens{GAP}of{GAP}|hundreds{GAP}of{GAP})?(?:hundreds|thousands|millions|billions|trillions))?
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# one in five | 1 in every 3 | one out of every ten | nine times out of 10
RATIO = re.compile(
    rf"""(?P<a>[0-9]{{1,2}}|{"|".join(list(SMALL)[1:11])})
    (?: {GAP}(?:in|of){GAP}every | {GAP}in | {GAP}out{GAP}of{GAP}every | (?P<times>{GAP}times){GAP}out{GAP}of(?:{GAP}every)? ){GAP}
    (?P<b>[0-9]{{1,5}}|{BELOW_100}|a{GAP}(?:hundred|thousand|million))(?![\w]|[.,:][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
# half of | more than half the | two-thirds | a third of | three quarters
FRACTION = re.compile(
    rf"""(?:
    (?P<half>half) (?={GAP}(?:of|the|all|a{GAP}of)(?!\w)|[.,;)])
  | (?:an?|(?P<count>one|two|three|four)) (?:{GAP}) (?P<part>third|quarter|fifth|sixth|eighth|tenth)s?(?!\w)
    (?: (?={GAP}of(?!\w)) | (?<=s)(?={GAP}of|{GAP}[a-z]|[.,;)]) )
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# 10-15 million | 10,000 to 15,000 | $10m-$15m : what stands between the two ends
TO = re.compile(r"(?:\ ?[-–—]\ ?|\ to\ |\ or\ (?=[0-9])|-to-)(?:[A-Z]{0,3}[$£€₹])?", re.VERBOSE)
# between 10,000 and 15,000
BETWEEN = re.compile(r"\ and\ (?:about\ |around\ |as\ (?:many|much)\ as\ )?(?:[A-Z]{0,3}[$£€₹])?", re.VERBOSE)
# six-figure | nine-figure
FIGURES = re.compile(r"(?P<n>three|four|five|six|seven|eight|nine|ten)[- ]figure(?!\w)", re.IGNORECASE)
# A currency that may be glued before digits: US$5, Rs500, R1.5m, EUR20
GLUED = re.compile(r"(?:US|CA|AU|NZ|HK|[CASR])?\$|Rs\.?|INR|USD|EUR|GBP|AUD|CAD|CHF|SEK|RM|R|[£€¥₹~>+<≈]")
BAD_LEFT = frozenset("#/@_&=\\%^")
MILLIONS = {"dozens": 24.0, "scores": 40.0, "tens": 20.0, "hundreds": 2e2, "thousands": 2e3, "lakhs": 2e5, "millions": 2e6, "crores": 2e7,
            "billions": 2e9, "trillions": 2e12}  # fmt: skip


def find(document: Document) -> tuple[Numeral, ...]:
    """Every number of the text in order, none overlapping another."""
    text, lower, tokens = document.text, document.lower, document.tokens
    found: list[Numeral] = []
    end = 0
    last = len(lower) - 1
    for index, word in enumerate(lower):
        if word[0] in DIGIT:
            start = tokens[index].start
            if start < end or not _free(text, start):
                continue
            numeral = _digits(text, start, tokens[index].end)
        elif word in WORD_START or (word in ("a", "an") and index < last and lower[index + 1] in ARTICLE_NEXT):
            start = tokens[index].start
            numeral = _words(text, start) if start >= end else None
        elif "-" in word and word.partition("-")[0] in WORD_START:
            start = tokens[index].start
            numeral = _words(text, start) if start >= end else None
        else:
            continue
        if numeral is None:
            continue
        numeral = _joined(text, found, numeral)
        found.append(numeral)
        end = numeral.span.end
    return tuple(found)


def _free(text: str, start: int) -> bool:
    """Whether digits at `start` begin a number: not glued to letters ("v1803", "SHA-1") or to other digits' marks."""
    if not start:
        return True
    before = text[start - 1]
    if before == " " or before == "\n":
        return True
    if before in BAD_LEFT:
        return False
    if before.isalnum() or before == ".":
        window = text[max(0, start - 4) : start]
        glued = GLUED.search(window)
        while glued and glued.end() != len(window):
            glued = GLUED.search(window, glued.start() + 1)
        return glued is not None and not text[max(0, start - len(glued.group()) - 1) : start - len(glued.group())].isalnum()
    if before in "-–—.,:" and start > 1:
        return before in "—–" or not text[start - 2].isalnum()
    return True


def _digits(text: str, start: int, token_end: int) -> Numeral | None:
    ratio = RATIO.match(text, start)
    if ratio and (found := _ratio(ratio)):
        return found
    number = DIGIT_NUMBER.match(text, start)
    if number is None:
        return None
    end = number.end()
    after = text[end : end + 1]
    if after.isalpha() or after == "_":
        if not UNIT_GLUED.match(text, end):
            return None
    elif after and after in ".:/-,–" and text[end + 1 : end + 2] in DIGIT and text[end + 1 : end + 2]:
        if after in "./:" or (after == "," and number.end("digits") == end):
            return None
        if after == "-" and text.count("-", start, token_end) > 1:
            return None
    value = _digit_value(number)
    low = _range_start(text, number, value)
    if low is not None:
        return low
    if after and after in "-" and text[end + 1 : end + 2] in DIGIT:
        return None  # a score or a telephone number: "3-2", "555-1234"
    form = "mixed" if number["suffix"] or number["scales"] else "digits"
    return Numeral(Span(start, end), value, value, value, form)


# Units that are written against the digits: 9GB, 90%, 24hrs
UNIT_GLUED = re.compile(r"(?:[KMGTP]i?[Bb]|[kmgt]b|hrs?|h|min|mins|s|bits?|bytes?|ms|km|mph|p|pc|pct|BTC|btc|ETH|XMR)(?![\w])")


def _digit_value(number: re.Match[str]) -> float:
    digits = number["digits"]
    dots = digits.count(".")
    plain = digits.replace(",", "").replace("\u00a0", "").replace("\u2009", "").replace("\u202f", "").replace(" ", "")
    value = float(plain.replace(".", "") if dots > 1 else plain)
    if number["suffix"]:
        name = number["suffix"].strip().lower()
        return value * (1e6 if name == "mm" else SCALES[name])
    return value * _scale(number["scales"])


def _scale(words: str | None) -> float:
    factor = 1.0
    for word in re.findall(r"[a-z]+", (words or "").lower()):
        factor *= SCALES[word]
    return factor


def _range_start(text: str, first: re.Match[str], low: float) -> Numeral | None:
    """The range that begins at `first`, if one does: "10-15 million", "between 10,000 and 15,000"."""
    start, end = first.span()
    joint = TO.match(text, end)
    before = text[max(0, start - 12) : start].lower().rstrip(" $£€₹us")
    if joint and before.endswith("from") and "to" in joint.group() and not text[max(0, start - 18) : start].lower().startswith("rang", 2):
        joint = None
    if joint is None and before.endswith("between"):
        joint = BETWEEN.match(text, end)
    if joint is None:
        return None
    second = DIGIT_NUMBER.match(text, joint.end())
    if second is None:
        return None
    after = text[second.end() : second.end() + 1]
    if after.isalpha() and not UNIT_GLUED.match(text, second.end()):
        return None
    if after and after in "-/:." and text[second.end() + 1 : second.end() + 2].isdigit():
        return None
    if len(first.group()) == 3 and re.fullmatch(r"[0-9]{4}", second.group()) and "-" in joint.group():
        return None  # 555-1234
    high = _digit_value(second)
    shared = (second["scales"] or second["suffix"]) and not (first["scales"] or first["suffix"])
    if shared and low < 1000:
        low *= high / _plain(second)
    if low >= high:
        return None
    return Numeral(Span(start, second.end()), None, low, high, "range")


def _plain(number: re.Match[str]) -> float:
    return float(number["digits"].replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\u2009", "").replace("\u202f", "")) or 1.0


def _words(text: str, start: int) -> Numeral | None:
    ratio = RATIO.match(text, start)
    if ratio and (found := _ratio(ratio)):
        return found
    figures = FIGURES.match(text, start)
    if figures:
        power = SMALL[figures["n"].lower()]
        return Numeral(Span(*figures.span()), None, 10.0 ** (power - 1), 10.0**power - 1, "range")
    several = PLURAL.match(text, start)
    if several:
        return _plural(several)
    number = WORD_NUMBER.match(text, start)
    fraction = FRACTION.match(text, start)
    if fraction and (number is None or fraction.end() >= number.end()):
        share = 100 * PARTS[(fraction["part"] or "half").lower()] * SMALL.get((fraction["count"] or "one").lower(), 1.0)
        return Numeral(Span(*fraction.span()), share, share, share, "fraction")
    if number is None or number["bare"] or number.group().lower() in ("a", "an"):
        return None
    value = _word_value(number)
    if text[number.end() : number.end() + 4] == " to " or text[number.end() : number.end() + 2] == "-t":
        second = WORD_NUMBER.match(text, number.end() + 4)
        if second and second["number"] and not text[max(0, start - 5) : start].lower().endswith("from "):
            high = _word_value(second)
            scale = second.group().lower().split()[-1]
            low = value * SCALES[scale] if scale in SCALES and value < 100 <= high else value
            if low < high:
                return Numeral(Span(start, second.end()), None, low, high, "range")
    return Numeral(Span(*number.span()), value, value, value, "words")


def _ratio(ratio: re.Match[str]) -> Numeral | None:
    first, second = _small(ratio["a"]), _small(ratio["b"])
    every = "every" in ratio.group().lower() or ratio["times"]
    if not (0 < first < second) or (not every and (first > 9 or second > 1000 or 1900 < second < 2100)):
        return None
    if not every and (first > 1 and second % 10 and second > 10):
        return None
    share = 100 * first / second
    return Numeral(Span(*ratio.span()), share, share, share, "fraction")


def _small(word: str) -> float:
    """The value of digits or of a number word below a hundred, or of "a hundred"."""
    if word[0] in DIGIT:
        return float(word)
    value = 0.0
    for part in re.findall(r"[a-z]+", word.lower()):
        value = SCALES[part] if part in ("hundred", "thousand", "million") else value + SMALL.get(part, TENS.get(part, 0.0))
    return value


def _plural(found: re.Match[str]) -> Numeral:
    if found["several"]:
        scale = found["severalscale"].lower()
        low = 2 * SCALES[scale.removesuffix("s")] * _scale(found["severalmore"])
    else:
        low = MILLIONS[found["plural"].lower()]
        if found["of"] and not re.search(r"\sand\s", found.group()):
            low *= MILLIONS[found["of"].lower()] / 2
    return Numeral(Span(*found.span()), None, low, None, "plural")


def _word_value(number: re.Match[str]) -> float:
    """The value of "one hundred and forty-three thousand", "two and a half million", "half a million"."""
    if number["part"]:
        words = re.findall(r"[a-z]+", number["part"].lower())
        share = PARTS[words[-1].removesuffix("s")] * (3 if words[0] == "three" else 1)
        return share * SCALES[number["partscale"].lower()]
    total = group = 0.0
    words = re.findall(r"[a-z]+", number.group().lower())
    for position, word in enumerate(words):
        if word in SMALL:
            group += SMALL[word]
        elif word in TENS:
            group += TENS[word]
        elif word in ("half", "quarter"):
            scale = SCALES.get(words[position - 3], 1.0) if position > 2 else 1.0
            if scale > 1:
                total, group = total + group, 0.0
            group += PARTS[word] * scale
        elif word in ("a", "an"):
            group = group or (0.0 if position and words[position - 1] == "and" else 1.0)
        elif word in ("hundred", "dozen"):
            group = (group or 1.0) * SCALES[word]
        elif word in SCALES:
            total, group = total + (group or 1.0) * SCALES[word], 0.0
    return total + group


def _joined(text: str, found: list[Numeral], numeral: Numeral) -> Numeral:
    """The numeral, unchanged; a place kept for joining it with the one before."""
    return numeral
