"""What a number counts, read from the words behind it: percent, money, bytes, time, or the noun and its unit.

The head noun decides the unit (`lexicons/units.toml`). Qualifiers and ranges are in `quantities`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.numbers.number_words import BYTE_PLURALS, SMALL
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral, Span

NOUNS = lexicon.words("units")
MONEY = lexicon.words("currencies")
SIGN_AFTER = {"€": "EUR", "£": "GBP"}
CLASSES = {entry["code"]: frozenset(entry["words"]) for entry in lexicon.entries("counting")}
ENDS = CLASSES["ends a phrase"] | {word.replace("'", "’") for word in CLASSES["ends a phrase"]}
DETERMINERS, PRONOUNS = CLASSES["determines"], CLASSES["stands for them"]
COUNTED = frozenset({"person", "record", "organization", "system"})
VERBS, COINS, ATTACKING = CLASSES["verb"], CLASSES["coin"], CLASSES["made for attacks"]

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
HOURS = {"second": 1 / 3600, "sec": 1 / 3600, "minute": 1 / 60, "min": 1 / 60, "hour": 1.0, "hr": 1.0}
HOURS |= {"man-hour": 1.0} | {f"{word}s": hours for word, hours in HOURS.items()} | {"man-hours": 1.0}
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
DOMAIN = re.compile(r"\.(?:com|net|org|co|info|io)(?!\w)")
SINGULAR = re.compile(r"(?:ss|(?<!ea)us|is|ous|['’]s)$")
QUOTES = frozenset("\"'“”‘’«»")
JOINS = frozenset({",", "and", "or"})
NO_PRONOUNS = ("US", "IT")  # written so they are names: "dozens of US Coast Guard files"
REACH = 10  # tokens in which the noun is looked for


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
        return _by_word(hyphened["word"].lower(), Span(*hyphened.span("word"))) or Unit(
            NOUNS.get(hyphened["word"].lower(), "item"), Span(*hyphened.span("word")), 1.0, "hyphen"
        )
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
        head = _head(document, _phrase(document, at + 1, tokens[at].end))[1]
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
    unit, head = _head(document, _phrase(document, at, max(end, tokens[at - 1].end if at else 0)))
    if head < 0:
        return Unit("item", Span(end, end), 1.0, "bare")
    span = Span(tokens[first].start, tokens[head].end)
    if lower[head] in CLASSES["of what"] and lower[head + 1 : head + 2] == ("of",):
        unit = _head(document, _phrase(document, head + 2, tokens[head + 1].end))[0]
    if lower[head] == "others":
        return Unit("item", span, 1.0, "pronoun")
    return Unit(unit, span, 1.0, "noun" if at == first else "of")


def _phrase(document: Document, at: int, previous: int) -> list[int]:
    """Indexes of the words from token `at` on that may be of one noun phrase, with the commas and "and" in it."""
    lower, words, tokens, text = (document.lower, document.words, document.tokens, document.text)
    found: list[int] = []
    bracketed = False  # "Cross-Site Scripting (XSS) flaws"
    for position in range(at, min(len(lower), at + REACH)):
        word, span = lower[position], tokens[position]
        gap = text[previous : span.start]
        if "\n" in gap or len(gap) > 3:
            break
        previous = span.end
        if word == "(" and found and words[position + 1 : position + 2] and words[position + 1].isupper():
            bracketed = True
        elif word == ")" and bracketed:
            bracketed = False
        elif word in JOINS:
            found.append(position)
        elif word[0].isalpha():
            if word == "of" and found and _is_named_of(words, position):
                continue
            if word in SMALL and found and lower[found[-1]] in JOINS:
                break  # one laptop and two phones
            ends = word in ENDS and words[position] not in NO_PRONOUNS and not DOMAIN.match(text, span.end)
            if ends or (word == "such" and lower[position + 1 : position + 2] == ("as",)):
                break
            if not bracketed and not (position == at and word in ("such", "more", "very", "other")):
                found.append(position)
        elif not _continues(document, position):
            break
    return found


def _is_named_of(words: tuple[str, ...], position: int) -> bool:
    """Whether "of" stands inside a name: "200 Bank of Vale customers"."""
    before, after = words[position - 1], words[position + 1 : position + 2]
    return before[0].isupper() and bool(after) and after[0][0].isupper() and not is_plural(before.lower())


def _continues(document: Document, position: int) -> bool:
    """Whether a sign or a number stands inside a phrase: "icloud.com addresses", "U.S. adults", "Windows 7 users"."""
    words, text, span = document.words, document.text, document.tokens[position]
    word, before = words[position], words[position - 1]
    if word in QUOTES or (word == "." and len(before) == 1 and before.isupper()):
        return True
    if word == "-" and text.startswith((" and ", " or "), span.end):
        return True  # 120 full- and part-time employees
    if word in ("-", "/", "&", ".", "@"):
        return text[span.end : span.end + 1].isalnum() and text[span.start - 1].isalnum()
    named = before[0].isupper() or (before == "-" and words[position - 2].isupper())  # 300 W-2 forms
    return word.isdigit() and len(word) < 4 and named


def _head(document: Document, phrase: list[int]) -> tuple[str, int]:
    """The unit and the token of the head noun of a phrase; -1 for none."""
    lower, words = document.lower, document.words
    unit, head, named = "item", -1, -1
    known = settled = False
    for place, position in enumerate(phrase):
        word = lower[position]
        if word in JOINS:
            if settled or place == 0 or (word == "," and (head >= 0 or not _goes_on(words, phrase, place))):
                break
            continue
        stem = word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’")
        code = "record" if stem == "numbers" and lower[position - 1] in CLASSES["numbers people"] else NOUNS.get(stem)
        plural = is_plural(stem)
        if code:
            named_so = words[head][0].isupper() and words[position][0].islower()  # 9 million Vale Games accounts
            joined = head == position - 1 and plural and ((code == "record" and unit == "person") or named_so)
            if settled and not joined:
                break  # "18 vulnerabilities researchers discovered", but "two million users accounts"
            if known and code == "item" and not plural:
                break  # "1.5 billion user breach"
            unit, head, known = code, position, True
        elif (head >= 0 and (word.endswith(("ed", "ing")) or word in VERBS)) or (settled and word.endswith("ly")):
            break
        elif plural and not settled:
            if words[position][0].isupper() and position + 1 < len(words) and words[position + 1][0].islower():
                named = position  # 14,000 Quillbox customers
                continue
            unit, head, known = "item", position, False  # 141 exploit kits
        settled = head >= 0 and is_plural(lower[head]) and lower[head] not in CLASSES["collective"]
        if stem != word and head == position:
            break  # 4,000 employee's
    if head < 0:
        return "item", named
    attacking = any(lower[position] in ATTACKING for position in phrase if position < head)
    return "item" if attacking else unit, head


def _goes_on(words: tuple[str, ...], phrase: list[int], place: int) -> bool:
    """Whether a lower-case word of the phrase follows a comma: "critical, wormable flaws"."""
    return place + 1 < len(phrase) and words[phrase[place + 1]][0].islower()


def is_plural(word: str) -> bool:
    if word in CLASSES["plural without s"]:
        return True
    return len(word) > 3 and word.endswith("s") and not SINGULAR.search(word) and word not in CLASSES["no plural"]
