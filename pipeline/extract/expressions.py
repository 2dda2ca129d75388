"""Calendar expressions: where the text says when. `anchors` makes them days.

Quotes carry no preposition and no time of day ("2016", "late last month", "November and December 2022").
Durations ("for two months") and times of day are no dates; "recently" is none either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document import Document
from pipeline.extract.findings import Span

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu", "friday fri", "saturday sat", "sunday sun"))
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}  # the month in which each begins
COUNTS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split())}  # fmt: skip
COUNTS |= {"a": 1, "an": 1, "couple": 2, "couple of": 2, "thirty": 30}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": -1, "final": -1}

DIGIT = frozenset("0123456789")
S = r"[ \u00a0\n]{1,3}"
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)(?![\w])\.?"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)(?:day|DAY)|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?=[.,]))(?!\w)"
YEAR = r"(?:19[6-9][0-9]|20[0-3][0-9])(?![0-9\w])"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,][0-9]|-[a-z])"
PART = rf"(?:early|mid|late|(?:the{S})?(?:very{S})?(?:end|beginning|start|middle|close|latter{S}(?:part|half)|first{S}half|second{S}half){S}of)"
WHICH_YEAR = rf"(?:of{S})?(?:last|this|next|the{S}(?:previous|same|following|next)|that|same){S}year(?!\w)"
COUNT = rf"(?:[0-9]{{1,3}}|{'|'.join(sorted((word.replace(' ', S) for word in COUNTS), key=len, reverse=True))}|few|several|many|some)"
UNIT = r"(?:day|week|month|year|decade|weekend|quarter|hour|fortnight)"

# 2017-03-14 | 10/24/2018 | 24.10.2018
NUMERIC = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![0-9-])"
    r"|(?P<first>[0-3]?[0-9])(?P<mark>[/.-])(?P<second>[0-3]?[0-9])(?P=mark)(?P<last>(?:19|20)?[0-9]{2})(?![\w/-]|\.[0-9])"
)
# late November | mid-May | Tuesday, Oct. 24, 2017 | 24th of October | Oct. 24-28 | 15 and 19 of October | January this year
CALENDAR = re.compile(
    rf"""(?:(?P<part>{PART}|(?:Early|Mid|Late|The|End|Beginning|Start)(?:(?<=The){S}(?:end|beginning|start|middle){S}of|(?<!The){S}of)?)(?:-|{S}|{S}in{S}))?
    (?:(?P<weekday>{WEEKDAY})\.?,?{S}(?:the{S})?)?
    (?:
        (?P<month>{MONTH}) (?: (?:{S}(?:the{S})?|(?<=\.)) (?P<day>{DAY}) (?:[ ]?(?:-|–|to|and|through|or)[ ]?(?P<day2>{DAY})(?!{S}(?:{MONTH}|[a-z]{{3,}}s(?!\w))))? )?
      | (?P<dayfirst>{DAY}) (?:[ ]?(?:-|–|to|and|through){S}?(?P<dayfirst2>{DAY}))? {S} (?:of{S})?(?P<month2>{MONTH})
    )
    (?: ,?{S}(?:of{S})?\[?(?P<year>{YEAR}) | {S}(?:of{S})?[’'](?P<shortyear>[0-9]{{2}})(?!\w) | ,?{S}(?P<whichyear>{WHICH_YEAR}) )?
    """,
    re.VERBOSE,
)
# 2016 | late 2014 | the end of 2016 | mid-2016 | 2015-16 | the early 1990s
YEARS = re.compile(
    rf"""(?:the{S})?(?:(?P<part>{PART})(?:-|{S}|{S}in{S}))?(?P<year>(?:19[6-9]|20[0-3])[0-9])(?:(?P<decade>['’]?s)|[ ]?[-–/][ ]?(?P<year2>(?:20)?[0-4][0-9])(?![\w-]))?(?![\w])""",
    re.VERBOSE | re.IGNORECASE,
)
# Q3 2018 | the third quarter of 2018 | 2017 Q2 | the first half of 2018 | the first three months of 2016 | the first week of May
QUARTER = re.compile(
    rf"""(?:
        (?P<qh>[QH])(?P<qnumber>[1-4])(?:[,\ ]{{1,2}}(?:of{S})?(?:FY{S}?)?(?P<qyear>{YEAR})|(?:{S}of)?{S}(?P<qwhich>last|this){S}year)?(?!\w)
      | (?P<yearfirst>{YEAR})[ ](?P<qh2>[QH])(?P<qnumber2>[1-4])(?!\w)
      | (?:the{S})?(?P<ordinal>first|second|third|fourth|last|final|1st|2nd|3rd|4th){S}(?:(?P<ocount>{COUNT}){S})?(?P<period>quarter|half|weeks?|weekend|days?|months?)
        {S}(?:of|in){S}(?:the{S})?(?:(?P<omonth>{MONTH})(?:,?{S}(?P<omonthyear>{YEAR}))?|(?P<oyear>{YEAR})|(?P<owhich>last|this|next|the|current){S}year|year(?!\w))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# the summer of 2016 | summer 2016 | last fall | this winter | late spring
SEASON = re.compile(
    rf"""(?:the{S})?(?:(?P<part>early|mid|late)(?:-|{S}))?(?:(?P<which>last|this|next|this{S}past|past){S})?(?P<season>spring|summer|fall|autumn|winter)
    (?:{S}(?:of{S}|in{S})?(?P<year>{YEAR})|{S}(?:of{S})?(?P<whichyear>last|this|next){S}year)?(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# last year | late last month | earlier this week | the previous year | next Tuesday | last May | this past Sunday
SHIFTED = re.compile(
    rf"""(?:(?P<part>(?:early|earlier|later|late|mid|(?:the{S})?(?:end|beginning|start|middle){S}of|so{S}far|back)){S})?
    (?:the{S})?(?P<which>last|this{S}past|this|next|past|previous|prior|coming|current|following|preceding|same|final)(?:{S}calendar)?{S}
    (?:(?P<unit>year|month|week|weekend|quarter|decade|day|night|evening|morning|afternoon)|(?P<month>{MONTH})(?:{S}(?P<year>{YEAR}))?|(?P<weekday>{WEEKDAY}))(?!\w|-)
    (?P<time>{S}(?:night|evening|morning|afternoon)(?!\w))?""",
    re.VERBOSE | re.IGNORECASE,
)
# the past two years | the last five years | the last couple of years | the coming weeks | the last 24 hours | recent years
WINDOW = re.compile(
    rf"""(?:(?:the|these|this){S})?(?P<which>last|past|previous|preceding|next|coming|recent){S}
    (?:(?P<count>{COUNT})\+?(?:(?:[-–]|{S}or{S}|{S}to{S})(?P<count2>[0-9]{{1,2}}|{"|".join(list(COUNTS)[2:13])}))?{S})?(?:or{S}so{S}|calendar{S}|full{S})?(?P<unit>{UNIT})(?P<plural>s?)(?P<half>{S}and{S}a{S}half)?(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# two weeks ago | a day after | ten days later | more than 10 months ago | 3-4 years ago | years ago
AGO = re.compile(
    rf"""(?:(?P<count>{COUNT})(?:{S}(?:of{S})?|-)(?:(?:or|to|and){S}(?:a{S}half{S})?(?P<count2>{COUNT})?{S}?|[-–]?(?P<count3>[0-9]{{1,2}}){S})?(?:full{S}|short{S}|business{S})?)?(?P<unit>{UNIT})s?(?:{S}and{S}a{S}half)?{S}
    (?P<direction>ago|later|earlier|before|prior|after|previously|afterwards?)(?!\w)(?P<that>{S}(?:that|then)(?!\w))?""",
    re.VERBOSE | re.IGNORECASE,
)
AGO_DIGITS = re.compile(
    rf"(?P<count>[0-9]{{1,3}})(?:-|–|{S}to{S}|{S}or{S})?(?P<count3>[0-9]{{1,2}})?{S}(?P<unit>{UNIT})s?{S}(?P<direction>ago|later|earlier|before|prior|after|previously)(?!\w)(?P<that>{S}(?:that|then)(?!\w))?",
    re.IGNORECASE,
)
# the same day | the next day | the following month | the day before | the week before last | the day before yesterday
BESIDE = re.compile(
    rf"(?:the{S})?(?:(?P<which>same|next|following|previous|very{S}next|very{S}same|preceding){S}(?P<unit>day|week|month|year|morning|evening|night)|(?P<unit2>day|week|month|year){S}(?P<direction>before|after|prior)(?P<last>{S}last|{S}yesterday)?)(?!\w)",
    re.IGNORECASE,
)
NAMED = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0,
}  # fmt: skip
EARLIER_TODAY = re.compile(rf"(?:earlier|later|early|late){S}(?P<day>today|yesterday|tomorrow)(?!\w)", re.IGNORECASE)
WEEKEND = re.compile(rf"(?:the|over{S}the){S}(?:holiday{S})?weekend(?!\w)", re.IGNORECASE)
PATCH_TUESDAY = re.compile(rf"(?:(?P<which>next|last|this)(?:{S}[a-z]+)?(?:{S}Microsoft)?{S})?(?:(?P<month>{MONTH})(?:{S}(?P<year>{YEAR}))?{S})?[Pp]atch{S}Tuesday(?!\w)")


LONE_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY})")


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as read: its form and whatever parts of a date its words give."""

    span: Span
    form: str  # calendar weekday named shifted window ago beside quarter season vague weekend patch
    year: int | None = None
    year2: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    weekday: int | None = None
    part: str = ""
    which: str = ""  # last this next ...
    unit: str = ""
    count: float | None = None
    count2: float | None = None


# today's market, today's world: the present, no day
OF_THE_TIME = frozenset("market world environment age society most increasingly digital modern threat cyber connected landscape technology businesses companies organizations internet standards".split())
THE_NEXT = frozenset(
    "end beginning start middle close last past previous next coming first second third fourth final same day week month year "
    "weekend following preceding summer winter spring fall autumn early late mid latter prior current very holiday "
    "1st 2nd 3rd 4th 1990s 2000s 2010s 1980s".split()
)
A_NEXT = frozenset("day week month year decade few couple fortnight quarter".split())
OPENERS: dict[str, tuple[re.Pattern[str], ...]] = {}
for _word in MONTHS:
    OPENERS[_word] = (PATCH_TUESDAY, CALENDAR)
    OPENERS[f"mid-{_word}"] = (CALENDAR,)
    OPENERS[f"early-{_word}"] = OPENERS[f"late-{_word}"] = (CALENDAR,)
for _word in WEEKDAYS:
    OPENERS[_word] = (CALENDAR, LONE_WEEKDAY)
for _word in "early mid late end beginning start middle".split():
    OPENERS[_word] = (EARLIER_TODAY, CALENDAR, SHIFTED, SEASON, YEARS, QUARTER)
for _word in "earlier later so".split():
    OPENERS[_word] = (EARLIER_TODAY, SHIFTED)
for _word in "last past this next previous coming recent prior preceding following current these same final".split():
    OPENERS[_word] = (PATCH_TUESDAY, SEASON, QUARTER, WINDOW, SHIFTED, BESIDE)
for _word in "first second third fourth q1 q2 q3 q4 h1 h2 q h".split():
    OPENERS[_word] = (QUARTER,)
for _word in SEASONS:
    OPENERS[_word] = (SEASON,)
for _word in COUNTS:
    OPENERS.setdefault(_word, (AGO,))
for _word in "few several many some days weeks months years decades day week month year".split():
    OPENERS[_word] = (AGO,)
OPENERS["day"] = OPENERS["week"] = OPENERS["month"] = OPENERS["year"] = (BESIDE, AGO)
OPENERS["patch"] = (PATCH_TUESDAY,)
for _word in (*MONTHS, *WEEKDAYS, *SEASONS):  # Monday's attack
    OPENERS[f"{_word}'s"] = OPENERS[f"{_word}’s"] = OPENERS[_word]
NAMED |= {f"{_word}{mark}s": days for _word, days in NAMED.items() for mark in "'’"}
THE = (WEEKEND, QUARTER, WINDOW, SHIFTED, SEASON, BESIDE, CALENDAR, YEARS)
DIGITS_FIRST = (NUMERIC, QUARTER, CALENDAR, YEARS, AGO_DIGITS)


def find(document: Document) -> list[Expression]:
    """The calendar expressions, unresolved."""
    text, lower, tokens = document.text, document.lower, document.tokens
    found: list[Expression] = []
    end, last = 0, len(lower) - 1
    for index, word in enumerate(lower):
        if word[0] in DIGIT:
            patterns = DIGITS_FIRST
        elif word == "the":
            if index == last or lower[index + 1] not in THE_NEXT:
                continue
            patterns = THE
        elif word == "a" or word == "an":
            if index == last or lower[index + 1] not in A_NEXT:
                continue
            patterns = (AGO,)
        elif word in NAMED:
            start, stop = tokens[index]
            if start >= end and not document.words[index].isupper():  # not the paper: USA TODAY
                end = stop - 2 if word[-1] == "s" else stop
                if word[-1] == "s" and index < last and lower[index + 1] in OF_THE_TIME:
                    continue
                found.append(Expression(Span(start, end), "named", count=NAMED[word]))
            continue
        else:
            maybe = OPENERS.get(word)
            if maybe is None:
                continue
            patterns = maybe
        start = tokens[index].start
        if start < end:
            continue
        for pattern in patterns:
            match = pattern.match(text, start)
            if match:
                expression = READERS[pattern](document, index, match)
                if expression is not None:
                    found.append(expression)
                    end = expression.span.end
                    break
    return found


FULL_MONTHS = tuple(f"{month}." for month in "January February March April May June July August September October November December".split())


def _span(match: re.Match[str]) -> Span:
    start, end = match.span()
    text = match.group().rstrip(" \u00a0\n,-–[")
    if text.endswith(FULL_MONTHS):
        text = text[:-1]
    return Span(start, start + len(text))


def _number(text: str | None) -> int | None:
    return int(re.match(r"[0-9]+", text).group()) if text and text[0] in DIGIT else None  # type: ignore[union-attr]


def _count(text: str | None) -> float | None:
    """The number of units that a word gives; None for "few", "several"."""
    if not text:
        return 1
    if text[0] in DIGIT:
        return float(text)
    return COUNTS.get(re.sub(r"\s+", " ", text.lower()))


def _part(text: str | None) -> str:
    """early, mid, late, start, end, first half ... in one word; empty for none."""
    words = (text or "").lower().replace("-", " ").split()
    words = [w for w in words if w not in ("the", "of", "in", "very")]
    if not words:
        return ""
    return {"earlier": "earlier", "beginning": "start", "close": "end", "middle": "mid", "latter": "second half", "later": "later",
            "first": "first half", "second": "second half", "so": "earlier"}.get(words[0], words[0])  # fmt: skip


PREPOSITIONS = frozenset(
    "in on of since by until till last this from between and through early mid late during to before after around about next a the "
    "end beginning start past throughout for each every or than is was dated circa back only as".split()
)
AMBIGUOUS = frozenset("may march mar april apr june august jan dec sun sat mon fri wed sep oct nov feb aug jun jul jan. mar.".split())


def _calendar(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    name = match["month"] or match["month2"]
    word = name.rstrip(".").lower()
    year = _number(match["year"]) or (2000 + int(match["shortyear"]) if match["shortyear"] else None)
    day = _number(match["day"] or match["dayfirst"])
    if not (day or year or match["whichyear"] or match["part"]) and not _is_month(document, match, name):
        return None
    return Expression(
        _span(match), "calendar", year=year, month=MONTHS[word], day=day, day2=_number(match["day2"] or match["dayfirst2"]),
        part=_part(match["part"]), which=_which(match["whichyear"]),
    )  # fmt: skip


def _which(text: str | None) -> str:
    words = (text or "").lower().split()
    return next((w for w in words if w in ("last", "this", "next", "previous", "same", "following", "that")), "")


def _is_month(document: Document, match: re.Match[str], name: str) -> bool:
    """Whether a bare month word is one: not "May I", "April Smith", "Women's March"."""
    bare = name.rstrip(".")
    if bare.lower() not in AMBIGUOUS:
        return True
    index = document.token_index(match.start())
    before = document.lower[index - 1] if index else ""
    after = document.words[index + 1] if index + 1 < len(document.words) else ""
    if len(bare) <= 4 and bare.lower() not in ("may", "june"):
        return name.endswith(".") and before in PREPOSITIONS
    if before not in PREPOSITIONS:
        return False
    if bare in ("May", "MAY") and before in ("", "and", "or", "as", "than", "a", "the") and after[:1].islower() and before not in ("a", "the"):
        return False
    return not (after[:1].isupper() and before in ("", "and", "by", "of", "to", "or", "than", "is", "was"))


def _weekday(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    return None


def _years(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    text = document.text
    start, end = match.span()
    year = int(match["year"])
    if start and (text[start - 1] in "-/.$£€#_@&=" or text[start - 1].isalnum()):
        return None
    after = text[end : end + 2]
    if after[:1] == "-" and after[1:].islower():
        return None
    if after[:1] in "%/_@" and after[:1] or (after[:1] in "-.,:" and after[:1] and after[1:2].isdigit()):
        return None
    if match["decade"]:
        return Expression(_span(match), "decade", year=year, part=_part(match["part"]))
    if not match["part"] and not _is_year(document, index, match):
        return None
    second = match["year2"]
    year2 = (int(second) if len(second) == 4 else year // 100 * 100 + int(second)) if second else None
    if year2 is not None and year2 <= year:
        return None
    return Expression(_span(match), "calendar", year=year, year2=year2, part=_part(match["part"]))


PRODUCTS = frozenset(
    "windows server office word excel outlook powerpoint sharepoint exchange studio visio project autocad sql dynamics iso "
    "version flash acrobat reader creative suite kb port rfc pdf ie room suite build".split()
)
YEAR_BEFORE = frozenset("in since during by from until till late early mid of for through before after to and year early".split())
COUNTED = frozenset(
    "users people customers records accounts computers devices employees patients servers companies websites sites emails passwords "
    "dollars pounds euros bitcoins files pages documents times students members victims machines credentials cards stores words".split()
)


def _names_product(document: Document, index: int) -> bool:
    """Whether the number at `index` is a product's: "Office 2016", "Windows Server 2012, 2016 and 2019"."""
    for back in range(index - 1, max(-1, index - 9), -1):
        word = document.lower[back]
        if word in PRODUCTS:
            return True
        if not (word in (",", "and", "or", "/", "r") or (word[0] in DIGIT and back < index - 1)):
            return False
    return False


def _is_year(document: Document, index: int, match: re.Match[str]) -> bool:
    before = document.lower[index - 1] if index else ""
    after = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    if before in ("$", "£", "€", "#") or _names_product(document, index):
        return False
    if after in COUNTED and before not in ("in", "since", "during", "by"):
        return False
    return not (after in ("percent", "%", "per", "million", "billion", "hours", "miles", "bytes", "gb", "mb", "lines"))


def _numeric(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    if match.start() and document.text[match.start() - 1] in "/-._=":
        return None
    if match["year"]:
        return Expression(_span(match), "calendar", year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))
    first, second, last = int(match["first"]), int(match["second"]), int(match["last"])
    if match["mark"] != "/" and len(match["last"]) != 4 and not (match["mark"] == "-" and len(match.group()) == 8):
        return None
    year = last if last > 99 else 2000 + last
    month, day = (second, first) if first > 12 or match["mark"] == "." else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Expression(_span(match), "calendar", year=year, month=month, day=day)


def _quarter(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    letter = (match["qh"] or match["qh2"] or "").upper()
    if letter:
        which = _which(match["qwhich"])
        year = _number(match["qyear"] or match["yearfirst"])
        number = int(match["qnumber"] or match["qnumber2"])
        if letter == "H" and (number > 2 or not year):
            return None
        return Expression(_span(match), "quarter", year=year, unit="quarter" if letter == "Q" else "half", count=number, which=which)
    unit = match["period"].lower().rstrip("s")
    count = _count(match["ocount"])
    return Expression(
        _span(match), "quarter", year=_number(match["oyear"] or match["omonthyear"]), month=_month(match["omonth"]), unit=unit,
        count=ORDINALS.get(match["ordinal"].lower(), 1), count2=count, which=_which(match["owhich"]) or ("" if match["oyear"] or match["omonth"] else "this"),
    )  # fmt: skip


def _month(name: str | None) -> int | None:
    return MONTHS[name.rstrip(".").lower()] if name else None


def _season(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    which = (match["which"] or match["whichyear"] or "").lower()
    season = match["season"].lower()
    if not which and not match["year"]:
        return None
    return Expression(_span(match), "season", year=_number(match["year"]), month=SEASONS[season], which=which.split()[0] if which else "",
                      unit="ofyear" if match["whichyear"] else "", part=_part(match["part"]))  # fmt: skip


def _shifted(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    which = " ".join(match["which"].lower().split())
    name, weekday = match["month"], match["weekday"]
    unit = (match["unit"] or "").lower()
    if name and not name[0].isupper():
        return None
    if weekday and not weekday[0].isupper():
        return None
    if which in ("past", "current", "coming", "final", "same", "following") and not unit and which not in ("past", "coming"):
        return None
    if unit == "day" and which in ("this", "final", "current", "past"):
        return None
    if unit == "day" and which in ("last",):
        return None
    if which == "final" or (which == "next" and unit == "day"):
        return Expression(_span(match), "beside", which="next", unit="day") if unit == "day" and which == "next" else None
    span = _span(match)
    time = match["time"]
    if time:
        span = Span(span.start, span.end - len(time.rstrip()) if time == time.rstrip() else match.start("time"))
        span = Span(match.start(), match.start("time"))
    if name:
        return Expression(span, "calendar", year=_number(match["year"]), month=_month(name), which=which, part=_part(match["part"]), unit="month")
    if weekday:
        return Expression(span, "weekday", weekday=WEEKDAYS[weekday.lower()], which=which)
    if which in ("same", "following", "previous", "preceding", "prior"):
        return Expression(span, "beside", which={"prior": "previous", "preceding": "previous"}.get(which, which), unit=unit if unit in ("year", "month", "week") else "day") if unit != "decade" else None
    return Expression(span, "shifted", which=which, unit=unit, part=_part(match["part"]))


BEFORE_WINDOW = frozenset("in over for during within the of from these throughout since".split())


def _window(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    which = match["which"].lower()
    plural, count = match["plural"], match["count"]
    unit = match["unit"].lower()
    lead = document.lower[index]
    if not plural and not count:
        # "the past year", and "within the last year", are counted back from the day; "last year" and "this past week" are not
        if unit in ("weekend", "quarter") or which not in ("past", "last") or lead != "the":
            return None
        if which == "last" and (index == 0 or document.lower[index - 1] not in ("within", "over", "in", "during", "throughout")):
            return None
    elif lead in ("last", "next") and unit != "hour" and (index == 0 or document.lower[index - 1] not in BEFORE_WINDOW):
        return None  # "alerts last 90 days"
    if unit == "hour":
        return Expression(_span(match), "window", which=which, unit=unit, count=_count(count)) if count and _count(count) else None
    if which == "recent" or (plural and not count) or (count and _count(count) is None):
        return Expression(_span(match), "vague", which=which if count else "recent")
    number = _count(match["count2"] or count)
    if match["half"]:
        number = (number or 1) + 0.5
    return Expression(_span(match), "window", which=which, unit=match["unit"].lower(), count=number)


def _ago(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    count = groups["count"]
    direction = match["direction"].lower()
    before = document.lower[max(0, index - 2) : index]
    if direction == "ago":
        if not count or _count(count) is None:
            return Expression(_span(match), "vague", which="ago")
    elif not count or _count(count) is None or match["unit"].lower() in ("hour", "weekend"):
        return None
    elif direction in ("before", "after", "prior") and not match["that"]:
        # "a day after X" dates by what came before; "more than eight months after", "for two days before" are durations
        if direction == "before" or (before and before[-1] in ("for", "than", "least", "just", "only", "over", "lasted", "lasts", "took", "about") and (_count(count) or 0) > 1):
            return None
    second = groups.get("count2") or groups.get("count3")
    part = " ".join(before)
    return Expression(_span(match), "ago", which=direction, unit=match["unit"].lower(), count=_count(count),
                      count2=_count(second) if second else None, part=part)  # fmt: skip


def _beside(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    if match["which"]:
        which = match["which"].lower().split()[-1]
        unit = match["unit"].lower()
        return Expression(_span(match), "beside", which=which, unit="day" if unit in ("morning", "evening", "night") else unit)
    last = (match["last"] or "").strip().lower()
    which = match["direction"].lower() + (" " + last if last else "")
    if not last and document.lower[index] != "the":
        return None
    return Expression(_span(match), "beside", which=which, unit=match["unit2"].lower())


def _weekend(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    return Expression(_span(match), "shifted", which="last", unit="weekend")


def _today(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    return Expression(_span(match), "named", count=NAMED[match["day"].lower()])


def _patch(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    if not match["which"] and not match["month"] and (index == 0 or document.lower[index - 1] not in ("on", "by", "until", "before", "since", "after")):
        return None
    return Expression(_span(match), "patch", month=_month(match["month"]), year=_number(match["year"]), which=(match["which"] or "").lower())


READERS = {CALENDAR: _calendar, YEARS: _years, NUMERIC: _numeric, QUARTER: _quarter, SEASON: _season, SHIFTED: _shifted, WINDOW: _window,
           AGO: _ago, AGO_DIGITS: _ago, BESIDE: _beside, WEEKEND: _weekend, EARLIER_TODAY: _today, PATCH_TUESDAY: _patch}  # fmt: skip


PARTS_OF_DAY = frozenset("night morning afternoon evening in when that or and to".split())
OFFICE_HOURS = re.compile(rf"(?: (?:through|thru|to|until) |[ ]?[-–][ ]?){WEEKDAY}")


def _lone_weekday(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    name = match["weekday"]
    before = document.lower[index - 1] if index else ""
    after = document.words[index + 1] if index + 1 < len(document.words) else ""
    if len(name) <= 5 or before in ("patch", "black", "cyber", "good", "super", "update"):
        return None
    if before in ("one", "each", "every", "any") or after in ("Times", "Mail", "Mirror", "Night", "Telegraph", "Herald"):
        return None
    if before == "a" and (not after[:1].islower() or after in PARTS_OF_DAY):
        return None  # "on a Saturday night"
    text = document.text
    if OFFICE_HOURS.match(text, match.end()) or (before in ("through", "to", "thru", "-", "–") and index > 1 and document.lower[index - 2] in WEEKDAYS):
        return None
    if text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")" and index > 1 and (document.lower[index - 2] in MONTHS or document.lower[index - 2].isdigit()):
        return None  # "on 12 May (Friday)"

    return Expression(_span(match), "weekday", weekday=WEEKDAYS[name.lower()], which="that" if before == "that" else "")


READERS[LONE_WEEKDAY] = _lone_weekday
