"""Numbers that count something: qualifier, number and noun, with the range and the unit that their words give.

What is no figure (`noncounts`) and what dates have claimed is left out. What a quantity measures in its article
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.numbers import carrying, money, noncounts, set_phrases, units
from pipeline.extract.numbers.qualifiers import qualifier
from pipeline.extract.numbers.units import Unit
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral, Quantity, Span
from schemas.vocabulary import Qualifier

QUALIFIER = {str(member): member for member in Qualifier}
# between 10,000 and 15,000
BETWEEN = re.compile(r"[Bb]etween $")
# Windows 7, 8.1 and 10 : what stands between the numbers of one list
CHAINED = re.compile(r" ?(?:,|(?P<and>(?:, )?(?:and|or)|&|/)|to|of|through|-|–) ?")
LISTED = re.compile(r",? and (?:only |just |also )?")  # two phones [and] one laptop
AND_MORE = re.compile(r" (?:or two|and a half)(?!\w)")  # a day [or two]
OPENING, CLOSING = ("‘", "“", '"', "'"), ("’", "”", '"', "'")


def find(document: Document, numerals: Sequence[Numeral], claimed: Sequence[Span]) -> tuple[Quantity, ...]:
    """Every figure of the text in order; `claimed` are the spans of the dates, in order."""
    starts = [span.start for span in claimed]
    names = set_phrases.names(document, numerals)
    found: list[Quantity] = []
    home = ""  # the code of a plain dollar, looked for where one stands
    refused = -1  # where the last digits that count nothing ended
    for at, numeral in enumerate(numerals):
        if _is_claimed(numeral.span, claimed, starts):
            continue
        if currency := money.currency(document.text, numeral):
            code, start = currency
            home = home or ("" if code else money.home_dollar(document))
            unit = Unit(code or home, Span(numeral.span.end, numeral.span.end), 1.0, "money")
            found.append(_quantity(document, numeral, unit, start, found))
            continue
        unit = units.read(document, numeral)
        chained = refused > 0 and _is_chained(document.text, refused, numeral, unit)
        if not chained and (
            not noncounts.is_noncount(document, numeral, unit, names)
            or (numeral.value == 1.0 and _is_listed(document, numeral, unit, found[-1:], numerals[at + 1 : at + 2]))
        ):
            found.append(_quantity(document, numeral, unit, numeral.span.start, found))
        elif numeral.form in ("digits", "range"):
            refused = numeral.span.end
    return tuple(carrying.continued(document.text, found))


def _is_chained(text: str, refused: int, numeral: Numeral, unit: Unit) -> bool:
    """Whether the number goes on from one that counts nothing: "Windows 7, 8.1 and 10", "Windows 8 and 10 users"."""
    joint = CHAINED.fullmatch(text, refused, numeral.span.start)
    if joint is None:
        return False
    small = numeral.form == "digits" and (numeral.value or 0) < 100
    return unit.rule == "bare" or (unit.rule == "noun" and small and joint["and"] is not None)


def _is_listed(
    document: Document, numeral: Numeral, unit: Unit, before: Sequence[Quantity], behind: Sequence[Numeral]
) -> bool:
    """Whether a "one" is counted against others: "one laptop and two phones", "four women and one man"."""
    if unit.rule != "noun" or numeral.form != "words":
        return False
    if before and before[0].rule == "noun" and LISTED.fullmatch(document.text, before[0].span.end, numeral.span.start):
        return True
    joined = behind and LISTED.fullmatch(document.text, unit.noun.end, behind[0].span.start)
    return bool(joined) and units.read(document, behind[0]).rule == "noun"


def _is_claimed(span: Span, claimed: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a date has claimed the number; `starts` are the starts of those that are `claimed`."""
    index = bisect_right(starts, span.start)
    return any(other.overlaps(span) for other in claimed[max(0, index - 1) : index + 1])


def _quantity(document: Document, numeral: Numeral, unit: Unit, start: int, before: Sequence[Quantity]) -> Quantity:
    """The numeral as a quantity whose amount begins at `start` (its currency sign)."""
    text, code = document.text, unit.code
    end = max(numeral.span.end, unit.noun.end)
    quoted = unit.noun.start + 1 < unit.noun.end and text.startswith(OPENING, unit.noun.start)
    if quoted and text.startswith(CLOSING, end):
        unit, end = (unit._replace(noun=Span(unit.noun.start + 1, end)), end + 1)  # 2,900 ‘detained visitors’
    if start < numeral.span.start:
        code, end = money.behind(text, end) or (code, end)
    elif unit.rule in ("bare", "pronoun") and not text.endswith(("top ", "Top "), 0, start):
        code = carrying.carried(document, numeral, start, before)
    bounding, start = qualifier(document, start)
    if numeral.form == "range" and (lead := BETWEEN.search(text, max(0, start - 8), start)):
        start = lead.start()
    after = units.BOUND_AFTER.match(text, numeral.span.end) or units.BOUND_AFTER.match(text, end)
    if after:
        end = max(end, after.end())
        bounding = str(after.lastgroup) if bounding in ("", "exact") else bounding
    if unit.rule == "duration" and (goes_on := AND_MORE.match(text, end)):
        end = goes_on.end()
    value, low, high, bound = _bounds(numeral, unit.factor, bounding)
    return Quantity(Span(start, end), numeral.span, unit.noun, value, low, high, bound, code, unit.rule)


def _bounds(numeral: Numeral, factor: float, code: str) -> tuple[float | None, float | None, float | None, Qualifier]:
    """Value, low, high and qualifier by the contract's reading conventions; a code in "~" closes its open side."""
    value, low, high = (None if x is None else x * factor for x in (numeral.value, numeral.low, numeral.high))
    qualifier = QUALIFIER[code.rstrip("~") or "exact"]
    if numeral.form == "range":
        return None, low, high, Qualifier.RANGE
    if value is None:
        return _vague(low, high, qualifier)
    if qualifier is Qualifier.ABOUT:
        return value, value * 9 / 10, value * 11 / 10, qualifier
    if qualifier is Qualifier.NEARLY:
        return value, value * 9 / 10, value, qualifier
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, value, value * 11 / 10 if code.endswith("~") else None, qualifier
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return value, None, value, qualifier
    return value, value, value, Qualifier.EXACT


def _vague(
    low: float | None, high: float | None, qualifier: Qualifier
) -> tuple[float | None, float | None, float | None, Qualifier]:
    """The bounds of a bare plural, "hundreds", and of "a few hundred", which ends below a thousand."""
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return None, low, None, qualifier
    if high is None:
        return None, low, None, Qualifier.AT_LEAST
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return None, None, high, qualifier
    return None, low, high, Qualifier.RANGE
