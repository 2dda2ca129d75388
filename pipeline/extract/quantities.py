"""Numbers that count something: qualifier, number and noun, with the range and the unit that their words give.

What is no figure (`noncounts`) and what dates have claimed is left out. What a quantity measures in its article
is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract import lexicon, noncounts
from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral, Quantity, Span
from schemas.vocabulary import Qualifier

UNITS = lexicon.words("units")
QUALIFIERS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _entry in lexicon.entries("qualifiers"):
    for _phrase in _entry["words"]:
        *_before, _last = _phrase.split()
        QUALIFIERS.setdefault(_last, []).append((tuple(_before), _entry["code"]))
for _options in QUALIFIERS.values():
    _options.sort(key=lambda option: -len(option[0]))

# US$, C$, £, Rs. before the digits, and the code of ISO 4217
CURRENCY_BEFORE = re.compile(
    r"(?:(?P<dollar>US|CA|C|AU|A|NZ|HK|S|R|NT|MX|SG|USD\ |CAD\ |AUD\ )?\ ?\$|(?P<sign>[£€¥₹₩₽₿฿])|(?P<code>USD|EUR|GBP|AUD|CAD|NZD|INR|CHF|JPY|CNY|SEK|NOK|DKK|ZAR|BTC|RM|Rs\.?|R(?=$)|INR)\ ?)\ ?$", re.VERBOSE
)
DOLLARS = {"": "USD", "US": "USD", "USD": "USD", "CA": "CAD", "C": "CAD", "CAD": "CAD", "AU": "AUD", "A": "AUD", "AUD": "AUD", "NZ": "NZD", "HK": "HKD", "S": "SGD", "SG": "SGD", "R": "BRL", "NT": "TWD", "MX": "MXN"}
SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₿": "BTC", "฿": "THB"}
CODES = {"RM": "MYR", "Rs": "INR", "Rs.": "INR", "R": "ZAR"}
MONEY_WORDS = {
    "dollars": "USD", "dollar": "USD", "bucks": "USD", "pounds": "GBP", "pound": "GBP", "quid": "GBP", "euros": "EUR", "euro": "EUR", "rupees": "INR", "rupee": "INR",
    "bitcoins": "BTC", "bitcoin": "BTC", "btc": "BTC", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rubles": "RUB", "roubles": "RUB", "rouble": "RUB", "won": "KRW", "francs": "CHF", "krona": "SEK",
    "kronor": "SEK", "kroner": "NOK", "rand": "ZAR", "pesos": "MXN", "reais": "BRL", "ringgit": "MYR", "baht": "THB", "shekels": "ILS", "naira": "NGN", "dirhams": "AED", "liras": "TRY",
    "lira": "TRY", "usd": "USD", "eur": "EUR", "gbp": "GBP", "aud": "AUD", "cad": "CAD", "inr": "INR", "nzd": "NZD", "chf": "CHF", "sgd": "SGD", "hkd": "HKD",
    "eth": "ETH", "ether": "ETH", "ethereum": "ETH", "monero": "XMR", "xmr": "XMR", "litecoin": "LTC", "litecoins": "LTC",
}  # fmt: skip
BYTES = {"b": 1.0, "byte": 1.0, "bytes": 1.0}
for _power, _names in enumerate(("kb kilobyte kilobytes", "mb megabyte megabytes megs", "gb gigabyte gigabytes gigs gig", "tb terabyte terabytes", "pb petabyte petabytes"), 1):
    for _name in _names.split():
        BYTES[_name] = 1000.0**_power
HOURS = {"second": 1 / 3600, "seconds": 1 / 3600, "minute": 1 / 60, "minutes": 1 / 60, "min": 1 / 60, "mins": 1 / 60, "hour": 1.0, "hours": 1.0, "hr": 1.0, "hrs": 1.0}
DAYS = {"day": 1.0, "days": 1.0, "night": 1.0, "nights": 1.0, "week": 7.0, "weeks": 7.0, "fortnight": 14.0, "month": 30.0, "months": 30.0, "quarter": 90.0, "quarters": 90.0,
        "year": 365.0, "years": 365.0, "yr": 365.0, "yrs": 365.0, "decade": 3650.0, "decades": 3650.0, "century": 36500.0, "centuries": 36500.0, "weekend": 2.0, "weekends": 2.0}  # fmt: skip
PERCENT = re.compile(r"[ \u00a0-]?(?:%|％|percent(?:age)?(?:[ -]points?)?(?!\w)|per[ -]?cent(?:age)?(?:[ -]points?)?(?!\w)|pct(?!\w)|pc(?!\w)|Percent(?!\w)|PERCENT)")
# What may follow the number and bounds it: 980+ | 10 or more | 200 or so | 30-odd | 500-plus
BOUND_AFTER = re.compile(
    r"(?P<plus>\ ?\+|-plus(?!\w)|\ plus(?=\ [a-z]))|(?P<least>\ or\ (?:more|greater|above|over|older)(?!\w))|(?P<about>\ or\ so(?!\w)|-odd(?!\w)|-ish(?!\w))|(?P<most>\ or\ (?:fewer|less|under)(?!\w))", re.VERBOSE
)
QUOTES = frozenset("\"'“”‘’«»")
STOP = frozenset(
    "in on at by for from with without to into onto over under after before during since until as than per via within across among between against about around out up down off through "
    "that which who whose whom when while where because if though although so but nor is are was were be been being am have has had having do does did will would can could may might must shall should "
    "the a an this these those it its they them their he she his her him we our us you your i my said says say saying told tell tells and or not no each every worth ago later earlier here there also then now already"
    " including include includes included according such like plus minus versus vs were".split()
)
DETERMINERS = frozenset("the these those its their our his her all them such my your this that both".split())


def find(document: Document, numerals: Sequence[Numeral], claimed: Sequence[Span]) -> tuple[Quantity, ...]:
    """Every figure of the text in order; `claimed` are the spans of the dates, in order."""
    starts = [span.start for span in claimed]
    found: list[Quantity] = []
    for numeral in numerals:
        if _is_claimed(numeral.span, claimed, starts):
            continue
        quantity = _quantity(document, numeral, found)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _is_claimed(span: Span, claimed: Sequence[Span], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.start)
    return any(other.overlaps(span) for other in claimed[max(0, index - 1) : index + 1])


def _quantity(document: Document, numeral: Numeral, before: Sequence[Quantity]) -> Quantity | None:
    text = document.text
    start, end = numeral.span
    value, low, high = numeral.value, numeral.low, numeral.high
    currency = CURRENCY_BEFORE.search(text, max(0, start - 6), start)
    if currency and currency.end() == start and not text[currency.start() - 1 : currency.start()].isalpha():
        unit, start, noun, rule = _currency(currency), currency.start(), Span(end, end), "money"
        after = re.compile(r"[ ]?(?:USD|US|CAD|AUD|EUR|GBP)(?!\w)").match(text, end)
        if after and text[start] in "$€£":
            end = after.end()
            noun = Span(end, end)
    else:
        if noncounts.is_noncount(document, numeral):
            return None
        measured = _measured(document, numeral)
        if measured is None:
            return None
        unit, noun, factor, rule = measured
        if factor != 1.0:
            value, low, high = (None if x is None else x * factor for x in (value, low, high))
        if rule in ("bare", "pronoun"):
            unit = _carried(document, numeral, before)
    qualifier, start, end_of_bound, close = _qualifier(document, numeral, start)
    if rule == "noun" and noun.start == noun.end:
        rule = "bare"
    span = Span(start, max(end, noun.end, end_of_bound))
    value, low, high, qualifier = _bounds(numeral.form, value, low, high, qualifier, close)
    return Quantity(span, numeral.span, noun, value, low, high, qualifier, unit, rule)


def _currency(match: re.Match[str]) -> str:
    if match["sign"]:
        return SIGNS[match["sign"]]
    if match["code"]:
        code = match["code"].strip()
        return CODES.get(code, code)
    return DOLLARS[(match["dollar"] or "").strip()]


def _bounds(form: str, value: float | None, low: float | None, high: float | None, qualifier: Qualifier, close: bool) -> tuple[float | None, float | None, float | None, Qualifier]:
    """Value, low, high and qualifier by the contract's reading conventions."""
    if form == "range":
        if qualifier is Qualifier.AT_MOST and low is not None:
            return None, low, high, Qualifier.RANGE
        return None, low, high, Qualifier.RANGE
    if form == "plural" or value is None:
        return None, low, high, Qualifier.AT_LEAST
    if qualifier is Qualifier.ABOUT:
        return value, value * 0.9, value * 1.1, qualifier
    if qualifier is Qualifier.NEARLY:
        return value, value * 0.9, value, qualifier
    if qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return value, value, value * 1.1 if close else None, qualifier
    if qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN):
        return value, None, value, qualifier
    return value, value, value, qualifier


