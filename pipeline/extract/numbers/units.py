"""What a number counts, read from the words behind it: percent, money, bytes, time, or the noun and its unit.

The head noun decides the unit (`lexicons/units.toml`). Qualifiers and ranges are in `quantities`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.numbers import noun_phrases
from pipeline.extract.numbers.noun_phrases import CLASSES, ENDS, NO_PRONOUNS, NOUNS, QUOTES, is_plural
from pipeline.extract.numbers.number_words import BYTE_PLURALS
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral, Span

MONEY = lexicon.words("currencies")
SIGN_AFTER = {"€": "EUR", "£": "GBP"}
DETERMINERS, PRONOUNS, COINS = CLASSES["determines"], CLASSES["stands for them"], CLASSES["coin"]
COUNTED = frozenset({"person", "record", "organization", "system"})

BYTES = {
    name: 1000.0**power
    for power, names in enumerate(
        (
            ("byte", "bytes"),
            ("kb", "kbs", "kilobyte", "kilobytes"),
            ("mb", "mbs", "megabyte", "megabytes", "megs"),
            ("gb", "gbs", "gib", "gigabyte", "gigabytes", "gigs", "gig"),
            ("tb", "tbs", "terabyte", "terabytes"),
            ("pb", "petabyte", "petabytes"),
        )
    )
    for name in names
}
HOURS = {"second": 1 / 3600, "sec": 1 / 3600, "minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0, "man-hour": 1.0}
HOURS |= {f"{word}s": hours for word, hours in HOURS.items()}
DAYS = {"day": 1.0, "night": 1.0, "weekend": 2.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "quarter": 90.0}
DAYS |= {"year": 365.0, "yr": 365.0, "decade": 3650.0}
DAYS |= {f"{word}s": days for word, days in DAYS.items()} | {"century": 36500.0, "centuries": 36500.0}

# 90% | 12 per cent | “zero” percent | two percentage points
PERCENT = re.compile(r"""["”’']?[ \u00a0-]?(?:%|％|(?i:per[ -]?cent(?:age)?(?:[ -]points?)?|pct)(?!\w)|pc(?!\w))""")
# 980+ | 10 or more | 200 or so | 30-odd | 500-plus
BOUND_AFTER = re.compile(
    r"""(?P<more_than>[ ]?\+|-plus(?!\w)|[ ]plus(?=[ ][a-z]))
      | (?P<at_least>[ ]or[ ](?:more|greater|above|longer|higher)(?!\w))
      | (?P<about>[ ]or[ ]so(?!\w)|-odd(?!\w)|-ish(?!\w)) | (?P<at_most>[ ]or[ ](?:fewer|less|under|lower)(?!\w))""",
    re.VERBOSE,
)
# 90-day | 20-step : what is joined to the number
HYPHENED = re.compile(r"[-‐‑](?P<word>[A-Za-z]+)")


class Unit(NamedTuple):
    """What a number counts: the contract's unit, the noun's span (empty for none), the factor into the unit."""

    code: str
    noun: Span
    factor: float
    rule: str  # percent money byte duration noun of pronoun share hyphen bare


def read(document: Document, numeral: Numeral) -> Unit:
    """The unit of the number, from what follows it; rule `bare` where nothing does."""
    text, end = document.text, numeral.span.end
    percent = PERCENT.match(text, end)
    if percent:
        return Unit("percent", Span(end, percent.end()), 1.0, "percent")
    if numeral.form == "plural" and text[max(numeral.span.start, end - 9) : end].lower() in BYTE_PLURALS:
        return Unit("byte", Span(end, end), 1.0, "byte")
    sign = text[end : end + 2].lstrip(" \u00a0")[:1]
    if sign in SIGN_AFTER and not text[end + 1 : end + 3].strip(" €£")[:1].isdigit():
        return Unit(SIGN_AFTER[sign], Span(end, text.index(sign, end) + 1), 1.0, "money")  # 350,000 €
    if numeral.form == "times":
        return Unit("item", Span(end, end), 1.0, "hyphen")  # tenfold
    hyphened = HYPHENED.match(text, end)
    if hyphened and not BOUND_AFTER.match(text, end):
        word, noun = hyphened["word"].lower(), Span(*hyphened.span("word"))
        return _by_word(word, noun) or Unit(NOUNS.get(word, "item"), noun, 1.0, "hyphen")
    if numeral.form == "range" and text[end - 6 : end].lower() == "figure":
        return Unit("USD", Span(end, end), 1.0, "money")  # a nine-figure sum
    at = _token_after(document, end)
    if numeral.form == "fraction":
        return Unit("percent", _noun_phrase(document, at, end).noun, 1.0, "share")
    measured = _measure(document, at, numeral.form)
    if measured and measured.code == "KRW" and (numeral.value or numeral.low or 0.0) < 1000:
        measured = None  # three won prizes
    return measured or _noun_phrase(document, at, end)


