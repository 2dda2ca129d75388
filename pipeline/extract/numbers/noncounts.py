"""Numbers that count nothing: times, ages, versions, models, addresses, identifiers, list numbers.

Each rule looks at what stands beside the number. Dates are not seen here: they have claimed theirs before. Number
words that count nothing are in `set_phrases`.
"""

from __future__ import annotations

import re

from pipeline.extract.numbers import qualifiers, set_phrases
from pipeline.extract.numbers.noun_phrases import CLASSES, NOUNS, QUOTES, is_plural
from pipeline.extract.numbers.units import Unit
from pipeline.extract.text import lexicon
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral
from pipeline.extract.text.wording import POSSESSIVE

LABELS = lexicon.words("labels")
BOUNDS = qualifiers.LAST_WORDS - {"the", "of", "to", "at", "on", "like"}
# Capitalised words that make no name of the number behind them
PLAIN = CLASSES["ends a phrase"] | CLASSES["names nothing"] | qualifiers.WORDS

# 5 pm | 9 a.m. | 2 o'clock | 2200 GMT | eight in the morning
TIME = re.compile(
    r"""[ \u00a0]?(?:[ap]\.?m(?!\w)|[AP]\.?M(?!\w)|o['’]?clock|hrs?[ ]GMT|GMT|UTC|[ECMP][SD]?T(?!\w)|BST|CET|IST(?!\w)
      |[ ]in[ ]the[ ](?:morning|afternoon|evening))""",
    re.VERBOSE,
)
HALF_PAST = re.compile(r"(?:[Hh]alf|[Qq]uarter) past $|[Qq]uarter to $")
# 25-year-old | 25 years old | 30 years of age ; two decades old
AGE = re.compile(r"[- ](?:years?|yrs?)[- ](?:old|olds|of age)(?!\w)|[- ](?:days?|weeks?|months?)-old(?!\w)|[ ]?y/o")
OLD = re.compile(r"(?:hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)) old(?!\w)")
SCREENS = ("display", "TV", "video", "monitor", "screen", "resolution", "camera", "Ultra", "UHD", "content", "stream")
AGES = frozenset({"age", "ages", "aged"})
# "adults over 45", "anyone under 16"
WHO = frozenset({"anyone", "everyone", "anybody", "everybody", "someone", "those", "or"})
HE = frozenset({"he", "she", "who"})
# Doe, [41], is a retired teacher
APPOSED = re.compile(r", (?:is|was|an?|of|from|who|has|had|and|pleaded|faces|appeared|told|said|were) |,? ?[.;)]")
# 12 High Street
ADDRESS = re.compile(
    r" (?:[NSEW]\.? )?(?:[A-Z][a-z]+ ){1,3}"
    r"(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Lane|Boulevard|Blvd\.?|Way|Court|Place|Square)(?!\w)"
)
# (800) 974-9444 | +44 20 7946 0958, behind the first number
PHONE = re.compile(r"\) ?[0-9]{3,4}[-. ][0-9]{4}|(?:[ -][0-9]{2,5}){2,5}(?![0-9])")
# 32-bit or 64-bit, behind its first number
OR_BITS = re.compile(r"(?:-bit)? (?:or|and) [0-9]{2,4}[- ]bits?")
ACTS = frozenset({"were", "was", "have", "had", "of"})  # "1057 were stolen", but not "issue 1057 affects"
SERVICES = frozenset({911.0, 311.0, 999.0, 112.0, 411.0, 404.0, 419.0})
NUMBERED = frozenset({"no", "nos", "vol", "fig", "sec", "ver", "v", "p", "pp", "art"})


def is_noncount(document: Document, numeral: Numeral, unit: Unit, names: frozenset[str]) -> bool:
    """Whether the number, with the unit read behind it, counts nothing."""
    if unit.rule == "percent":
        return document.text.startswith((" attack", " Attack"), unit.noun.end)  # a 51% attack
    if numeral.value == 0 and unit.rule == "bare":
        return True  # it counts down to zero
    if numeral.form in ("fraction", "plural", "times"):
        return False
    index = document.token_index(numeral.span.start)
    before = document.lower[index - 1] if index else ""
    if _is_time_or_age(document, numeral, unit, before):
        return True
    if numeral.form == "words":
        return set_phrases.is_set_phrase(document, numeral, unit, index, before, names)
    if numeral.form == "mixed":  # a 4K display
        end = numeral.span.end
        company = unit.rule == "bare" and document.text[numeral.span.start : end] == "3M"
        return company or (document.text[end - 1] == "K" and document.text.startswith(SCREENS, end + 1))
    return (
        _is_size(document, numeral, unit)
        or _is_marked(document, numeral, index, before)
        or _is_label(document, numeral, unit, index, before)
        or _is_identifier(document, numeral, unit, before)
    )


