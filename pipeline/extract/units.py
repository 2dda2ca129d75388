"""What a number counts, read from the words behind it: percent, money, bytes, time, or the noun and its unit.

The head noun decides the unit (`lexicons/units.toml`). Qualifiers and ranges are in `quantities`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract import lexicon
from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral, Span
from pipeline.extract.number_words import BYTE_PLURALS

NOUNS = lexicon.words("units")
MONEY = lexicon.words("currencies")
BYTES = {"bytes": 1.0, "byte": 1.0}
for _power, _names in enumerate(
    ("kb kbs kilobyte kilobytes", "mb mbs megabyte megabytes megs", "gb gbs gib gigabyte gigabytes gigs gig", "tb tbs terabyte terabytes", "pb petabyte petabytes"), 1
):  # fmt: skip
    for _name in _names.split():
        BYTES[_name] = 1000.0**_power
HOURS = dict.fromkeys(("second", "seconds", "secs", "sec"), 1 / 3600)
HOURS |= dict.fromkeys(("minute", "minutes", "min", "mins"), 1 / 60)
HOURS |= dict.fromkeys(("hour", "hours", "hr", "hrs"), 1.0)
DAYS = {"day": 1.0, "night": 1.0, "weekend": 2.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "quarter": 90.0, "year": 365.0, "yr": 365.0, "decade": 3650.0}
DAYS |= {f"{word}s": days for word, days in DAYS.items()} | {"century": 36500.0, "centuries": 36500.0}

PERCENT = re.compile(r"[\"”’']?[ \u00a0-]?(?:%|％|(?i:percent(?:age)?(?:[ -]points?)?|per[ -]?cent(?:age)?(?:[ -]points?)?|pct)(?!\w)|pc(?!\w))")
# [90]-day | [20]-step
HYPHENED = re.compile(r"[-‐‑](?P<word>[A-Za-z]+)")
# 5 US dollars | two business days | 24 straight hours
BETWEEN = frozenset("us american canadian australian business working calendar consecutive full straight long whole more additional solid short extra earth".split())
QUOTES = frozenset("\"'“”‘’«»")
# Words at which a noun phrase ends.
STOP = frozenset(
    "of in on at by for from with without to into onto over under after before during since until as than per via within across among between against about around out up down off through "
    "that which who whom whose when while where because if though although so but nor is are was were be been being am have has had having do does did will would can could may might must shall should "
    "the a an this these those it its they them their he she his her him we our us you your i my said says say saying told tell tells not no each every worth ago later earlier here there also then now already "
    "including include includes included according such like plus minus versus vs both how what why just only even still yet again".split()
)  # fmt: skip
DETERMINERS = frozenset("the these those its their our his her all such my your this that both said".split())
PRONOUNS = frozenset("them us those these".split())
IRREGULAR = frozenset("people men women children staff personnel police faculty data gunmen".split())
# Verbs that follow a plural noun and look like nouns themselves
VERBS = frozenset(
    "go goes went come comes came get gets got make makes made take takes took show shows saw see use uses run runs lost stole leak leaks hit hits works work appears needs wants fell left "
    "claims reports contains affects causes means gives".split()
)
NOT_PLURAL = re.compile(r"(?:ss|(?<!ea)us|is|['’]s|(?:polit|econom|analyt|forens|logist|phys)ics|ous|^news|^series|^sales|^sports)$")
# What is made for attacks is no victim: "phishing sites", "malware families"
ILL = frozenset("phishing malicious malware ransomware spam fake rogue trojan scam".split())
NUMBERED = frozenset("security card cards phone account license licence passport mobile telephone insurance id routing".split())
COINS = frozenset("bitcoin ethereum monero ether litecoin dash".split())
REACH = 10  # tokens in which the noun is looked for


class Unit(NamedTuple):
    """What a number counts: the contract's unit, the noun's span (empty for none), the factor into the unit."""

    code: str
    noun: Span
    factor: float
    rule: str  # percent money byte duration noun of pronoun share bare


def read(document: Document, numeral: Numeral) -> Unit:
    """The unit of the number, from what follows it; rule `bare` where nothing does."""
    text, end = document.text, numeral.span.end
    percent = PERCENT.match(text, end)
    if percent:
        return Unit("percent", Span(end, percent.end()), 1.0, "percent")
    if numeral.form == "plural" and text[numeral.span.start : end].lower().split()[-1] in BYTE_PLURALS:
        return Unit("byte", Span(end, end), 1.0, "byte")
    hyphened = HYPHENED.match(text, end)
    if hyphened:
        return _hyphened(document, hyphened)
    at = _token_after(document, end)
    if numeral.form == "fraction":
        phrase = _noun_phrase(document, at, numeral)
        return Unit("percent", phrase.noun, 1.0, "share")
    return _measure(document, at, numeral) or _noun_phrase(document, at, numeral)


def _token_after(document: Document, end: int) -> int:
    """Index of the first token behind `end`, a plus sign and an opening quotation mark aside."""
    at = document.token_index(end)
    count = len(document.tokens)
    while at < count and document.tokens[at].start < end:
        at += 1
    while at < count and document.lower[at] in ("+", "”", "’", '"') and document.tokens[at].start == end:
        end = document.tokens[at].end
        at += 1
    return at


def _hyphened(document: Document, match: re.Match[str]) -> Unit:
    word = match["word"].lower()
    noun = Span(*match.span("word"))
    return _by_word(word, noun) or Unit(NOUNS.get(word, "item"), noun, 1.0, "hyphen")


def _by_word(word: str, noun: Span) -> Unit | None:
    if word in MONEY:
        return Unit(MONEY[word], noun, 1.0, "money")
    if word in BYTES:
        return Unit("byte", noun, BYTES[word], "byte")
    if word in HOURS:
        return Unit("hour", noun, HOURS[word], "duration")
    if word in DAYS:
        return Unit("day", noun, DAYS[word], "duration")
    return None


def _measure(document: Document, at: int, numeral: Numeral) -> Unit | None:
    """Money, bytes or time: "5 US dollars", "74GB", "hundreds of GBs", "two business days"."""
    lower, tokens = document.lower, document.tokens
    last = len(lower) - 1
    first = at
    if at < last and numeral.form == "plural" and lower[at] == "of":
        at += 1
    if at < last and lower[at] in BETWEEN:
        at += 1
    if at > last:
        return None
    noun = Span(tokens[at].start, tokens[at].end)
    word = lower[at].partition("-")[0]
    if word in ("pound", "pounds") and at < last and lower[at + 1] == "of":
        return None
    if word in COINS and at < last and (lower[at + 1] in NOUNS or (lower[at + 1].endswith("s") and len(lower[at + 1]) > 3 and lower[at + 1] not in STOP)):
        return None  # 96 bitcoin forks, 50 bitcoin wallets
    found = _by_word(word, noun)
    if found is None:
        return None
    end = noun.end
    if found.rule == "byte" and at < last:  # 74GB of files, a 53 GB database
        behind = _noun_phrase(document, at + 1, numeral._replace(span=noun))
        end = max(end, behind.noun.end) if behind.rule in ("noun", "of") and behind.code != "person" else end
    return found._replace(noun=Span(tokens[first].start, end))


def _noun_phrase(document: Document, at: int, numeral: Numeral) -> Unit:
    """The phrase that begins at token `at`, up to its head noun: "web sources", "of US Air Force documents"."""
    lower, words, tokens = document.lower, document.words, document.tokens
    end = numeral.span.end
    count = len(lower)
    bare = Unit("item", Span(end, end), 1.0, "bare")
    first = at
    if at < count and lower[at] == "of":
        at += 1
        while at < count and lower[at] in DETERMINERS:
            at += 1
        if at >= count or (lower[at] in STOP and words[at] not in ("US", "IT")) or not lower[at][0].isalpha():
            if lower[at - 1] in PRONOUNS or (at < count and lower[at] in PRONOUNS):
                last = at if at < count and lower[at] in PRONOUNS else at - 1
                return Unit("item", Span(tokens[first].start, tokens[last].end), 1.0, "pronoun")
            if at < count and lower[at] in QUOTES:
                return _head(document, at, first, numeral)
            return bare._replace(rule="pronoun") if at > first + 1 or (at < count and lower[at] in ("which", "whom")) else bare
    return _head(document, at, first, numeral)


def _head(document: Document, at: int, first: int, numeral: Numeral) -> Unit:
    """The unit by the head noun of the words from token `at` on; the span begins with token `first`."""
    lower, words, tokens, text = document.lower, document.words, document.tokens, document.text
    end = numeral.span.end
    head = plural = named = -1
    unit = "item"
    previous = end if at == first else tokens[at - 1].end
    skipped = 0  # open brackets: "Scripting (XSS) flaws"
    for position in range(at, min(len(lower), at + REACH)):
        word, span = lower[position], tokens[position]
        gap = text[previous : span.start]
        if "\n" in gap or len(gap) > 3:
            break
        previous = span.end
        settled = plural >= 0 or (head >= 0 and _is_plural(lower[head]))
        if not word[0].isalpha():
            if word == "(" and not settled and head < 0 and position > at and words[position + 1 : position + 2] and words[position + 1].isupper():
                skipped = 1
                continue
            if word == ")" and skipped:
                skipped = 0
                continue
            if _continues(document, position, at, settled, head < 0 and not settled):
                continue
            break
        if skipped:
            continue
        if position == at and word in ("such", "more", "very", "other"):
            continue
        if word in STOP and words[position] not in ("US", "IT") and text[span.end : span.end + 2] not in (".c", ".n", ".o"):
            break
        if word in ("and", "or"):
            if settled or position == at:
                break
            continue
        if word == "others" and head < 0:
            return Unit("item", Span(tokens[first].start, span.end), 1.0, "pronoun")
        stem = word[:-2] if word.endswith(("'s", "’s")) else word.rstrip("'’")
        code = NOUNS.get(stem)
        if stem == "numbers" and lower[position - 1] in NUMBERED:
            code = "record"  # Social Security numbers
        if code:
            if settled and not (code == "record" and _is_plural(word) and unit == "person" and head == position - 1):
                break
            if head >= 0 and code == "item" and not _is_plural(word):
                break  # "1.5 billion user breach"
            head, unit = position, "item" if ILL.intersection(lower[at:position]) else code
            if stem != word:
                break
        elif head >= 0 and (word.endswith(("ed", "ing")) or word in VERBS):
            break
        elif plural < 0 and _is_plural(word) and word not in VERBS:
            if words[position][0].isupper() and words[position + 1 : position + 2] and words[position + 1][0].islower():
                named = position  # 22 million R2Games accounts
            elif head < 0 or (head == position - 1 and not _is_plural(lower[head])):
                head, plural = -1, position  # 141 exploit kits
        elif plural >= 0 and word.endswith(("ed", "ly", "ing")):
            break
    last = max(head, plural) if head >= 0 or plural >= 0 else named
    if last < 0:
        return Unit("item", Span(end, end), 1.0, "bare")
    return Unit(unit if head >= 0 else "item", Span(tokens[first].start, tokens[last].end), 1.0, "noun" if at == first else "of")


def _is_plural(word: str) -> bool:
    return word in IRREGULAR or (len(word) > 3 and word.endswith("s") and NOT_PLURAL.search(word) is None)


def _continues(document: Document, position: int, at: int, settled: bool, headless: bool) -> bool:
    """Whether a sign or a number stands inside the phrase: "icloud.com, me.com and mac.com addresses", "U.S. adults"."""
    words, text, span = document.words, document.text, document.tokens[position]
    word = words[position]
    if word in QUOTES:
        return not settled
    if word == "." and len(words[position - 1]) == 1 and words[position - 1].isupper():
        return True
    if word == "," and headless and position > at and position + 1 < len(words):
        return words[position + 1][0].islower()
    if word in ("-", "/", "&", ".", "@"):
        return text[span.end : span.end + 1].isalnum() and text[span.start - 1].isalnum()
    return word.isdigit() and not settled and position > at and words[position - 1][0].isupper() and len(word) < 4