def aside(document: Document, unit: str, noun: Span) -> str:
    """The unit of a figure that tells of no exposed data: messages sent are items there, clients are firms."""
    at = document.tokens_within(*noun)
    head = document.lower[at.stop - 1] if at else ""
    if unit == "record" and head in CLASSES["item aside"]:
        return "item"
    return "organization" if unit == "person" and head in CLASSES["organization aside"] else unit


def _token_after(document: Document, end: int) -> int:
    """Index of the first token behind `end`, "or more" and a closing quotation mark aside."""
    at = document.token_index(end)
    count = len(document.tokens)
    while at < count and document.tokens[at].start < end:
        at += 1
    bound = BOUND_AFTER.match(document.text, end)
    while bound and at < count and document.tokens[at].start < bound.end():
        at += 1  # "200 or so users"
    while at < count and document.lower[at] in ("”", "’", '"') and document.tokens[at].start == end:
        end = document.tokens[at].end
        at += 1
    return at


def _by_word(word: str, noun: Span) -> Unit | None:
    """Money, bytes or time by their word."""
    if word in MONEY:
        return Unit(MONEY[word], noun, 1.0, "money")
    if word in BYTES:
        return Unit("byte", noun, BYTES[word], "byte")
    if word in HOURS:
        return Unit("hour", noun, HOURS[word], "duration")
    if word in DAYS:
        return Unit("day", noun, DAYS[word], "duration")
    return None


def _measure(document: Document, at: int, form: str) -> Unit | None:
    """Money, bytes or time: "5 US dollars", "74GB of files", "hundreds of GBs", "two business days"."""
    lower, tokens = document.lower, document.tokens
    last, first = len(lower) - 1, at
    if at < last and form == "plural" and lower[at] == "of":
        at += 1
    whose = at
    if at < last:
        at += lower[at] in CLASSES["before a measure"] or _nation(document, at)
    if at > last or (document.words[at][0].isupper() and document.text[tokens[at].start - 1] == "\n"):
        return None
    found = _by_word(lower[at], tokens[at]) or _by_word(lower[at].partition("-")[0], tokens[at])
    if found is None:
        return None
    if found.rule == "money" and whose < at:
        found = found._replace(code=MONEY.get(" ".join(lower[whose : at + 1]), found.code))  # Australian dollars
    following = lower[at + 1] if at < last else ""
    if following == "of" and lower[at].startswith("pound"):
        return None
    if lower[at] in COINS:
        head = noun_phrases.head(document, noun_phrases.phrase(document, at + 1, tokens[at].end))[1]
        if head >= 0 and is_plural(lower[head]):
            return None  # 96 bitcoin forks, a dozen Bitcoin wallet addresses
    end = found.noun.end
    if found.rule == "byte":
        behind = _noun_phrase(document, at + 1, end)
        end = max(end, behind.noun.end) if behind.rule in ("noun", "of") and behind.code != "person" else end
    return found._replace(noun=Span(tokens[first].start, end))


def _nation(document: Document, at: int) -> int:
    """How many words from token `at` on tell whose money it is: 12 million [Swiss] francs, [Hong Kong] dollars."""
    for length in (1, 2):
        word = document.words[at + length - 1 : at + length]
        if not word or not word[0][0].isupper() or is_plural(document.lower[at + length - 1]):
            return 0
        if document.lower[at + length : at + length + 1] and document.lower[at + length] in MONEY:
            return length
    return 0


def _noun_phrase(document: Document, at: int, end: int) -> Unit:
    """The phrase that begins at token `at`, up to its head noun: "web sources", "of US Coast Guard files"."""
    lower, words, tokens = document.lower, document.words, document.tokens
    count, first = len(lower), at
    if at < count and lower[at] == "of":
        at += 1
        while at < count and lower[at] in DETERMINERS:
            at += 1
        word = lower[at] if at < count else ""
        if not word or (word in ENDS and words[at] not in NO_PRONOUNS) or not (word[0].isalpha() or word in QUOTES):
            last = at if word in PRONOUNS else at - 1
            if lower[last] in PRONOUNS:
                return Unit("item", Span(tokens[first].start, tokens[last].end), 1.0, "pronoun")
            return Unit("item", Span(end, end), 1.0, "pronoun" if last > first or word in ("which", "whom") else "bare")
    unit, head = noun_phrases.head(
        document, noun_phrases.phrase(document, at, max(end, tokens[at - 1].end if at else 0))
    )
    if head < 0:
        return Unit("item", Span(end, end), 1.0, "bare")
    span = Span(tokens[first].start, tokens[head].end)
    if lower[head] in CLASSES["of what"] and lower[head + 1 : head + 2] == ("of",):
        unit = noun_phrases.head(document, noun_phrases.phrase(document, head + 2, tokens[head + 1].end))[0]
    if lower[head] == "others":
        return Unit("item", span, 1.0, "pronoun")
    return Unit(unit, span, 1.0, "noun" if at == first else "of")
