"""Numbers as news writes them, before anything says what they count.

Ranges and fractions are read as one number. A number glued to letters, or inside a version, an IP address,
a time or a slash-date, is none. What a number counts, and its qualifier, are not decided here.
"""

from __future__ import annotations

import re
from itertools import compress

from pipeline.extract.numbers import money, number_phrases
from pipeline.extract.numbers.number_words import AFTER_A, ARTICLES, GAP, OPENERS, SCALE, SCALES
from pipeline.extract.numbers.shares import AFTER_SHARE, ratio
from pipeline.extract.text.document import Document, Remembered
from pipeline.extract.text.findings import Numeral, Span

DIGIT = frozenset("0123456789")
STARTS = OPENERS | ARTICLES
NARROW = str.maketrans("", "", ", \u00a0\u2009\u202f")

DIGITS = r"""(?:
    [0-9]{1,3} (?:,[0-9]{2,3}){0,5} ,[0-9]{3} (?![0-9]|,[0-9]) (?:\.[0-9]{1,6}(?![0-9]))?   # 92,283,889 | 2,30,000
  | [0-9]{1,3} (?:\.[0-9]{3}){2,5} (?![0-9]|\.[0-9])                                        # 1.000.000
  | [0-9]{1,3} (?:[\u00a0\u2009\u202f][0-9]{3}){1,5} (?![0-9])                              # 12 500 with a narrow space
  | [0-9]{1,3} (?:\ 000){1,3} (?![0-9])                                                     # 17 000
  | (?<=[$€£R]) [0-9]{1,3} (?:\ [0-9]{3}){1,3} (?![0-9]|\ [0-9])                             # €12 500
  | [0-9]{1,15} (?:\.[0-9]{1,8})? (?![0-9])                                                 # 10000 | 4.75
  | \.[0-9]{1,8} (?![0-9])                                                                  # .8
)"""
SHORT = {"mn": 1e6, "mln": 1e6, "mil": 1e6, "mm": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12,
         "k": 1e3, "g": 1e3, "m": 1e6, "b": 1e9}  # fmt: skip
HALVES = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8}
# 2.3m | $5B | 1.2 bn | 2.3 million | 5 hundred thousand | 40-million | 2½ million | 1-1/2
NUMBER = re.compile(
    rf"""(?P<digits>{DIGITS}) (?P<part>[ ]?[{"".join(HALVES)}]|[ -](?:1/[2348]|3/[48]|2/3)(?![\w/]))?
    (?: [ ]?(?P<short>mn|mln|bn|bln|tn|trn|Mn|Bn|Tn|MN|BN)(?!\w) | (?P<letter>[kKmMbBG]|MM|mil)(?!\w)
      | (?P<scales>{GAP}?(?i:{SCALE})(?:{GAP}(?i:{SCALE}))?) )?""",
    re.VERBOSE,
)
# Units that are written against the digits: 9GB | 90% | 24hrs | 10x faster
GLUED_UNIT = re.compile(
    r"(?:USD|EUR|GBP|[KMGTP]i?[Bb]|[kmgt]b|[KMGT]Bs|hrs?|h|mins?|bytes?|bits?|ms|km|mph|p|pc|pct|BTC|btc|ETH|XMR)(?!\w)"
    r"|[xX] (?:faster|slower|more|higher|larger|bigger|better|cheaper|the|as|increase|growth|since)(?!\w)|x(?=[.,;)])"
)
# it gave $50 to 100 [users]: no range
TAKERS = re.compile(r" (?:people|staff|men|women|(?!millions|billions|dollars)[a-z]{3,}s)(?!\w)")
OF_100, SIGN = r" ?(?:%|percent|per cent)", r"[A-Z]{0,3}[$£€₹]"  # 40 [percent] | 5 to [US$]6
PERCENT = re.compile(OF_100)
# 10-15 million | 10,000 to 15,000 | $10m-$15m | 50% to 60% : what stands between the two ends
TO = re.compile(rf"(?:{OF_100})?(?:-to-| ?(?:--|[-–—]) ?| to (?:about |around )?)(?:{SIGN})?")
# between 10,000 and 15,000
AND = re.compile(rf"(?:{OF_100})? and (?:about |around |as (?:many|much) as )?(?:{SIGN})?")
# 5 or 6 | 10 or 15
OR = re.compile(r" or (?=(?:1?[0-9]|20)(?![0-9]|[.,][0-9]))")
# versions 4.x | 163.com
IN_A_NAME = re.compile(r"\.(?:[xX]|(?:com|net|org|cn|io|ru|info)(?!\w))")
# R500 | R1.5m | R12 500, but not Windows Server 2008 R2
RAND = re.compile(r"[0-9][0-9.,]{2}|[0-9]{1,2} [0-9]{3}(?![0-9])")
FIGURES = re.compile(r"[4-9]-figure(?!\w)")  # an 8-figure sum
# out of 10: the scale of a score
OUT_OF = re.compile(r" out of (?:a possible )?[0-9]{1,3}(?:\.0)?(?!\w|[.,][0-9]| [a-z]+s )")
# 7[/55] detection: so many of the engines that looked
DETECTED = re.compile(r"/[4-7][0-9](?= (?:detection|AV|anti|engines|vendors|scanners|on VirusTotal|hits))")
SIGNS = frozenset("$£€₹")
BEFORE_DIGITS = frozenset(" \n\t\u00a0([{\"'“‘’”«$£€¥₹₩₽₦₱~±>+<≈≥≤*;—–")


