"""How calendar expressions are written: their words, their patterns, and the record of their parts.

Each pattern stands under an example. When a match is none after all ("May I"), and what days one names, are
decided elsewhere (`absolutes`, `relatives`; `anchors`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.days import holidays
from pipeline.extract.text import lexicon
from pipeline.extract.text.findings import Span

CLASSES = lexicon.classes("calendar")


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as read: its form and whatever parts of a date its words give."""

    span: Span
    form: str  # calendar decade weekday named shifted window ago beside period season patch holiday vague
    year: int | None = None
    year2: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    weekday: int | None = None
    part: str = ""  # early mid late start end "first half" "second half"; earlier later
    which: str = ""  # last this next previous following same; ago later earlier after prior
    unit: str = ""
    count: float | None = None
    count2: float | None = None
    qualifier: tuple[str, ...] = ()  # the two words before it


def _numbered(*names: str, start: int = 1) -> dict[str, int]:
    return {name: number for number, alike in enumerate(names, start) for name in alike.split()}


MONTHS = _numbered(
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS_IN_FULL = frozenset(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))
WEEKDAYS = _numbered(
    "monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat",
    "sunday sun", start=0,
)  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}  # the month in which each begins
COUNTS = _numbered(
    "zero", "one a an", "two couple", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", start=0,
)  # fmt: skip
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "final": -1,
}
NAMED = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
UNITS = ("day", "week", "month", "year", "decade", "weekend", "quarter", "hour", "fortnight")

S = r"[ \u00a0\n]{1,3}"
END = r"(?!\w)"
TO = r"(?:-|–|to|and|through|or)"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?!\w)\.?"
)
WEEKDAY = (
    r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)(?!\w)"
    r"|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?=[.,]))"
)
YEAR = r"(?:19[6-9][0-9]|20[0-3][0-9])(?!\w)"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:][0-9]|-[a-z])"
PART = (
    rf"(?:early|mid|late|(?:the{S})?(?:very{S})?"
    rf"(?:end|beginning|start|middle|close|latter{S}(?:part|half)|(?:first|second){S}half){S}of)"
)
COUNT = rf"(?:[0-9]{{1,3}}|couple{S}of|{'|'.join(sorted(COUNTS, key=len, reverse=True))}|few|several|many|some)"
UNIT = rf"(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})"