def _is_time_or_age(document: Document, numeral: Numeral, unit: Unit, before: str) -> bool:
    """Whether the number tells the time of day, or how old somebody or something is."""
    text, (start, end) = document.text, numeral.span
    if TIME.match(text, end) or AGE.match(text, end) or (unit.rule == "duration" and OLD.match(text, unit.noun.start)):
        return True
    if before in AGES or text.endswith(" age of ", 0, start):
        return True
    if before in ("past", "to") and HALF_PAST.search(text, max(0, start - 13), start):
        return True
    if unit.code == "hour" and text[start] == "0" and end - start == 4 and text[start:end].isdecimal():
        return True  # at 0900 hours
    index = document.token_index(start)
    if unit.rule == "bare" and _is_bare_age(document, numeral, index, before):
        return True
    return before == "," and unit.rule in ("bare", "noun") and _is_apposed_age(document, numeral, index)


def _is_bare_age(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """The victims' ages were between 17 and 72 | adults over 45 | he is 34 | a man and a woman, both 50,"""
    value = numeral.value or numeral.high or 0
    if not 5 <= value <= 110 or numeral.form not in ("digits", "range"):
        return False
    first = document.tokens_within(*document.sentence(numeral.span.start)).start
    if not AGES.isdisjoint(document.lower[max(first, index - 9) : index]):
        return True
    if before in ("over", "under") and index > first + 1:
        who = document.lower[index - 2]
        return who in WHO or NOUNS.get(who) == "person"
    if before in ("is", "was", "turned") and index > first + 1:
        return document.lower[index - 2] in HE and numeral.form == "digits"
    return before == "both" and document.text[numeral.span.end : numeral.span.end + 1] == ","


def _is_apposed_age(document: Document, numeral: Numeral, index: int) -> bool:
    """Jane Roe, 41, | Roe, 41, is"""
    text, end = document.text, numeral.span.end
    if (
        numeral.form != "digits"
        or not 5 <= (numeral.value or 0) <= 99
        or text[end : end + 1] not in (",", ".", ";", ")")
    ):
        return False
    capitals = [word[0].isupper() for word in document.words[max(0, index - 3) : index - 1]]
    return capitals[-1:] == [True] and (all(capitals) or APPOSED.match(text, end) is not None)


def _is_size(document: Document, numeral: Numeral, unit: Unit) -> bool:
    """64-bit, 0-day, 2-step, 7-Eleven; 19 inches."""
    text, end = document.text, numeral.span.end
    if OR_BITS.match(text, end) or text.startswith("p", end):
        return text[end] != "p" or (numeral.value or 0.0) > 99  # 1080p, but "99p"
    if unit.rule == "hyphen":
        word = text[unit.noun.start : unit.noun.end]
        return (
            word[0].isupper()
            or LABELS.get(f"*-{word.lower()}") == "phrase"
            or (word == "step" and (numeral.value or 0) < 4)
        )
    if unit.rule == "duration":  # 0-day; "60 Minutes"
        quoted = text[unit.noun.start].isupper() and text[max(0, numeral.span.start - 1)] in QUOTES
        return quoted or (text[end] == "-" and numeral.value == 0)
    after = document.token_index(end) + 1 if text[end : end + 1] == " " else len(document.lower)
    return after < len(document.lower) and document.lower[after] in CLASSES["size"]


def _is_marked(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """[1], (2), 3) and 4. as numbers of notes and lists; #5, No. 7; 12 High Street; 911."""
    text, (start, end) = document.text, numeral.span
    left, right = text[start - 1 : start] if start else "", text[end : end + 1]
    if text.startswith(POSSESSIVE, end):
        return True  # 1057's problem
    if (left == "[" and right in ("]", ",")) or before == "#" or right == "×" or left == "×":
        return True
    if (
        ADDRESS.match(text, end)
        or PHONE.match(text, end)
        or (before == "." and index > 1 and document.lower[index - 2] in NUMBERED)
    ):
        return True
    if numeral.value in SERVICES and end - start == 3:
        after = document.lower[index + 1] if index + 1 < len(document.lower) else "."
        known = numeral.value in (911.0, 404.0) and (after in CLASSES["ends a phrase"] or not after.isalpha())
        called = known or before in CLASSES["calls"]
        return called or after in CLASSES["of a service number"]
    return end - start <= 2 and _heads_item(text, start, end, left, right)


def _heads_item(text: str, start: int, end: int, left: str, right: str) -> bool:
    """Whether the number stands before an item of a list: (2), 3) and 4. at the head of a line or sentence."""
    if right == ")":
        return left == "(" or (left in (" ", "\n", "") and text.rfind("(", max(0, start - 40), start) < 0)
    if right == "." and left in ("", "\n") and text[end + 1 : end + 2] in (" ", "\t"):
        return True
    following = text[end + 2 : end + 3]
    if right != "." or text[end + 1 : end + 2] not in (" ", "\t") or not (following.isupper() or following.isdigit()):
        return False
    lead = text[max(0, start - 3) : start]
    return not lead or lead.endswith(("\n", "  ")) or lead.rstrip().endswith((".", ":", "?", "!", '"', "”"))


def _is_label(document: Document, numeral: Numeral, unit: Unit, index: int, before: str) -> bool:
    """Whether the number belongs to the word before it: "Windows 10", "section 702", "Cyberpunk 2077"."""
    text, (start, end) = document.text, numeral.span
    if not index or "," in text[start:end] or text[start - 1] not in " -\u00a0" or (numeral.high or 0) >= 100000:
        return False
    word = document.words[index - 1]
    if before in (":", ",", "of", "from") and unit.rule == "bare" and index > 1:
        return _is_labelled_across(before, document.words[index - 2], numeral)
    counted = unit.rule in ("noun", "of", "duration", "money", "byte")
    if LABELS.get(before) == "name":
        if unit.rule == "pronoun" and unit.noun.start == unit.noun.end:  # section 1 of the 1990 Act
            return not text.startswith((" of which", " of whom"), end)
        if unit.rule in ("of", "pronoun"):  # page 12 of the report, but "on Windows 12 of the flaws"
            last = document.lower[document.tokens_within(*unit.noun).stop - 1]
            return "." in text[start:end] or (unit.rule == "of" and not is_plural(last))
        return word != before or not counted or unit.code == "item"
    if not (word[0].isupper() and word[0].isalpha()) or before in PLAIN or word.endswith((*POSSESSIVE, "'", "’")):
        return False
    if document.tokens[index - 1].start == document.sentence(start).start:
        return not counted and len(word) > 2
    if unit.rule in ("duration", "byte", "money"):
        return False
    if not (counted and text[unit.noun.start].isupper() and unit.code != "item"):
        return True
    head = document.tokens_within(*unit.noun).stop - 1
    return document.words[head][0].islower()  # "Mate 20 Pro phones" are named, "Expose 300 Records" counts


def _is_labelled_across(between: str, word: str, numeral: Numeral) -> bool:
    """Whether a number without a noun belongs to the word before a colon, a comma, "of" or "from"."""
    if between == "of":  # 4.5 stars out of 5; the Group of 20
        return (word.lower() == "out" and (numeral.value or 99) <= 10) or word == "Group"
    if between == "from":  # Quill Browser from 3 to 5
        return word[0].isupper() and (numeral.value or 0) < 100
    named = LABELS.get(word.lower()) == "name"  # CVSS Score: 10; Windows XP, 7 and 8
    return named and (between == ":" or word[0].isupper())


def _is_identifier(document: Document, numeral: Numeral, unit: Unit, before: str) -> bool:
    """2369469, 12932, 104-191: plain digits from four on, decimals and ranges that nothing stands behind."""
    written = document.text[numeral.span.start : numeral.span.end]
    if unit.rule != "bare" or "," in written or " " in written:
        return False
    start, end = numeral.span
    if start and document.text[start - 1] in QUOTES and document.text[end : end + 1] in QUOTES:
        return True  # the "123" key
    if (before[:1] == "0" and before.isdecimal()) or (written[0] == "0" and len(written) > 1 and written.isdecimal()):
        return True  # 0345 123 4567; (020) 7946 0123
    if numeral.form == "range":
        return written[0].isdigit() and ("-" in written or "–" in written)
    bounded = before in BOUNDS or document.text.endswith((" up to ", " close to "), 0, numeral.span.start)
    if not written.isdecimal():  # OAuth 2.0, but "an average of 8.1"
        return before != "of" and not bounded
    if len(written) < 6:
        index = document.token_index(numeral.span.end) + 1
        acts = not ACTS.isdisjoint(document.lower[index : index + 1])
        return len(written) > 3 and not (bounded or acts or written.endswith("00"))
    return not written.endswith("000")