def find(document: Document) -> tuple[Numeral, ...]:
    """Every number of the text in order, none overlapping another."""
    text, lower, tokens = document.text, document.lower, document.tokens
    found: list[Numeral] = []
    end = 0
    for index in compress(range(len(lower)), map(MAY_OPEN.__getitem__, lower)):
        word = lower[index]
        start = tokens[index].start
        after = lower[index + 1] if index + 1 < len(lower) else ""
        if start < end or (word in ARTICLES and not MAY_FOLLOW_A[after]):
            continue
        before = lower[index - 1] if index else ""
        numeral = (_digits if word[0] in DIGIT else number_phrases.read)(text, start, before, after)
        if numeral is not None:
            found.append(numeral)
            end = numeral.span.end
    return tuple(found)


def _may_open(word: str) -> bool:
    """Whether a number may begin at a word in lower case: "12", "a", "twenty-five"."""
    return word in STARTS or word[0] in DIGIT or ("-" in word and word.partition("-")[0] in OPENERS)


MAY_OPEN = Remembered(_may_open)


def _may_follow_a(word: str) -> bool:
    """Whether "a" may begin a number before a word in lower case: "a million", "a billion-dollar fine"."""
    return word in AFTER_A or ("-" in word and word.partition("-")[0] in SCALES)


MAY_FOLLOW_A = Remembered(_may_follow_a)


def _digits(text: str, start: int, before: str, after: str) -> Numeral | None:
    """The number, range or share that begins with the digits at `start`, or None."""
    if start > 1 and text[start - 1] == "." and text[start - 2] in " ($":
        start -= 1  # .8 bitcoin
    elif not _stands_free(text, start):
        return None
    shared = after in AFTER_SHARE or (after == "-" and text.startswith("-in-", start + 1))  # 1-in-5
    if shared and (share := ratio(text, start)):
        return share
    if after == "-" and (sum_of := FIGURES.match(text, start)):
        least = 10.0 ** (int(text[start]) - 1)
        return Numeral(Span(*sum_of.span()), None, least, 10 * least - 1, "range")
    number = NUMBER.match(text, start)
    if number and (detected := DETECTED.match(text, number.end())):
        value = float(number["digits"])
        return Numeral(Span(start, detected.end()), value, value, value, "mixed")
    if number is None or not _ends_free(text, number.end(), number.end("digits")) or _is_address(number["digits"]):
        return None
    if number["letter"] == "G" and text[start - 1] != "$":
        return None  # a 5G phone, but "$10G"
    value = _value(number)
    ranged = _range(text, number, value, before)
    if ranged is not None:
        return ranged
    end = number.end()
    if text[end : end + 1] == "-" and text[end + 1 : end + 2] in DIGIT and end < len(text) - 1:
        return None  # a score or a telephone number: "3-2", "555-1234"
    out_of = OUT_OF.match(text, end)
    if out_of:
        end = out_of.end()
    plain = number.end() == number.end("digits")
    return Numeral(Span(start, end), value, value, value, "digits" if plain else "mixed")