def _qualifier(document: Document, numeral: Numeral, start: int) -> tuple[Qualifier, int, int, bool]:
    """The qualifier, where the quote begins and ends with it, and whether the open side closes at a tenth."""
    text, lower, tokens = document.text, document.lower, document.tokens
    end = numeral.span.end
    after = BOUND_AFTER.match(text, end)
    code, close = "", False
    if after:
        end = after.end()
        code = "more_than" if after["plus"] else "at_least" if after["least"] else "about" if after["about"] else "at_most"
    index = document.token_index(start)
    while index >= 0 and tokens[index].start >= start:
        index -= 1
    while index >= 0 and lower[index] in QUOTES:
        index -= 1
    first = start
    sentence = document.sentence(start).start
    for _ in range(3):  # "at least another 10", "more than a record £400,000"
        matched = _qualifier_ending(document, index, sentence)
        if matched is None:
            break
        found, index = matched
        first = tokens[index].start
        index -= 1
        if found != "exact" and (not code or code == "exact"):
            code, close = found.rstrip("~"), found.endswith("~")
        elif not code:
            code = "exact"
        if code not in ("", "exact"):
            break
    if code == "" or code == "exact":
        return Qualifier.EXACT, first, end, False
    return Qualifier(code), first, end, close


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
    """The unit of a number without a noun: that of the figure before it, where it is near enough to be continued."""
    sentence = document.sentence_index(numeral.span.start)
    for quantity in reversed(before[-3:]):
        if quantity.unit in ("person", "record", "organization", "system") and sentence - document.sentence_index(quantity.span.start) <= 2:
            return quantity.unit
    return "item"


