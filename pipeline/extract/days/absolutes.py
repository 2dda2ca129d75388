"""Reads matches that name a date by themselves: months, years, weekdays, quarters, seasons.

None where they only look so: "May" the verb, "April" Smith, Office "2016", the "Sun".
Relative dates are in `relatives`.
"""

from __future__ import annotations

import re

from pipeline.extract.days import holidays
from pipeline.extract.days.calendar_grammar import (
    CLASSES,
    MONTHS,
    ORDINALS,
    SEASONS,
    WEEKDAY,
    WEEKDAYS,
    Expression,
    count,
    month,
    number,
    part,
    spanned,
    which,
)
from pipeline.extract.numbers.noun_phrases import NOUNS
from pipeline.extract.numbers.units import COUNTED
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span

BEFORE_MONTH, PRODUCTS = CLASSES["before a month"], CLASSES["product"]
COUNTED_BY_YEAR = CLASSES["measured"] | CLASSES["of a product"]
# Months that are words or names as well
AMBIGUOUS = frozenset({"may", "march", "april", "june", "august"})
NAMED_AFTER = frozenset({"Times", "Mail", "Mirror", "Night", "Telegraph", "Herald"})
HOLIDAYS = {name.replace("'", ""): name for name in holidays.NAMES}  # by the name without its apostrophe
# Monday [through Friday]
OFFICE_HOURS = re.compile(rf"(?: (?:through|thru|to|until) | ?[-–] ?){WEEKDAY}")
IDENTIFIER = re.compile(r"[A-Z]{2}[–—]$")  # CVE–[2018]–17456
QUOTES = ('"', "“", "”")  # the pin “2017”
# 2048[-bit], 2016[.1], 2015[%]
RUNS_ON = re.compile(r"[%/_@]|[-.,:][0-9]|-[a-z]")


