"""Numbers that count nothing: times, ages, versions, models, addresses, identifiers, list numbers, set phrases.

Each rule looks at what stands beside the number. Dates are not seen here: they have claimed theirs before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extract import lexicon, units
from pipeline.extract.document import Document
from pipeline.extract.findings import Numeral
from pipeline.extract.units import Unit

LABELS = lexicon.words("labels")
# 5 pm | 9 a.m. | 2 o'clock | 2200 GMT
TIME = re.compile(r"[ \u00a0]?(?:[ap]\.?m(?!\w)|[AP]\.?M(?!\w)|o['’]?clock|hrs? GMT|GMT|UTC|[ECMP][SD]?T(?!\w)|BST|CET)")
# 25-year-old | 25 years old | 30 years of age
AGE = re.compile(r"[- ](?:years?|yrs?)[- ](?:old|olds|of age)(?!\w)|[- ](?:days?|weeks?|months?)-old(?!\w)|[ ]?y/o")
OLD_AFTER = re.compile(r"(?:decades?|years?|centur(?:y|ies)) old(?!\w)")
ADDRESS = re.compile(
    r" (?:[NSEW]\.? )?(?:[A-Z][a-z]+ ){1,3}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Drive|Lane|Boulevard|Blvd\.?|Way|Court|Place|Square|Highway)(?!\w)"
)
EMERGENCY = frozenset({911.0, 311.0, 999.0, 112.0, 411.0, 404.0})
EMERGENCY_NOUNS = frozenset("call calls caller callers dispatch dispatcher dispatchers system systems operators center centers error errors page pages emergency service services number".split())
SIZES = frozenset("bit bits pixel pixels inch inches mp megapixel megapixels fps hz ghz mhz mph".split())
# 28, is | 28, of Leeds
OR_BITS = re.compile(r"(?:-bit)? (?:or|and) [0-9]{2,4}[- ]bits?")
APPOSED = re.compile(r", (?:is|was|an?|of|from|who|has|had|and|pleaded|faces|appeared|told|said|were) |,? ?[.;)]")
PHONE = re.compile(r"\) ?[0-9]{3}[-. ][0-9]{4}")
# Capitalised words before a number that name nothing with it.
PLAIN = units.STOP | frozenset(
    "and or of all some approximately roughly nearly almost least most another further another additional remaining total estimated roughly top exactly "
    "january february march april may june july august september october november december because only other last first next".split()
)
TIMED = frozenset("hour hours week month year minute percent % per decade".split())
ONE_DAY = frozenset("in for just only than least about within over by".split())


def names(document: Document, numerals: Sequence[Numeral]) -> frozenset[str]:
    """Number words that this text writes with a capital inside a sentence: names, as in "customers of Three"."""
    found: Counter[str] = Counter()
    for numeral in numerals:
        if numeral.form == "words":
            word = document.text[numeral.span.start : numeral.span.end]
            if word[0].isupper() and word.isalpha() and _is_inside(document, numeral) and not _in_title(document, numeral):
                found[word] += 1
    return frozenset(word for word, times in found.items() if times > 1 or word not in ("Two", "One"))


def is_noncount(document: Document, numeral: Numeral, unit: Unit, names: frozenset[str]) -> bool:
    """Whether the number, with the unit read behind it, counts nothing."""
    if unit.rule == "percent":
        return document.text.startswith((" attack", " Attack"), unit.noun.end)
    if numeral.form == "fraction" or numeral.form == "plural":
        return False
    index = document.token_index(numeral.span.start)
    before = document.lower[index - 1] if index else ""
    if _is_time_or_age(document, numeral, unit, before):
        return True
    if numeral.form == "words":
        return _is_set_phrase(document, numeral, unit, index, before, names)
    if numeral.form == "mixed":
        return False
    return (
        _is_size(document, numeral, unit)
        or _is_marked(document, numeral, index, before)
        or _is_label(document, numeral, unit, index, before)
        or _is_identifier(document, numeral, unit)
    )


def _is_time_or_age(document: Document, numeral: Numeral, unit: Unit, before: str) -> bool:
    text, end = document.text, numeral.span.end
    if TIME.match(text, end) or AGE.match(text, end) or before in ("aged", "age", "ages") or text.endswith(" age of ", 0, numeral.span.start):
        return True
    if unit.rule == "duration" and OLD_AFTER.match(text, unit.noun.start):
        return True
    if before != "," or numeral.form != "digits" or not 5 <= (numeral.value or 0) <= 99 or unit.rule not in ("bare", "noun"):
        return False
    # "Baratov, 22, was arrested"
    return text[end : end + 1] in (",", ".", ";", ")") and (_name_before(document, numeral, 2) or (_name_before(document, numeral, 1) and APPOSED.match(text, end) is not None))


def _name_before(document: Document, numeral: Numeral, words: int) -> bool:
    """Whether so many capitalised words stand before the comma."""
    index = document.token_index(numeral.span.start) - 2
    return index >= words and all(word[0].isupper() for word in document.words[index - words + 1 : index + 1])


def _is_size(document: Document, numeral: Numeral, unit: Unit) -> bool:
    """64-bit, 0-day, 2-step, 7-Eleven; 6 digits, 19 inches."""
    text = document.text
    word = text[unit.noun.start : unit.noun.end]
    if unit.rule == "hyphen":
        return word[0].isupper() or LABELS.get(f"*-{word.lower()}") == "phrase" or (word == "step" and (numeral.value or 0) < 4)
    if unit.rule == "duration" and text[numeral.span.end] == "-" and numeral.value == 0:
        return True
    if OR_BITS.match(text, numeral.span.end):
        return True
    after = document.token_index(numeral.span.end) + 1 if text[numeral.span.end : numeral.span.end + 1] == " " else -1
    return 0 <= after < len(document.lower) and document.lower[after] in SIZES


def _is_marked(document: Document, numeral: Numeral, index: int, before: str) -> bool:
    """[1], (2), 3) and 4. as numbers of notes and lists; #5, No. 7; 12 High Street; 911."""
    text, (start, end) = document.text, numeral.span
    left, right = text[start - 1 : start], text[end : end + 1]
    if (left == "[" and right in ("]", ",")) or before == "#" or ADDRESS.match(text, end) or PHONE.match(text, end) or right == "×" or left == "×":
        return True
    if end - start <= 2 and right == ")" and (left in ("(", " ", "\n", "") or start == 0):
        return left == "(" or not text.rfind("(", max(0, start - 40), start) >= 0
    if end - start <= 2 and right == "." and text[end + 1 : end + 2] in (" ", "\t") and text[end + 2 : end + 3].isupper():
        lead = text[max(0, start - 3) : start]
        if not lead or lead.endswith("\n") or lead.endswith("  ") or lead.rstrip().endswith((".", ":", "?", "!")):
            return True
    if before == "." and index > 1 and document.lower[index - 2] in ("no", "nos", "vol", "fig", "sec", "ver", "v", "p", "pp", "art"):
        return True
    if numeral.value in EMERGENCY and end - start == 3:
        return index + 1 >= len(document.lower) or document.lower[index + 1] in EMERGENCY_NOUNS or not document.lower[index + 1].isalpha() or document.lower[index + 1] in units.STOP | {"and"}
    return False