def _stands_free(text: str, start: int) -> bool:
    """Whether digits at `start` begin a number: "v1803", "SHA-1", "UTC+8" and "/2017/" do not."""
    if not start or text[start - 1] in BEFORE_DIGITS:
        return not (start > 1 and text[start - 1] == "+" and text[start - 2].isalnum())
    if text[start - 1] in "-,:":
        return start > 1 and text[start - 2] in " \n-" and text[start - 1] == "-"
    if text[start - 1] == "." and text[start - 2] == "c" and not text[max(0, start - 3) : start - 2].isalnum():
        return True  # c.300 staff
    if text[start - 1] == "R" and not RAND.match(text, start):
        return False  # Windows Server 2008 R2
    return money.before(text, start) is not None  # Rs500


def _ends_free(text: str, end: int, digits_end: int) -> bool:
    """Whether a number may end at `end`: not inside "10.0.0.1", "5:50", "10/24", "2games"."""
    after = text[end : end + 1]
    if not after:
        return True
    if after == "." and IN_A_NAME.match(text, end):
        return False
    if after.isalnum() or after == "_":
        return GLUED_UNIT.match(text, end) is not None
    if after in ".:/," and text[end + 1 : end + 2] in DIGIT and end + 1 < len(text):
        return after == "," and end > digits_end
    return True


def _is_address(digits: str) -> bool:
    """Whether four groups of digits are an IP address: 188.120.239.230, but not 1.000.000.000."""
    groups = digits.split(".")
    return len(groups) == 4 and groups[-1] != "000" and all(int(group) < 256 for group in groups)


def _value(number: re.Match[str]) -> float:
    digits = number["digits"].translate(NARROW)
    value = float(digits.replace(".", "") if digits.count(".") > 1 else digits)
    return (value + _part(number)) * _factor(number)


def _part(number: re.Match[str]) -> float:
    """The fraction behind the digits: "2½", "1-1/2"."""
    part = (number["part"] or "").strip(" -")
    if "/" in part:
        return int(part[0]) / int(part[2])
    return HALVES.get(part, 0.0)


def _factor(number: re.Match[str]) -> float:
    short = number["short"] or number["letter"]
    if short:
        return SHORT[short.lower()]
    factor = 1.0
    for word in re.findall(r"[a-z]+", (number["scales"] or "").lower()):
        factor *= SCALES[word]
    return factor


def _range(text: str, first: re.Match[str], low: float, before: str) -> Numeral | None:
    """The range that begins at `first`, if one does: "10-15 million", "between 10,000 and 15,000", "$5m to $6m"."""
    start, end = first.span()
    lead = text[max(0, start - 14) : start].lower().rstrip(" $£€₹usac")
    joint = TO.match(text, end)
    if (
        joint
        and "to" in joint.group()
        and before in ("from", "$")
        and lead.endswith("from")
        and not lead.endswith(("ging from", "last from", "ange from", "anges from", "anged from", "varies from"))
    ):
        joint = None  # "rose from 10 to 15"
    if joint is None and lead.endswith("between"):
        joint = AND.match(text, end)
    if joint is None and low < 20 and first.end() == first.end("digits"):
        joint = OR.match(text, end)
    second = NUMBER.match(text, joint.end()) if joint else None
    if joint is None or second is None or not _ends_free(text, second.end(), second.end("digits")):
        return None
    if "-" in joint.group() and (
        text[second.end() : second.end() + 1] == "-" and text[second.end() + 1 : second.end() + 2] in DIGIT
    ):
        return None  # 800-555-1234
    if len(first.group()) == 3 and len(second.group()) == 4 and joint.group() == "-":
        return None  # 555-1234
    if PERCENT.match(joint.group()) and not PERCENT.match(text, second.end()):
        return None  # it rose 40 percent to 1,093
    if joint.group() == " to " and text[start - 1] in SIGNS and TAKERS.match(text, second.end()):
        return None  # it gave $50 to 100 users
    if joint.group()[-1] in SIGNS and text[start - 1] not in SIGNS:
        return None  # it fell 3 per cent to $41.50
    high = _value(second)
    if _factor(first) == 1.0 and low < 1000:
        dashed = joint.group() in ("-", "–", "—") and second["digits"].endswith(",000") and low * 1000 < high
        low *= 1000.0 if dashed else _factor(second)  # 30-40,000 people
    if low >= high:
        return None
    return Numeral(Span(start, second.end()), None, low, high, "range")
