"""Numbers that count something: qualifier, number and noun, with the range and the unit that their words give.

What is no figure (`noncounts`) and what dates have claimed is left out. What a quantity measures in its article
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.numbers import noncounts, units
from pipeline.extract.numbers.noncounts import COUNTED
from pipeline.extract.numbers.units import CLASSES, QUOTES, Unit
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral, Quantity, Span
from schemas.vocabulary import Qualifier


def _qualifiers() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The qualifiers by their last word: the words before it, longest first, and the code."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in lexicon.entries("qualifiers"):
        for phrase in entry["words"]:
            *before, last = phrase.split()
            found.setdefault(last, []).append((tuple(before), entry["code"]))
    return {last: sorted(options, key=lambda option: -len(option[0])) for last, options in found.items()}


QUALIFIERS = _qualifiers()
QUALIFIER = {str(member): member for member in Qualifier}

# US$5 | C$ 5 | £5 | Rs. 500 | USD 5 : what stands before the digits
CURRENCY = re.compile(
    r"(?:(?P<dollar>US|CA|C|AU|A|NZ|HK|S|SG|R|N?T|MX|USD[ ]|CAD[ ]|AUD[ ])?\$|(?P<sign>[£€¥₹₩₽₿฿₦₱])"
    r"|(?P<code>USD|EUR|GBP|AUD|CAD|NZD|INR|CHF|JPY|CNY|SEK|NOK|DKK|ZAR|BTC|RM|Rs\.?|K?[Ss]h\.?|R))[ ]?$"
)
DOLLARS = {
    "": "USD",
    "US": "USD",
    "USD": "USD",
    "CA": "CAD",
    "C": "CAD",
    "CAD": "CAD",
    "AU": "AUD",
    "A": "AUD",
    "AUD": "AUD",
}
DOLLARS |= {"NZ": "NZD", "HK": "HKD", "S": "SGD", "SG": "SGD", "R": "BRL", "NT": "TWD", "T": "TWD", "MX": "MXN"}
SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₿": "BTC",
    "฿": "THB",
    "₦": "NGN",
    "₱": "PHP",
}
CODES = {
    "RM": "MYR",
    "Rs": "INR",
    "Rs.": "INR",
    "R": "ZAR",
    "Sh": "KES",
    "sh": "KES",
    "Sh.": "KES",
    "KSh": "KES",
    "Ksh": "KES",
}
# $43,000 [USD]
MONEY_AFTER = re.compile(r" ?(?:USD|US|CAD|AUD|EUR|GBP|NZD)(?!\w)")
# between 10,000 and 15,000
BETWEEN = re.compile(r"[Bb]etween $")
# "paid millions" are dollars; "tricked millions" are people
SPENT = re.compile(
    r"(?:worth|invest(?:ed|ing|s)?|costs?|costing|paid|pay|paying|spent|spend|lost|los(?:e|es|ing)|stole) $"
)
# Windows 7, 8.1 and 10 : what stands between the numbers of one list
CHAINED = re.compile(r" ?(?:,|and|or|to|through|&|/|-|–|, and|, or) ?")
# 48 of about 500 servers : between a part and its whole
PART_OF = re.compile(r" (?:out )?of (?:the |its |their |all |these |those |her |his |our )?")
OPENING, CLOSING = ("‘", "“", '"', "'"), ("’", "”", '"', "'")
NEAR, REACH = 3, 25  # figures and words in which a number without a noun finds one


def find(document: Document, numerals: Sequence[Numeral], claimed: Sequence[Span]) -> tuple[Quantity, ...]:
    """Every figure of the text in order; `claimed` are the spans of the dates, in order."""
    starts = [span.start for span in claimed]
    names = noncounts.names(document, numerals)
    found: list[Quantity] = []
    refused = -1  # where the last digits that count nothing ended
    for numeral in numerals:
        if _is_claimed(numeral.span, claimed, starts):
            continue
        currency = _currency(document.text, numeral)
        if currency:
            unit = Unit(currency[0], Span(numeral.span.end, numeral.span.end), 1.0, "money")
            found.append(_quantity(document, numeral, unit, currency[1], found))
            continue
        unit = units.read(document, numeral)
        chained = unit.rule == "bare" and refused > 0 and CHAINED.fullmatch(document.text, refused, numeral.span.start)
        if not chained and not noncounts.is_noncount(document, numeral, unit, names):
            found.append(_quantity(document, numeral, unit, numeral.span.start, found))
        elif numeral.form in ("digits", "range"):
            refused = numeral.span.end
    return tuple(_continued(document.text, found))


def _is_claimed(span: Span, claimed: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.start)
    return any(other.overlaps(span) for other in claimed[max(0, index - 1) : index + 1])


def _currency(text: str, numeral: Numeral) -> tuple[str, int] | None:
    """The code of the currency before the number and where it begins, or None."""
    start = numeral.span.start
    if not start or text[start - 1].isdigit():
        return None
    match = CURRENCY.search(text, max(0, start - 6), start)
    if match is None or (match.start() and text[match.start() - 1].isalnum()):
        return None
    code = match["code"]
    if code is None:
        return SIGNS[match["sign"]] if match["sign"] else DOLLARS[(match["dollar"] or "").strip()], match.start()
    if code == "R" and ((numeral.low or 0.0) < 100 or text[start - 1] == " "):
        return None  # R2
    return CODES.get(code, code), match.start()


def _quantity(document: Document, numeral: Numeral, unit: Unit, start: int, before: Sequence[Quantity]) -> Quantity:
    """The numeral as a quantity whose amount begins at `start` (its currency sign)."""
    text, code = document.text, unit.code
    end = max(numeral.span.end, unit.noun.end)
    quoted = unit.noun.start + 1 < unit.noun.end and text.startswith(OPENING, unit.noun.start)
    if quoted and text.startswith(CLOSING, end):
        unit, end = unit._replace(noun=Span(unit.noun.start + 1, end)), end + 1  # 2,900 ‘detained visitors’
    if start < numeral.span.start:
        after = MONEY_AFTER.match(text, end)
        end = after.end() if after else end
    elif unit.rule in ("bare", "pronoun") and not text.endswith(("top ", "Top "), 0, start):
        code = _carried(document, numeral, before)
        if code == "item" and numeral.form == "plural":
            code = "USD" if SPENT.search(text, max(0, start - 12), start) else "person"
    qualifier, start = _qualifier(document, start)
    if numeral.form == "range" and (lead := BETWEEN.search(text, max(0, start - 8), start)):
        start = lead.start()
    after = units.BOUND_AFTER.match(text, numeral.span.end) or units.BOUND_AFTER.match(text, end)
    if after:
        end = max(end, after.end())
        qualifier = str(after.lastgroup) if qualifier in ("", "exact") else qualifier
    value, low, high, bound = _bounds(numeral, unit.factor, qualifier)
    return Quantity(Span(start, end), numeral.span, unit.noun, value, low, high, bound, code, unit.rule)


def _bounds(numeral: Numeral, factor: float, code: str) -> tuple[float | None, float | None, float | None, Qualifier]:
    """Value, low, high and qualifier by the contract's reading conventions; a code in "~" closes its open side."""
    value, low, high = (None if x is None else x * factor for x in (numeral.value, numeral.low, numeral.high))
    qualifier = QUALIFIER[code.rstrip("~") or "exact"]
    if numeral.form == "range":
        return None, low, high, Qualifier.RANGE
    if value is None:
        return None, low, high, Qualifier.MORE_THAN if qualifier is Qualifier.MORE_THAN else Qualifier.AT_LEAST
    if qualifier is Qualifier.ABOUT:
        return value, value * 9 / 10, value * 11 / 10, qualifier
    if qualifier is Qualifier.NEARLY:
        return value, value * 9 / 10, value, qualifier
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, value, value * 11 / 10 if code.endswith("~") else None, qualifier
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return value, None, value, qualifier
    return value, value, value, Qualifier.EXACT