# 2017-03-14 | 2017/03/14 | 10/24/2018 | 24.10.2018 | 03-13-17
NUMERIC = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<stroke>[/-])(?P<month>[01][0-9])(?P=stroke)(?P<day>[0-3][0-9])(?![0-9/-])"
    r"|(?P<first>[0-3]?[0-9])(?P<mark>[/.-])(?P<second>[0-3]?[0-9])(?P=mark)(?P<last>(?:19|20)?[0-9]{2})"
    r"(?![\w/-]|\.[0-9])"
)
# late November | mid-May | 14-Mar-2017 | Tuesday, Oct. 24, 2017 | 24th of October | Oct. 24-28 | 3 and 8 of May
CALENDAR = re.compile(
    rf"""(?:(?P<part>(?i:{PART}))(?:-|{S}|{S}in{S}))?
    (?:(?P<weekday>{WEEKDAY})\.?,?{S}(?:the{S})?)?
    (?: (?P<month>{MONTH})
        (?: (?:{S}(?:the{S})?|(?<=\.)) (?P<day>{DAY})
            (?:[ ]?{TO}[ ]?(?P<day2>{DAY})(?!{S}(?:{MONTH}|[a-z]{{3,}}s{END})))? )?
      | (?P<dayfirst>{DAY}) (?:[ ]?{TO}(?:{S})?(?P<dayfirst2>{DAY}))? (?:{S}(?:of{S})?|-) (?P<month2>{MONTH}) )
    (?: (?:,?{S}(?:of{S})?\[?|-)(?P<year>{YEAR})
      | {S}(?:of{S})?[’'](?P<shortyear>[0-9]{{2}}){END}
      | ,?{S}(?P<whichyear>(?:of{S})?(?:last|this|next|(?:the{S})?(?:previous|same|following)|that){S}year){END} )?""",
    re.VERBOSE,
)
# 2016 | late 2014 | the end of 2016 | mid-2016 | 2015-16 | the early 1990s
YEARS = re.compile(
    rf"""(?: (?:the{S})?(?P<part>{PART})(?:-|{S}|{S}in{S}) )? (?P<year>(?:19[6-9]|20[0-3])[0-9])
    (?: (?P<decade>['’]?s) | [ ]?[-–/][ ]?(?P<year2>(?:20)?[0-4][0-9])(?![\w-]) )?{END}""",
    re.VERBOSE | re.IGNORECASE,
)
# Q3 2018 | 2017 Q2 | H1 2018
QUARTER = re.compile(
    rf"""(?P<letter>[QH])(?P<number>[1-4])
    (?: (?:,?[ ])?(?:of{S})?(?:FY(?:{S})?)?(?P<year>{YEAR}) | (?:{S}of)?{S}(?P<which>last|this){S}year )?{END}
      | (?P<yearfirst>{YEAR})[ ](?P<letter2>[QH])(?P<number2>[1-4]){END}""",
    re.VERBOSE,
)
# the third quarter of 2018 | the first half of 2018 | the first three months of 2014 | the first week of May 2017
PERIOD = re.compile(
    rf"""(?:the{S})? (?P<ordinal>{"|".join(ORDINALS)}){S} (?:(?P<count>{COUNT}){S})?
    (?P<unit>quarter|half|weekend|week|day|month)s?{S}(?:of|in){S}(?:the{S})?
    (?: (?P<month>{MONTH})(?:,?{S}(?P<monthyear>{YEAR}))? | (?P<year>{YEAR})
      | (?:(?P<which>last|this|next|current){S})?year{END} )""",
    re.VERBOSE | re.IGNORECASE,
)
# the summer of 2016 | summer 2016 | last fall | this winter | spring last year
SEASON = re.compile(
    rf"""(?:the{S})? (?:(?P<part>early|mid|late)(?:-|{S}))? (?:(?P<which>last|this{S}past|this|next|past){S})?
    (?P<season>{"|".join(SEASONS)})
    (?: {S}(?:of{S}|in{S})?(?P<year>{YEAR}) | {S}(?:of{S})?(?P<whichyear>last|this|next){S}year )?{END}""",
    re.VERBOSE | re.IGNORECASE,
)
# last year | late last month | the start of the year | the previous year | next Tuesday | last May | this past Sunday
SHIFTED = re.compile(
    rf"""(?:(?P<part>early|earlier|later|late|mid|(?:the{S})?(?:end|beginning|start|middle){S}of|so{S}far){S})?
    (?:the{S})? (?P<which>this{S}past|last|this|next|past|previous|prior|coming|current|following|preceding|same|the){S}
    (?: (?P<unit>year|month|weekend|week|quarter|decade|day|night|evening|morning|afternoon)
      | (?P<month>{MONTH})(?:{S}(?P<year>{YEAR}))?(?!{S}{DAY}) | (?P<weekday>{WEEKDAY}) )(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
# the past two years | the last couple of years | the coming weeks | the last 24 hours | recent years
WINDOW = re.compile(
    rf"""(?:(?:the|these|this){S})? (?P<which>last|past|previous|preceding|next|coming|recent){S}
    (?: (?P<count>{COUNT})\+? (?:(?:-|–|{S}or{S}|{S}to{S})(?P<count2>{COUNT}))? {S} )?
    (?P<unit>{UNIT})(?P<plural>s?)(?P<half>{S}and{S}a{S}half)?{END}""",
    re.VERBOSE | re.IGNORECASE,
)
# two weeks ago | a day after | ten days later | 10 months ago | 3-4 years ago | years ago | a month before that
AGO = re.compile(
    rf"""(?: (?P<count>{COUNT}) (?: (?:-|–|{S}to{S}|{S}or{S})(?P<count2>{COUNT}) )? {S} (?:(?:full|short|long){S})? )?
    (?P<unit>{UNIT})s? (?:{S}and{S}a{S}half)? {S}
    (?P<direction>ago|later|earlier|before|prior|after|previously){END} (?P<that>{S}(?:that|then){END})?""",
    re.VERBOSE | re.IGNORECASE,
)
# the next day | the very same day | the day before | the week before last | the day before yesterday
BESIDE = re.compile(
    rf"""(?:the{S})?
    (?: (?:very{S})?(?P<which>same|next|following|previous|preceding){S}
        (?P<unit>day|week|month|year|morning|evening|night)
      | (?P<unit2>day|week|month|year){S}(?P<direction>before|after|prior)(?:{S}(?P<last>last|yesterday))? ){END}""",
    re.VERBOSE | re.IGNORECASE,
)
# the weekend
WEEKEND = re.compile(rf"the{S}weekend{END}", re.IGNORECASE)
# earlier today
DAY_NAMED = re.compile(rf"(?:earlier|later|early|late){S}(?P<day>{'|'.join(NAMED)}){END}", re.IGNORECASE)
# Microsoft's: next Patch Tuesday | May 2018 Patch Tuesday
PATCH_TUESDAY = re.compile(
    rf"(?:(?i:(?P<which>next|last|this))(?:{S}[a-z]+)?(?:{S}Microsoft)?{S})?(?:(?P<month>{MONTH})(?:{S}(?P<year>{YEAR}))?{S})?[Pp]atch{S}Tuesday{END}"
)
HOLIDAY_NAME = "|".join(sorted(holidays.NAMES, key=len, reverse=True)).replace(" ", S).replace("'", "['’]?")
# Christmas Eve | Good Friday 2017 | last Thanksgiving ; not "Christmas shopping"
HOLIDAY = re.compile(
    rf"""(?:(?P<which>last|this|next){S})? (?P<name>{HOLIDAY_NAME})
    (?: ,?{S}(?:of{S}|in{S})?(?P<year>{YEAR}) | {S}(?P<whichyear>last|this|next){S}year )?{END}
    (?!{S}(?:and{S}New|holidays?|season|shopping|shoppers|sales?|deals?|part(?:y|ies)|cards?|gifts?|trees?|dinner|break|week)
      {END}|[-’'])""",
    re.VERBOSE,
)
# Thursday
LONE_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY})")