def calendar(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A month with what its words give of day, year and part."""
    name = match["month"] or match["month2"]
    year = number(match["year"]) or (2000 + int(match["shortyear"]) if match["shortyear"] else None)
    day = number(match["day"] or match["dayfirst"])
    if match["weekday"] and not day:
        return None
    if not (day or year or match["whichyear"] or match["part"] or _is_month(document, index, name)):
        return None
    return Expression(
        spanned(match), "calendar", year=year, month=month(name), day=day,
        day2=number(match["day2"] or match["dayfirst2"]),
        part=part(match["part"]), which=which(match["whichyear"]),
    )  # fmt: skip


def _is_month(document: Document, index: int, name: str) -> bool:
    """Whether a bare month word is one: not "May I", "April Smith", "Women's March", "Jan Koum"."""
    bare = name.rstrip(".").lower()
    before = document.lower[index - 1] if index else ""
    after = document.words[index + 1] if index + 1 < len(document.words) else ""
    if len(bare) <= 4 and bare not in ("may", "june", "july"):
        return name.endswith(".") and before in BEFORE_MONTH
    if bare not in AMBIGUOUS:
        return True
    if before in (",", "and", "or") and index > 1 and document.lower[index - 2] in MONTHS:
        return True  # in March, April and May
    if before not in BEFORE_MONTH:
        return False
    if bare == "may" and before in ("and", "or", "as", "than") and after[:1].islower():
        return False
    return not (after[:1].isupper() and before in ("and", "by", "of", "to", "or", "than", "is", "was"))


def years(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A year, two, a decade, or a part of a year."""
    text = document.text
    start, end = match.span()
    if start and (text[start - 1] in "-/.$£€#_@&=" or text[start - 1].isalnum()):
        return None
    if IDENTIFIER.search(text, max(0, start - 5), start) or (
        text[start - 1 : start] in QUOTES and text[end : end + 1] in QUOTES
    ):
        return None
    if RUNS_ON.match(text, end):
        return None
    year = int(match["year"])
    if match["decade"] and year % 10:  # 2022's worst hacks
        return Expression(Span(start, end - len(match["decade"])), "calendar", year=year, part=part(match["part"]))
    if match["decade"]:
        return Expression(spanned(match), "decade", year=year, part=part(match["part"]))
    if not match["part"] and not _is_year(document, index):
        return None
    second = match["year2"]
    year2 = (int(second) if len(second) == 4 else year // 100 * 100 + int(second)) if second else None
    if year2 is not None and year2 <= year:
        return None
    return Expression(spanned(match), "calendar", year=year, year2=year2, part=part(match["part"]))


def _is_year(document: Document, index: int) -> bool:
    """Whether bare digits are a year: not "2016 lines", "Office 2016", "2000 users"."""
    lower = document.lower
    before = lower[index - 1] if index else ""
    after = lower[index + 1] if index + 1 < len(lower) else ""
    if before in ("$", "£", "€", "#") or after in COUNTED_BY_YEAR or _names_product(document, index):
        return False
    counted = NOUNS.get(after) in COUNTED and after.endswith(("s", "people", "staff", "men", "women", "children"))
    return not counted or before in ("in", "since", "during", "by", "the")


def _names_product(document: Document, index: int) -> bool:
    """Whether the number at `index` is a product's: "Office 2016", "Windows Server 2008, 2012 and 2022"."""
    for back in range(index - 1, max(-1, index - 9), -1):
        word = document.lower[back]
        if word in PRODUCTS:
            return True
        if word not in (",", "and", "or", "/", "r", "(") and not (word[0].isdigit() and back < index - 1):
            return False
    return False


def numeric(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A date in digits; of 3/4/2017 the month is first, where that can be."""
    if match.start() and document.text[match.start() - 1] in "/-._=":
        return None
    if match["year"]:
        return Expression(
            spanned(match), "calendar", year=int(match["year"]), month=int(match["month"]), day=int(match["day"])
        )
    first, second, last = int(match["first"]), int(match["second"]), int(match["last"])
    if match["mark"] != "/" and last < 100 and not (match["mark"] == "-" and len(match.group()) == 8):
        return None  # a version: 1.2.10
    months, day = (second, first) if first > 12 or match["mark"] == "." else (first, second)
    if not (1 <= months <= 12 and 1 <= day <= 31):
        return None
    return Expression(spanned(match), "calendar", year=last if last > 99 else 2000 + last, month=months, day=day)


def quarter(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A quarter or half by its letter: "Q3 2018"."""
    letter, ordinal = match["letter"] or match["letter2"], int(match["number"] or match["number2"])
    year = number(match["year"] or match["yearfirst"])
    if letter == "H" and (ordinal > 2 or not year):
        return None
    unit = "quarter" if letter == "Q" else "half"
    return Expression(
        spanned(match), "period", year=year, unit=unit, count=ordinal, count2=1, which=which(match["which"])
    )


def period(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A numbered part of a year or month: "the first three months of 2014"."""
    year, name = number(match["year"] or match["monthyear"]), month(match["month"])
    pointing = which(match["which"]) or ("" if year or name else "this")
    ordinal = ORDINALS[match["ordinal"].lower()]
    return Expression(
        spanned(match), "period", year=year, month=name, unit=match["unit"].lower(), count=ordinal,
        count2=count(match["count"]), which=pointing,
    )  # fmt: skip


def season(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A season that a year or a pointing word fixes; "over the summer" is the latest."""
    pointing = match["which"] or match["whichyear"]
    before = document.lower[index - 1] if index else ""
    if not (
        pointing or match["year"] or (document.lower[index] == "the" and before in ("over", "during", "in", "since"))
    ):
        return None
    return Expression(
        spanned(match), "season", year=number(match["year"]), month=SEASONS[match["season"].lower()],
        which=which(pointing), unit="year" if match["whichyear"] else "", part=part(match["part"]),
    )  # fmt: skip


def weekday(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A day of the week that means one day: not the paper, the office hours, "a Saturday night", "12 May (Friday)"."""
    name, text, (start, end) = match["weekday"], document.text, match.span()
    before = document.lower[index - 1] if index else ""
    earlier = document.lower[index - 2] if index > 1 else ""
    after = document.words[index + 1] if index + 1 < len(document.words) else ""
    if len(name) <= 5 or before in CLASSES["makes no day"] or after in NAMED_AFTER:
        return None
    if before == "a" and (not after[:1].islower() or after in CLASSES["of any day"]):
        return None
    if before == "the" and after[:1].isupper() and after.lower() not in MONTHS:
        return None  # the Monday Club
    if OFFICE_HOURS.match(text, end) or (before in ("through", "thru", "to", "-", "–") and earlier in WEEKDAYS):
        return None
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and (earlier in MONTHS or earlier.isdigit()):
        return None
    return Expression(
        spanned(match), "weekday", weekday=WEEKDAYS[name.lower()], which="that" if before == "that" else ""
    )


def holiday(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """A day that the calendar names: "Christmas Eve", "Good Friday 2017"."""
    written = " ".join(match["name"].replace("’", "").replace("'", "").split())
    pointing = match["which"] or match["whichyear"] or ""
    return Expression(spanned(match), "holiday", year=number(match["year"]), which=pointing, unit=HOLIDAYS[written])


def patch_tuesday(document: Document, index: int, match: re.Match[str]) -> Expression | None:
    """Microsoft's Patch Tuesday, where its words or a preposition make it a day."""
    before = document.lower[index - 1] if index else ""
    if not (match["which"] or match["month"] or before in ("on", "by", "until", "before", "since", "after")):
        return None
    return Expression(
        spanned(match), "patch", month=month(match["month"]), year=number(match["year"]), which=which(match["which"])
    )