def _is_label(document: Document, numeral: Numeral, unit: Unit, index: int, before: str) -> bool:
    """Whether the number belongs to the word before it: "Windows 10", "section 702", "Cyberpunk 2077", "version 3.5"."""
    text, (start, end) = document.text, numeral.span
    if not index or "," in text[start:end] or text[start - 1] not in " -\u00a0" or (numeral.high or 0) >= 100000:
        return False
    word = document.words[index - 1]
    if before == "from" and unit.rule == "bare" and index > 1:  # Internet Explorer from 9 to 11
        return document.words[index - 2][0].isupper() and (numeral.value or 0) < 100
    if word.endswith(("'s", "’s", "'", "’")):
        return False
    counted = unit.rule in ("noun", "of", "duration", "money", "byte")
    if LABELS.get(before) == "name":
        return unit.rule not in ("of", "pronoun") and (word[0].isupper() or not counted or unit.code == "item")
    if not word[0].isupper() or not word[0].isalpha() or before in PLAIN or before in QUALIFYING:
        return False
    if document.tokens[index - 1].start == document.sentence(start).start:
        return not counted and len(word) > 2
    if unit.rule in ("duration", "byte", "money"):
        return False
    return not (counted and text[unit.noun.start].isupper() and unit.code != "item")


QUALIFYING = frozenset(word for entry in lexicon.entries("qualifiers") for phrase in entry["words"] for word in phrase.split())


