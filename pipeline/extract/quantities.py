"""Numbers that count something: qualifier, number and noun, with the range and the unit that their words give.

What is no figure (`noncounts`) and what dates have claimed is left out. What a quantity measures in its article
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract import lexicon, noncounts, units
from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral, Quantity, Span
from pipeline.extract.units import Unit
from schemas.vocabulary import Qualifier

# The qualifiers by their last word: what stands before it, longest first, and the code.
QUALIFIERS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _entry in lexicon.entries("qualifiers"):
    for _phrase in _entry["words"]:
        *_before, _last = _phrase.split()
        QUALIFIERS.setdefault(_last, []).append((tuple(_before), _entry["code"]))
for _options in QUALIFIERS.values():
    _options.sort(key=lambda option: -len(option[0]))

# US$5 | C$ 5 | £5 | Rs. 500 | USD 5 : what stands before the digits
CURRENCY = re.compile(
    r"(?:(?P<dollar>US|CA|C|AU|A|NZ|HK|S|SG|R|NT|MX|USD[ ]|CAD[ ]|AUD[ ])?\$|(?P<sign>[£€¥₹₩₽₿฿₦₱])|(?P<code>USD|EUR|GBP|AUD|CAD|NZD|INR|CHF|JPY|CNY|SEK|NOK|DKK|ZAR|BTC|RM|Rs\.?|K?[Ss]h\.?|R))[ ]?$"
)
DOLLARS = {"": "USD", "US": "USD", "USD": "USD", "CA": "CAD", "C": "CAD", "CAD": "CAD", "AU": "AUD", "A": "AUD", "AUD": "AUD",
           "NZ": "NZD", "HK": "HKD", "S": "SGD", "SG": "SGD", "R": "BRL", "NT": "TWD", "MX": "MXN"}  # fmt: skip
SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₿": "BTC", "฿": "THB", "₦": "NGN", "₱": "PHP"}
CODES = {"RM": "MYR", "Rs": "INR", "Rs.": "INR", "R": "ZAR", "Sh": "KES", "KSh": "KES", "Ksh": "KES", "Sh.": "KES", "sh": "KES"}
MONEY_AFTER = re.compile(r"[ ]?(?:USD|US|CAD|AUD|EUR|GBP|NZD|million|billion)(?!\w)")
# 980+ | 10 or more | 200 or so | 30-odd | 500-plus
BOUND_AFTER = re.compile(
    r"""(?P<more_than>[ ]?\+|-plus(?!\w)|[ ]plus(?=[ ][a-z]))|(?P<at_least>[ ]or[ ](?:more|greater|above|longer|higher)(?!\w))
      |(?P<about>[ ]or[ ]so(?!\w)|-odd(?!\w)|-ish(?!\w))|(?P<at_most>[ ]or[ ](?:fewer|less|under|lower)(?!\w))""",
    re.VERBOSE,
)
# "hand over $100,000" is no bound
HANDED = frozenset("hand hands handed handing turn turned turning take took fork forked sign signed".split())
# [between 10,000 and 15,000]
BETWEEN = re.compile(r"[Bb]etween $")
COUNTED = ("person", "record", "organization", "system")
# What may stand between two numbers of one list: "Windows 7, 8.1 and 10"
CHAINED = re.compile(r"[ ]?(?:,|and|or|to|through|&|/|-|–|, and|, or)[ ]?")
PART_OF = re.compile(r" (?:out )?of (?:the |its |their |all |these |those |her |his |our )?")
QUOTES = units.QUOTES


def find(document: Document, numerals: Sequence[Numeral], claimed: Sequence[Span]) -> tuple[Quantity, ...]:
    """Every figure of the text in order; `claimed` are the spans of the dates, in order."""
    starts = [span.start for span in claimed]
    names = noncounts.names(document, numerals)
    found: list[Quantity] = []
    refused = -9  # where the last number that counts nothing ended
    for numeral in numerals:
        if _is_claimed(numeral.span, claimed, starts):
            continue
        currency = _currency(document.text, numeral)
        unit = Unit(currency[0], Span(numeral.span.end, numeral.span.end), 1.0, "money") if currency else units.read(document, numeral)
        if currency is None:
            chained = unit.rule == "bare" and refused > 0 and CHAINED.fullmatch(document.text, refused, numeral.span.start)
            if chained or noncounts.is_noncount(document, numeral, unit, names):
                refused = numeral.span.end if numeral.form in ("digits", "range") else refused
                continue
        found.append(_quantity(document, numeral, unit, currency[1] if currency else numeral.span.start, found))
    return tuple(_continued(document.text, found))


def _continued(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures, those told as a part of the next one with its unit: "48 of about 500 servers"."""
    for position in range(len(found) - 1):
        quantity, following = found[position : position + 2]
        if quantity.rule in ("bare", "pronoun") and following.unit in COUNTED:
            if PART_OF.fullmatch(text, quantity.number.end, following.span.start):
                found[position] = quantity._replace(unit=following.unit)
    return found