def _qualifier(document: Document, start: int) -> tuple[str, int]:
    """The code of what qualifies the amount at `start` ("" for nothing), and where the quote begins with it."""
    lower, tokens = document.lower, document.tokens
    index = document.token_index(start)
    while index >= 0 and tokens[index].end > start:
        index -= 1
    sentence = document.sentence(start).start
    code = ""
    for _ in range(3):  # "at least another 10", "more than a record £400,000"
        while index >= 0 and lower[index] in QUOTES:
            index -= 1
        matched = _qualifier_ending(document, index, sentence)
        if matched is None:
            break
        found, first = matched
        if found == "more_than" and lower[index] == "over" and first and lower[first - 1] in CLASSES["hands"]:
            break
        index = first - 1
        if found:
            code, start = found, tokens[first].start
        if found not in ("", "exact"):
            break
    return code, start


def _qualifier_ending(document: Document, index: int, sentence: int) -> tuple[str, int] | None:
    """The longest qualifier whose last word is the token at `index`: its code and the index of its first word."""
    if index < 0 or document.tokens[index].start < sentence:
        return None
    for words, code in QUALIFIERS.get(document.lower[index], ()):
        first = index - len(words)
        if first >= 0 and document.lower[first:index] == words:
            return code, first
    return None


def _carried(document: Document, numeral: Numeral, before: Sequence[Quantity]) -> str:
    """The unit of a number without a noun: that of a figure shortly before, else of a noun before it."""
    start = numeral.span.start
    sentence = document.sentence_index(start)
    near = [quantity for quantity in reversed(before[-NEAR:]) if quantity.unit in COUNTED]
    for quantity in near:
        if sentence - document.sentence_index(quantity.span.start) <= 1:
            return quantity.unit
    index = document.token_index(start)
    floor = document.sentences[sentence].start
    for position in range(index - 1, max(-1, index - REACH), -1):
        if document.tokens[position].start < floor:
            break
        word = document.lower[position]
        if word.endswith("s") and units.NOUNS.get(word) in COUNTED:
            return units.NOUNS[word]
    if near and sentence - document.sentence_index(near[0].span.start) <= NEAR:
        return near[0].unit
    return "item"


def _continued(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures, those told as a part of the next one with its unit: "48 of about 500 servers"."""
    for position in range(len(found) - 1):
        quantity, following = found[position : position + 2]
        open_ended = quantity.rule in ("bare", "pronoun") and following.unit in COUNTED
        if open_ended and PART_OF.fullmatch(text, quantity.number.end, following.span.start):
            found[position] = quantity._replace(unit=following.unit)
    return found