def _is_identifier(document: Document, numeral: Numeral, unit: Unit) -> bool:
    """2369469, 123456, 7.5, 104-191: long plain digits, decimals and ranges that nothing stands behind."""
    written = document.text[numeral.span.start : numeral.span.end]
    if unit.rule != "bare" or "," in written or " " in written:
        return False
    digits = written.lstrip("0123456789")
    if numeral.form == "range":
        return "-" in written or "–" in written
    if digits:  # "a CVSS score of 7.5", "nearly 2.5"
        before = document.lower[document.token_index(numeral.span.start) - 1]
        return before != "of" and before not in QUALIFYING
    return (len(written) >= 6 and not written.endswith("000"))


def _is_set_phrase(document: Document, numeral: Numeral, unit: Unit, index: int, before: str, names: frozenset[str]) -> bool:
    """Words that count nothing: "two-factor", "Project Zero", "one of the", "the two"."""
    text, (start, end) = document.text, numeral.span
    written = text[start:end]
    word = written.lower()
    if written in names and (not _is_first_of_phrase(document, numeral, unit) or _is_inside(document, numeral)):
        return True
    token = document.lower[index]
    if token != word and token.startswith(word + "-"):
        rest = token[len(word) + 1 :]
        if LABELS.get(token) == "phrase" or LABELS.get(f"*-{rest.partition('-')[0]}") == "phrase" or LABELS.get(f"*-{rest}") == "phrase":
            return True
        return word == "one" and unit.rule == "hyphen" and rest not in ("page",)
    after = document.lower[index + 1] if index + 1 < len(document.lower) else ""
    if word == "one":
        return _is_plain_one(document, unit, index, before, after)
    if word == "zero":
        return text[end : end + 1] == "-" or after in ("day", "days", "trust", "in", "tolerance", "key", "knowledge", "risk")
    if unit.rule == "bare" and before in ("the", "both", "other"):
        return True
    return LABELS.get(before) == "name" and unit.rule == "bare"


def _is_plain_one(document: Document, unit: Unit, index: int, before: str, after: str) -> bool:
    """"one" as a determiner or pronoun, unless it measures time or is a bound: "one year", "at least one law firm"."""
    if before in ("that", "this", "the", "any", "every", "no", "another"):
        return True
    if after in TIMED:
        return document.words[index + 1][0].isupper()
    if after == "day":
        return before not in ONE_DAY
    if before == "least":
        return unit.code not in COUNTED or unit.rule != "noun"
    return not (before == "only" and after == "of" and unit.rule == "pronoun")


COUNTED = frozenset({"person", "record", "organization", "system"})


def _is_inside(document: Document, numeral: Numeral) -> bool:
    """Whether the number stands inside a sentence, not at its head or behind an opening mark."""
    start = numeral.span.start
    lead = document.text[max(document.sentence(start).start, start - 4) : start].rstrip(" ")
    return bool(lead) and lead[-1] not in "\"“‘'(:•-–—*.?!|"


def _in_title(document: Document, numeral: Numeral) -> bool:
    """Whether the word behind is capitalised as well and a noun that is counted: "Three Million Accounts"."""
    unit = units.read(document, numeral)
    return unit.noun.start < unit.noun.end and document.text[unit.noun.start].isupper() and unit.rule in ("noun", "duration", "money")


def _is_first_of_phrase(document: Document, numeral: Numeral, unit: Unit) -> bool:
    """Whether a capitalised number word at the head of a sentence counts the noun behind it."""
    return unit.code in COUNTED and unit.rule == "noun" and not document.text[numeral.span.end + 1 : numeral.span.end + 2].isupper()
