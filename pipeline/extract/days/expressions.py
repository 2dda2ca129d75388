"""Finds the calendar expressions of a text: at each word that can open one, the patterns that it may open.

The patterns are in `calendar_grammar`, what a match says in `absolutes` and `relatives`; its days are counted
in `anchors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import compress
from typing import NamedTuple

from pipeline.extract.days import absolutes, holidays, relatives
from pipeline.extract.days import calendar_grammar as grammar
from pipeline.extract.days.calendar_grammar import CLASSES, COUNTS, MONTHS, NAMED, SEASONS, UNITS, WEEKDAYS, Expression
from pipeline.extract.text.document import Document, Remembered
from pipeline.extract.text.findings import Span


class Form(NamedTuple):
    """A pattern, and what reads its match (None where it is no date after all)."""

    pattern: re.Pattern[str]
    read: Callable[[Document, int, re.Match[str]], Expression | None]


NUMERIC = Form(grammar.NUMERIC, absolutes.numeric)
CALENDAR = Form(grammar.CALENDAR, absolutes.calendar)
YEARS = Form(grammar.YEARS, absolutes.years)
QUARTER = Form(grammar.QUARTER, absolutes.quarter)
PERIOD = Form(grammar.PERIOD, absolutes.period)
SEASON = Form(grammar.SEASON, absolutes.season)
LONE_WEEKDAY = Form(grammar.LONE_WEEKDAY, absolutes.weekday)
PATCH_TUESDAY = Form(grammar.PATCH_TUESDAY, absolutes.patch_tuesday)
HOLIDAY = Form(grammar.HOLIDAY, absolutes.holiday)
SHIFTED = Form(grammar.SHIFTED, relatives.shifted)
WINDOW = Form(grammar.WINDOW, relatives.window)
AGO = Form(grammar.AGO, relatives.ago)
BESIDE = Form(grammar.BESIDE, relatives.beside)
WEEKEND = Form(grammar.WEEKEND, relatives.weekend)
DAY_NAMED = Form(grammar.DAY_NAMED, relatives.named)

DIGIT = frozenset("0123456789")
PLURALS = frozenset(f"{unit}s" for unit in UNITS)
OF_TIME = frozenset([*UNITS, *PLURALS, *MONTHS, *WEEKDAYS, *SEASONS, *COUNTS])
# Of what must follow an opening word, so that most "this" and "one" need no pattern
POINTED = OF_TIME | CLASSES["behind a pointing word"] | frozenset(f"{word}{mark}s" for word in OF_TIME for mark in "'’")
AFTER_THE = POINTED | CLASSES["behind the"]
AFTER_COUNT = PLURALS | frozenset([*UNITS, "of", "and", "or", "to", "full", "short", "long", "few", "couple", "-", "–"])
AFTER_ORDINAL = PLURALS | frozenset([*UNITS, *COUNTS, "half"])
AFTER_UNIT = frozenset({"ago", "later", "earlier", "before", "after", "prior", "previously", "and"})
PARTS = ("early", "mid", "late", "end", "beginning", "start", "middle")
POINTERS = (
    "last", "past", "this", "next", "previous", "coming", "recent", "prior", "preceding", "following", "current",
    "these", "same",
)  # fmt: skip


def _holidays() -> dict[str, frozenset[str] | None]:
    """The words that begin the name of a holiday, and those of which one must follow (None for any)."""
    found: dict[str, set[str]] = {}
    for name in holidays.NAMES:
        for mark in ("'", "’", ""):
            first, *rest = name.lower().replace("'", mark).split()
            found.setdefault(first, set()).update(rest[:1] or [""])
    return {first: None if "" in following else frozenset(following) for first, following in found.items()}


HOLIDAYS = _holidays()


def _openers() -> dict[str, tuple[tuple[Form, ...], frozenset[str] | None]]:
    """The words that can open an expression: the forms to try, and of which words one must follow (None for any)."""
    found: dict[str, tuple[tuple[Form, ...], frozenset[str] | None]] = {}
    for word in PARTS:
        found[word] = ((DAY_NAMED, CALENDAR, SHIFTED, SEASON, YEARS, PERIOD), None)
    for word in ("earlier", "later"):
        found[word] = ((DAY_NAMED, SHIFTED), frozenset([*NAMED, "this", "last", "that", "in", "next"]))
    found["so"] = ((SHIFTED,), frozenset({"far"}))
    for word in (*POINTERS, "final"):
        found[word] = ((PATCH_TUESDAY, SEASON, PERIOD, WINDOW, SHIFTED, BESIDE, HOLIDAY), POINTED | frozenset(HOLIDAYS))
    for word in ("first", "second", "third", "fourth"):
        found[word] = ((PERIOD,), AFTER_ORDINAL)
    for word in ("q", "h"):
        found[word] = ((QUARTER,), None)
    for word in COUNTS:
        found[word] = ((AGO,), AFTER_COUNT)
    for word in ("few", "several", "many", "some"):
        found[word] = ((AGO,), PLURALS)
    for word in (*UNITS, *PLURALS):
        found[word] = ((BESIDE, AGO), AFTER_UNIT)
    found["the"] = ((WEEKEND, PERIOD, WINDOW, SHIFTED, SEASON, BESIDE, CALENDAR, YEARS), AFTER_THE)
    found["patch"] = ((PATCH_TUESDAY,), None)
    found |= {word: ((HOLIDAY,), following) for word, following in HOLIDAYS.items()}
    found["fourth"] = ((HOLIDAY, PERIOD), AFTER_ORDINAL | {"of"})  # the fourth quarter, the Fourth of July
    named = ((SEASONS, (SEASON,)), (WEEKDAYS, (CALENDAR, LONE_WEEKDAY)), (MONTHS, (PATCH_TUESDAY, CALENDAR)))
    for words, forms in named:
        for word in words:
            for written in (word, f"{word}'s", f"{word}’s", f"mid-{word}", f"early-{word}", f"late-{word}"):
                found.setdefault(written, (forms, None))
    return found


OPENERS = _openers()
BY_DIGITS = (NUMERIC, QUARTER, CALENDAR, YEARS, AGO)
DAYS_NAMED = {f"{word}{ending}": days for word, days in NAMED.items() for ending in ("", "'s", "’s")}

STARTS = frozenset([*OPENERS, *DAYS_NAMED])
MAY_OPEN = Remembered(lambda word: word in STARTS or word[0] in DIGIT)  # of words in lower case


def find(document: Document) -> list[Expression]:
    """The calendar expressions in the order of the text, none overlapping another; their days are not yet known."""
    text, lower, tokens = document.text, document.lower, document.tokens
    found: list[Expression] = []
    end, last = 0, len(lower) - 1
    for index in compress(range(len(lower)), map(MAY_OPEN.__getitem__, lower)):
        word = lower[index]
        opener = OPENERS.get(word)
        if opener is not None:
            forms, following = opener
            if following is not None and (
                index == last or not (lower[index + 1] in following or lower[index + 1][0] in DIGIT)
            ):
                continue
        elif word[0] in DIGIT:
            forms = BY_DIGITS
        else:
            expression = _named(document, index, word)
            if expression is not None and expression.span.start >= end:
                found.append(expression)
                end = expression.span.end
            continue
        start = tokens[index].start
        if start < end:
            continue
        for form in forms:
            match = form.pattern.match(text, start)
            read = form.read(document, index, match) if match else None
            if read is not None:
                found.append(read)
                end = read.span.end
                break
    return found


def _named(document: Document, index: int, word: str) -> Expression | None:
    """Today, yesterday, tomorrow; not the paper (USA TODAY) nor the present ("today's market")."""
    written, before = document.words[index], document.words[index - 1] if index else ""
    if written.isupper() or (written[0].isupper() and before[:1].isupper()):
        return None  # USA Today
    start, end = document.tokens[index]
    if word == "today" and index and document.lower[index - 1] in CLASSES["at present"]:
        return None
    if word.endswith("s"):
        end -= 2
        if not CLASSES["of the present"].isdisjoint(document.lower[index + 1 : index + 3]):
            return None
    return Expression(Span(start, end), "named", count=DAYS_NAMED[word])
