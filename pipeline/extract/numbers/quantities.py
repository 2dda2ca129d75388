"""Numbers that count something: qualifier, number and noun, with the range and the unit that their words give.

What is no figure (`noncounts`) and what dates have claimed is left out. What a quantity measures in its article
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.numbers import carrying, noncounts, set_phrases, units
from pipeline.extract.numbers.noun_phrases import CLASSES, ENDS, QUOTES
from pipeline.extract.numbers.units import Unit
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

# US$5 | C$ 5 | $US5 | £5 | Rs. 500 | USD 5 : what stands before the digits
CURRENCY = re.compile(
    r"(?:(?P<dollar>US|CA|CDN|Can|C|AU|A|NZ|HK|S|SG|R|N?T|MX|(?:USD|CAD|AUD|NZD|SGD|HKD)[ ]?)?\$"
    r"|\$(?P<behind>US|CA|AU|A|C|NZ|HK)|(?P<sign>[£€¥₹₩₽₿฿₦₱])"
    r"|(?P<code>USD|EUR|GBP|AUD|CAD|NZD|INR|CHF|JPY|CNY|RMB|SEK|NOK|DKK|ZAR|AED|SAR|KES|NGN|PKR|MYR|SGD|HKD|TWD|KRW"
    r"|THB|RUB|UAH|PLN|BRL|MXN|ILS|BTC|RM|Rs\.?|K?[Ss]h\.?|R))[ ]?$"
)
DOLLARS = {
    "": "",
    "US": "USD",
    "USD": "USD",
    "CA": "CAD",
    "CDN": "CAD",
    "Can": "CAD",
    "C": "CAD",
    "CAD": "CAD",
    "AU": "AUD",
    "A": "AUD",
    "AUD": "AUD",
}
DOLLARS |= {
    "NZD": "NZD",
    "SGD": "SGD",
    "HKD": "HKD",
    "NZ": "NZD",
    "HK": "HKD",
    "S": "SGD",
    "SG": "SGD",
    "R": "BRL",
    "NT": "TWD",
    "T": "TWD",
    "MX": "MXN",
}
COUNTRIES = lexicon.words("countries")
DOLLAR_OF = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
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
    "RMB": "CNY",
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
MONEY_AFTER = re.compile(r" ?(?P<code>USD|US|CAD|AUD|EUR|GBP|NZD|SGD|HKD)(?!\w)")
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
        currency = _currency(document.text, numeral)
        if currency:
            if not currency[0]:
                home = home or _home_dollar(document)
            unit = Unit(currency[0] or home, Span(numeral.span.end, numeral.span.end), 1.0, "money")
            found.append(_quantity(document, numeral, unit, currency[1], found))
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
        return not document.text.startswith(" said", unit.noun.end)
    joined = behind and LISTED.fullmatch(document.text, unit.noun.end, behind[0].span.start)
    return bool(joined) and units.read(document, behind[0]).rule == "noun"


def _is_claimed(span: Span, claimed: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.start)
    return any(other.overlaps(span) for other in claimed[max(0, index - 1) : index + 1])


def _currency(text: str, numeral: Numeral) -> tuple[str, int] | None:
    """The code of the currency before the number ("" for a plain dollar) and where it begins, or None."""
    start = numeral.span.start
    if not start or text[start - 1].isdigit():
        return None
    match = CURRENCY.search(text, max(0, start - 6), start)
    if match is None or (match.start() and text[match.start() - 1].isalnum()):
        return None
    code = match["code"]
    if code is None:
        dollar = (match["dollar"] or match["behind"] or "").strip()
        return SIGNS[match["sign"]] if match["sign"] else DOLLARS[dollar], match.start()
    if code == "R" and ((numeral.low or 0.0) < 100 or text[start - 1] == " "):
        return None  # R2
    return CODES.get(code, code), match.start()


def _home_dollar(document: Document) -> str:
    """The code of the dollars of which a text speaks that names a country of dollars, and the United States hardly."""
    named = Counter(COUNTRIES[word] for word in document.words if word in COUNTRIES)
    country = max(DOLLAR_OF, key=lambda code: named[code])
    abroad = named[country] >= 4 and named[country] > 4 * (named["US"] + document.text.count("U.S."))
    return DOLLAR_OF[country] if abroad else "USD"


def _quantity(document: Document, numeral: Numeral, unit: Unit, start: int, before: Sequence[Quantity]) -> Quantity:
    """The numeral as a quantity whose amount begins at `start` (its currency sign)."""
    text, code = document.text, unit.code
    end = max(numeral.span.end, unit.noun.end)
    quoted = unit.noun.start + 1 < unit.noun.end and text.startswith(OPENING, unit.noun.start)
    if quoted and text.startswith(CLOSING, end):
        unit, end = (unit._replace(noun=Span(unit.noun.start + 1, end)), end + 1)  # 2,900 ‘detained visitors’
    if start < numeral.span.start:
        after = MONEY_AFTER.match(text, end)
        if after:
            code, end = DOLLARS.get(after["code"], code), after.end()
    elif unit.rule in ("bare", "pronoun") and not text.endswith(("top ", "Top "), 0, start):
        code = carrying.carried(document, numeral, start, before)
    qualifier, start = _qualifier(document, start)
    if numeral.form == "range" and (lead := BETWEEN.search(text, max(0, start - 8), start)):
        start = lead.start()
    after = units.BOUND_AFTER.match(text, numeral.span.end) or units.BOUND_AFTER.match(text, end)
    if after:
        end = max(end, after.end())
        qualifier = str(after.lastgroup) if qualifier in ("", "exact") else qualifier
    if unit.rule == "duration" and (goes_on := AND_MORE.match(text, end)):
        end = goes_on.end()
    value, low, high, bound = _bounds(numeral, unit.factor, qualifier)
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
        left = lower[first - 1] if first else ""
        if found == "more_than" and lower[index] == "over" and left in CLASSES["hands"]:
            break
        if found == "about" and lower[index] == "about" and _is_topic(lower, first):
            break
        if found == "more_than" and _is_denied(lower, first):
            found = "at_most"  # not older than 30 days
        index = first - 1
        if found:
            code, start = found, tokens[first].start
        if found not in ("", "exact"):
            break
    return code, start


def _is_topic(lower: tuple[str, ...], first: int) -> bool:
    """Whether "about" tells of what: "it warned about 30 flaws", "it told the firm about 30 flaws"."""
    told = CLASSES["on what"]
    if not first or lower[first - 1] in told:
        return first > 0
    behind = lower[max(0, first - 4) : first]
    return behind[-1].isalpha() and behind[-1] not in ENDS and "that" not in behind and not told.isdisjoint(behind)


def _is_denied(lower: tuple[str, ...], first: int) -> bool:
    """Whether "not" stands before a qualifier, or before its "be": "should not be more than 10 MB"."""
    at = first - 2 if first > 1 and lower[first - 1] == "be" else first - 1
    return at >= 0 and (lower[at] == "not" or lower[at].endswith(("n't", "n’t")))


def _qualifier_ending(document: Document, index: int, sentence: int) -> tuple[str, int] | None:
    """The longest qualifier whose last word is the token at `index`: its code and the index of its first word."""
    if index < 0 or (document.tokens[index].start < sentence and document.lower[index] != "."):
        return None  # "approx. 300" may look like two sentences
    for words, code in QUALIFIERS.get(document.lower[index], ()):
        first = index - len(words)
        if first >= 0 and document.lower[first:index] == words:
            return code, first
    return None