def _is_claimed(span: Span, claimed: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.start)
    return any(other.overlaps(span) for other in claimed[max(0, index - 1) : index + 1])


def _currency(text: str, numeral: Numeral) -> tuple[str, int] | None:
    """The code of the currency before the number and where it begins, or None."""
    start = numeral.span.start
    if not start or text[start - 1] == " " and (start < 2 or not (text[start - 2] in "$£€₹." or text[start - 2].isupper() or text[start - 2] == "s")):
        return None
    match = CURRENCY.search(text, max(0, start - 6), start)
    if match is None or text[match.start() - 1 : match.start()].isalnum() and match.start():
        return None
    if match["code"]:
        code = match["code"]
        if code == "R" and ((numeral.low or 0) < 100 or text[start - 1] == " "):
            return None
        return CODES.get(code, code), match.start()
    return (SIGNS[match["sign"]] if match["sign"] else DOLLARS[(match["dollar"] or "").strip()]), match.start()


def _quantity(document: Document, numeral: Numeral, unit: Unit, start: int, before: Sequence[Quantity]) -> Quantity:
    """The numeral as a quantity whose amount begins at `start` (its currency sign)."""
    text = document.text
    noun, code = unit.noun, unit.code
    end = max(numeral.span.end, noun.end)
    if unit.rule == "money" and start < numeral.span.start:
        after = MONEY_AFTER.match(text, end)
        end = after.end() if after else end
    elif unit.rule in ("bare", "pronoun") and not text.endswith(("top ", "Top "), 0, start):
        code = _carried(document, numeral, before)
    if numeral.form == "range" and start >= 8 and (lead := BETWEEN.search(text, start - 8, start)):
        start = lead.start()
    after = BOUND_AFTER.match(text, numeral.span.end) or BOUND_AFTER.match(text, end)
    qualifier, start = _qualifier(document, start)
    close = qualifier.endswith("~")
    qualifier = qualifier.rstrip("~")
    if after:
        end = max(end, after.end())
        if qualifier in ("", "exact"):
            qualifier = str(after.lastgroup)
    value, low, high = (None if x is None else x * unit.factor for x in numeral[1:4])
    bounds = _bounds(numeral.form, value, low, high, Qualifier(qualifier or "exact"), close)
    return Quantity(Span(start, end), numeral.span, noun, *bounds, code, unit.rule)


def _bounds(
    form: str, value: float | None, low: float | None, high: float | None, qualifier: Qualifier, close: bool
) -> tuple[float | None, float | None, float | None, Qualifier]:
    """Value, low, high and qualifier by the contract's reading conventions."""
    if form == "range":
        return None, low, high, Qualifier.RANGE
    if value is None:
        return None, low, high, Qualifier.MORE_THAN if qualifier is Qualifier.MORE_THAN else Qualifier.AT_LEAST
    if qualifier is Qualifier.ABOUT:
        return value, value * 0.9, value * 1.1, qualifier
    if qualifier is Qualifier.NEARLY:
        return value, value * 0.9, value, qualifier
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, value, value * 1.1 if close else None, qualifier
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
        here = index
        while here >= 0 and lower[here] in QUOTES:
            here -= 1
        matched = _qualifier_ending(document, here, sentence)
        if matched is None:
            break
        found, first = matched
        index = first - 1
        if found == "":
            continue
        if found == "more_than" and lower[here] == "over" and first and lower[first - 1] in HANDED:
            break
        start, code = tokens[first].start, found
        if code != "exact":
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
    """The unit of a number without a noun: that of a figure shortly before, else of a noun before it in its sentence."""
    start = numeral.span.start
    sentence = document.sentence_index(start)
    for quantity in reversed(before[-3:]):
        if quantity.unit in COUNTED and sentence - document.sentence_index(quantity.span.start) <= 1:
            return quantity.unit
    index = document.token_index(start)
    floor = document.sentences[sentence].start
    for position in range(index - 1, max(-1, index - 25), -1):
        if document.tokens[position].start < floor:
            break
        word = document.lower[position]
        if word.endswith("s") and units.NOUNS.get(word) in COUNTED:
            return units.NOUNS[word]
    for quantity in reversed(before[-3:]):
        if quantity.unit in COUNTED and sentence - document.sentence_index(quantity.span.start) <= 3:
            return quantity.unit
    return "item"