def spanned(match: re.Match[str]) -> Span:
    """The span of a match without what only led on to a next part, nor the stop behind a month written out."""
    text = match.group().rstrip(" \u00a0\n,-–[")
    if text.endswith(".") and re.split("[ -]", text[:-1])[-1].lower() in MONTHS_IN_FULL:
        text = text[:-1]
    return Span(match.start(), match.start() + len(text))


def number(text: str | None) -> int | None:
    """The number that digits begin with ("24th"); None for no digits."""
    return int(text.rstrip("stndrh")) if text else None


def count(text: str | None) -> float | None:
    """How many units a word gives: 1 for no word, None for a vague one ("few", "several").

    >>> count("two"), count("24"), count(None), count("several")
    (2.0, 24.0, 1.0, None)
    """
    if not text:
        return 1.0
    if text[0] in "0123456789":
        return float(text)
    value = COUNTS.get(text.lower().split()[0])
    return None if value is None else float(value)


def month(name: str | None) -> int | None:
    """The month from 1 to 12 of "Nov." or "November"."""
    return MONTHS[name.rstrip(".").lower()] if name else None


def part(text: str | None) -> str:
    """The part of a period in one word: "the end of" is "end", "beginning of" "start", "so far" "earlier"."""
    words = [word for word in (text or "").lower().replace("-", " ").split() if word not in ("the", "of", "in", "very")]
    if not words:
        return ""
    if words[-1] == "half" or words[0] == "latter":
        return "first half" if words[0] == "first" else "second half"
    return {"beginning": "start", "close": "end", "middle": "mid", "so": "earlier"}.get(words[0], words[0])


def which(text: str | None) -> str:
    """The word that points: "last" of "of last year"."""
    return next((word for word in (text or "").lower().split() if word not in ("of", "the", "year")), "")