def _measured(document: Document, numeral: Numeral) -> tuple[str, Span, float, str] | None:
    """Unit, span of the noun, factor to the unit and rule, from what follows the number."""
    text, end = document.text, numeral.span.end
    percent = PERCENT.match(text, end) or PERCENT.match(text, end + 1 if text[end : end + 1] in QUOTES and text[end : end + 1] else end)
    if percent:
        return "percent", Span(percent.end(), percent.end()) if False else Span(end, percent.end()), 1.0, "percent"
    if numeral.form == "fraction":
        return "percent", _noun_after(document, end), 1.0, "share"
    index = document.token_index(end)
    while index < len(document.tokens) and document.tokens[index].start < end:
        index += 1
    bound = BOUND_AFTER.match(text, end)
    if bound:
        while index < len(document.tokens) and document.tokens[index].start < bound.end():
            index += 1
    return _unit_at(document, index, numeral)


def _noun_after(document: Document, end: int) -> Span:
    return Span(end, end)


def _unit_at(document: Document, index: int, numeral: Numeral) -> tuple[str, Span, float, str] | None:
    lower, tokens, text = document.lower, document.tokens, document.text
    end = numeral.span.end
    count = len(lower)
    empty = Span(end, end)
    at = index
    while at < count and lower[at] in QUOTES and at < index + 2:
        at += 1
    if at < count and lower[at] == "-" and tokens[at].start == end:
        at += 1
    if at >= count:
        return "item", empty, 1.0, "bare"
    word = lower[at]
    hyphenated = text[end : end + 1] == "-"
    if "-" in word:
        word = word.partition("-")[0] if hyphenated else word
    # "5 US dollars", "two business days", "24 consecutive hours", "three long years"
    ahead = at + 1 if word in ("us", "business", "working", "calendar", "consecutive", "full", "straight", "long", "american", "canadian", "australian", "whole", "more", "additional", "other") and at + 1 < count else at
    unit_word = lower[ahead] if ahead != at else word
    plural = numeral.form == "plural" and word == "of" and at + 1 < count
    if plural:
        ahead, unit_word = at + 1, lower[at + 1]
    gap = text[end : tokens[ahead].start]
    if "\n\n" in gap:
        return "item", empty, 1.0, "bare"
    stop = tokens[ahead].end if not ("-" in lower[ahead] and hyphenated) else tokens[ahead].start + len(unit_word)
    if unit_word in MONEY_WORDS:
        return MONEY_WORDS[unit_word], Span(tokens[at].start, stop), 1.0, "money"
    if unit_word in BYTES and (unit_word != "b" or text[tokens[ahead].start] == "B"):
        return "byte", Span(tokens[ahead].start, stop), BYTES[unit_word], "byte"
    if unit_word in HOURS:
        return "hour", Span(tokens[ahead].start, stop), HOURS[unit_word], "duration"
    if unit_word in DAYS:
        return "day", Span(tokens[ahead].start, stop), DAYS[unit_word], "duration"
    return _counted(document, at, numeral)


