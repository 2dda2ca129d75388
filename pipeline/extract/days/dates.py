"""Dates: the calendar expressions of a text, each with the days that it names.

`expressions` finds them, `anchors` counts their days; here neighbours that tell one range become one mention.
What happened on a date is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.days import anchors, expressions
from pipeline.extract.days.calendar_grammar import Expression
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import DateMention, Numeral, Span

# May 4 - August 12 | May 30 to June 2 | 3 March through 9 April 2020
THROUGH = re.compile(r"(?: ?[-–—/] ?| (?:to|through|thru|until|till) )(?:the |at least )?")
AND = re.compile(r" and (?:the )?")
BETWEEN = re.compile(r"(?:between|since|from)(?: the)?[ \u00a0]$", re.IGNORECASE)


def find(document: Document, numerals: Sequence[Numeral]) -> tuple[DateMention, ...]:
    """Every calendar expression in the order of the text, with its closed range of days or None."""
    found = expressions.find(document)
    mentions = anchors.resolve(document, _with_years(document.text, found))
    return tuple(_joined(document.text, found, mentions))


def _with_years(text: str, found: Sequence[Expression]) -> list[Expression]:
    """The expressions, a first month with the year of the second: "November and December 2022"."""
    shared = list(found)
    for position in range(len(found) - 2, -1, -1):
        first, second = shared[position : position + 2]
        gives_year = bool(second.year or second.which) and not (first.year or first.which)
        if first.month and second.month and gives_year and _are_joined(text, first, second):
            year = second.year - (first.month > second.month) if second.year else None
            shared[position] = replace(first, year=year, which=second.which, unit=second.unit)
    return shared


def _are_joined(text: str, first: Expression, second: Expression) -> bool:
    """Whether the two tell one range: joined by "to", by "between ... and", or by a shared year."""
    start, end = first.span.end, second.span.start
    if end - start > 16 or first.form != "calendar" or second.form != "calendar":
        return False
    if THROUGH.fullmatch(text, start, end):
        return True
    if not AND.fullmatch(text, start, end):
        return False
    if BETWEEN.search(text, max(0, first.span.start - 12), first.span.start):
        return True
    if first.month is None or second.month is None:
        return first.month is None and second.month is None and first.year2 is None
    alone = first.day is None and second.day is None and not first.year
    return alone and bool(second.year or second.which or first.part)


def _joined(text: str, found: Sequence[Expression], mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions, two that tell one range as one: "between May and July 2017", "June 9 - November 28"."""
    kept: list[DateMention] = []
    taken = False
    for position, mention in enumerate(mentions):
        if taken:
            taken = False
            continue
        if position + 1 < len(mentions) and _are_joined(text, found[position], found[position + 1]):
            other = mentions[position + 1]
            if mention.first and other.last and mention.first <= other.last:
                mention = DateMention(
                    Span(mention.span.start, other.span.end), mention.first, other.last, "span", "joined"
                )
                taken = True
        is_unknown = mention.first is None and mention.last is None
        if mention.rule == "ago" and is_unknown and text.endswith("after", 0, mention.span.end):
            continue  # "a month after the department spoke": nothing tells when
        kept.append(mention)
    return kept
