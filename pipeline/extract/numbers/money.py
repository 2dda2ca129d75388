"""Whose money a number in digits is: by what is written before it ("US$5", "Rs 500") or behind it ("$43,000 USD").

The signs stand in `lexicons/currencies.toml`. Currencies that are told in words ("5 euros") are read in `units`.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.extract.numbers.number_words import either
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral

CURRENCIES = lexicon.entries("currencies")
SIGNS, WRITTEN, DOLLARS = (
    {sign: entry["code"] for entry in CURRENCIES for sign in entry.get(key, ())}
    for key in ("signs", "written", "dollars")
)
DOLLAR_OF = {entry["country"]: entry["code"] for entry in CURRENCIES if "country" in entry}
COUNTRIES = lexicon.words("countries")
# US$5 | C$ 5 | CAD $5 | $US5 | £5 | Rs. 500 | USD 5 : what stands before the digits
BEFORE = re.compile(
    rf"""(?: (?P<dollar>{either(DOLLARS)}|(?:USD|CAD|AUD|NZD|SGD|HKD)[ ]?)?\$ | \$(?P<behind>US|CA|AU|A|C|NZ|HK)
      | (?P<sign>{either(SIGNS)}) | (?P<written>{either(map(re.escape, WRITTEN))}) )[ ]?$""",
    re.VERBOSE,
)
LENGTH = 6  # characters before the digits that are looked at
# $43,000 [USD]
BEHIND = re.compile(r" ?(?P<code>USD|US|CAD|AUD|EUR|GBP|NZD|SGD|HKD)(?!\w)")


def before(text: str, start: int) -> tuple[str, int] | None:
    """The code of the currency written before the digits at `start`, and where it begins; "" for a plain "$".

    >>> before("a fine of C$500", 12), before("$500", 1), before("about 500", 6)
    (('CAD', 10), ('', 0), None)
    """
    match = BEFORE.search(text, max(0, start - LENGTH), start)
    if match is None or (match.start() and text[match.start() - 1].isalnum()):
        return None
    if written := match["sign"] or match["written"]:
        return SIGNS.get(written) or WRITTEN[written], match.start()
    dollar = (match["dollar"] or match["behind"] or "").strip()
    return DOLLARS.get(dollar, dollar), match.start()


def currency(text: str, numeral: Numeral) -> tuple[str, int] | None:
    """The code of the currency of a number, and where it begins, as `before` tells; None where it is no sum: "R2"."""
    start = numeral.span.start
    found = before(text, start) if start and not text[start - 1].isdigit() else None
    if found and text[found[1] : start].rstrip() == "R" and ((numeral.low or 0.0) < 100 or text[start - 1] == " "):
        return None
    return found


def behind(text: str, end: int) -> tuple[str, int] | None:
    """The code of the currency written behind a sum that has a sign before it, and where it ends."""
    match = BEHIND.match(text, end)
    if match is None:
        return None
    code: str = match["code"]
    return DOLLARS.get(code, code), match.end()


def home_dollar(document: Document) -> str:
    """The code of the dollars of which a text speaks that names a country of dollars, and the United States hardly."""
    named = Counter(COUNTRIES[word] for word in document.words if word in COUNTRIES)
    country = max(DOLLAR_OF, key=lambda code: named[code])
    abroad = named[country] >= 4 and named[country] > 4 * (named["US"] + document.text.count("U.S."))
    return DOLLAR_OF[country] if abroad else "USD"