def _counted(document: Document, at: int, numeral: Numeral) -> tuple[str, Span, float, str] | None:
    """The noun phrase that begins at token `at`: the unit of its head, and its span."""
    lower, tokens, text, words = document.lower, document.tokens, document.text, document.words
    end = numeral.span.end
    count = len(lower)
    first = at
    rule = "noun"
    if lower[at] == "of":
        at += 1
        rule = "of"
        while at < count and lower[at] in DETERMINERS and at < first + 4:
            if lower[at] in ("them", "whom", "us"):
                return "item", Span(tokens[first].start, tokens[at].end), 1.0, "pronoun"
            at += 1
        if numeral.form != "plural" and lower[at - 1] == "of" and numeral.value is not None and at < count and lower[at] not in UNITS:
            pass
    head = -1
    known = ""
    plural = -1
    last_end = tokens[at - 1].end if at else 0
    for position in range(at, min(count, at + 9)):
        word = lower[position]
        span = tokens[position]
        gap = text[last_end : span.start] if position > at else ""
        if gap and gap.strip(" \u00a0") :
            break
        last_end = span.end
        if word in STOP:
            if word in ("and", "or") and head < 0 and plural < 0 and position > at:
                continue
            break
        if not word[0].isalpha():
            if word in QUOTES and position <= at + 1:
                continue
            if word == "," and head < 0 and plural < 0 and position > at and position + 1 < count and words[position + 1][0].islower():
                continue
            if word in ("-", "/", "&", ".") and text[span.end : span.end + 1].isalnum() and text[span.start - 1].isalnum():
                continue
            if word[0] in "0123456789" and head < 0 and plural < 0:
                continue
            break
        stem = word[:-2] if word.endswith(("'s", "’s")) else word
        unit = UNITS.get(stem) or UNITS.get(stem.rpartition("-")[2])
        if unit and stem == word:
            if head >= 0 and lower[head].endswith("s") and not word.endswith("s") and lower[head] not in ("address",):
                break  # "3 million customers record", "2 files record"
            head, known = position, unit
        elif head >= 0 and (word.endswith(("ed", "ing")) or word in VERBS):
            break
        elif plural < 0 and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and head < 0:
            plural = position
    if head >= 0:
        return known, Span(tokens[at].start if rule == "noun" else tokens[first].start, tokens[head].end), 1.0, rule
    if plural >= 0:
        return "item", Span(tokens[first].start, tokens[plural].end), 1.0, rule
    return "item", Span(end, end), 1.0, "bare"


VERBS = frozenset("go goes went come comes came get gets got make makes made take takes took show shows saw see use run lost stole stolen leak hit".split())
