"""Shares in words: "one in five", "nine times out of 10", "half of them", "two-thirds"; their values are in percent.

Percentages in digits are numerals like others, whose unit is read in `units`.
"""

from __future__ import annotations

import re

from pipeline.extract.numbers.number_words import (
    BELOW_100,
    BOUNDING,
    DIGITS_1_TO_9,
    END,
    GAP,
    PARTS,
    SMALL,
    TIME,
    TIMES,
    either,
    value_of,
)
from pipeline.extract.text.findings import Numeral, Span

# What follows the first number of a share: "one in five", "nine times out of 10"
AFTER_SHARE = frozenset({"in", "out", "of", "times"})
# one in five | one in every three | one out of every ten | nine times out of 10 | four out of five
RATIO = re.compile(
    rf"""(?P<share>[0-9]{{1,2}}|{either(DIGITS_1_TO_9)}|ten)
    (?: (?:{GAP}out)?{GAP}(?:in|of){GAP}(?P<every>every|each) | {GAP}(?P<in>in)
      | (?P<times>{GAP}times)?{GAP}out{GAP}of(?:{GAP}every)? ){GAP}
    (?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,5}}|{BELOW_100}|an?{GAP}(?:hundred|thousand|million))(?![\w%]|[.,:/][0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
# two in five days
TIME_AFTER = re.compile(rf"{GAP}(?:{either(TIMES)})s?{END}", re.IGNORECASE)
# "Three out of five files" counts files; "four out of five then went on" is a share, "one out of five files" too
COUNTS_ON = re.compile(r"[ \u00a0](?!then|have|had|are|were|said|would|do)[a-z]")
# half | two-thirds | a third | three quarters
FRACTION = re.compile(
    rf"""(?: half
      | (?P<count>an?|{either(DIGITS_1_TO_9)}){GAP}(?P<part>{either(set(PARTS) - {"half"})})s? ){END}(?!-)""",
    re.VERBOSE | re.IGNORECASE,
)
# half [of them] | half [the companies] | half [will be decrypted] | more than half [going on]
FRACTION_OF = re.compile(
    rf"{GAP}of{END}|{GAP}(?:all|the{GAP}(?:\w+{GAP})?(?:people|companies|users|respondents|organi[sz]ations|customers|firms|victims|population)){END}",
    re.IGNORECASE,
)
HALF_DOES = re.compile(
    r" \(|(?: (?:will|would|were|was|are|have|had|said|did|do|ended|going|came|admit|admitted|reported)(?!\w))|[.,;)]"
)
HALF_GOES_ON = re.compile(
    r" (?!the|an?(?!\w)|price|as(?!\w)|way|that|what|its|their|our|these|those)[a-z]"
    r"| (?:the|its|their|our|these|those) (?:\w{1,15} )?[a-z]{3,}s(?!\w)"  # more than half its users
)
# up nearly a third [from] last year | cut by a quarter[.] ; but "sold to a third party"
PART_GOES_ON = re.compile(
    r"""\Z | [ ]?[^\w\s'’-] | \n
      | [ ](?:in|on|at|by|from|since|over|to|this|last|more|less|fewer|as|higher|lower|larger|smaller|compared|year
        |and|or|but|were|was|are|have|had|said|say|do|did|would|will|while|when|if|between|during|for|with|through
        |each|that|who|which|among|lost|paid|use|never|now|still|also|only
        |(?!un)[a-z]{3,12}ed(?![ ](?:party|person|firm|company)))(?!\w)""",
    re.VERBOSE,
)
# an hour and [a half]
A_TIME_AND = re.compile(rf"{TIME}{GAP}and{GAP}a{GAP}$", re.IGNORECASE)


def ratio(text: str, start: int) -> Numeral | None:
    """A share told as "one in five", its value in percent."""
    found = RATIO.match(text, start)
    if found is None:
        return None
    share, whole = value_of(found["share"]), value_of(found["whole"].replace(",", ""))
    if not 0 < share < whole or (found["in"] and ((share > 3 and whole not in (5, 10)) or 1900 < whole < 2100)):
        return None
    if found["in"] and share > 1 and TIME_AFTER.match(text, found.end()):
        return None  # two in five days
    in_digits = found["share"].isdigit() or found["whole"][0].isdigit()
    counts_on = COUNTS_ON.match(text, found.end()) is not None
    told = found["in"] or found["every"] or found["times"] or ((whole == 10 or share == 1) and counts_on)
    told = told or (whole == 10 and found["share"].isalpha())
    if not told and (in_digits or whole > 10 or counts_on):
        return None
    percent = 100 * share / whole
    return Numeral(Span(*found.span()), percent, percent, percent, "fraction")


def fraction(text: str, start: int, before: str) -> Numeral | None:
    """Half, a third ..., where its words go on as a share: not "half the price", not "the third quarter"."""
    found = FRACTION.match(text, start)
    if found is None or (before == "a" and A_TIME_AND.search(text, max(0, start - 20), start)):
        return None
    end, count = found.end(), (found["count"] or "").lower()
    if not FRACTION_OF.match(text, end):
        bounded = before in BOUNDING or before == "by"
        goes_on = bounded and PART_GOES_ON.match(text, end)
        if count and not (goes_on or (count not in ("a", "an", "one") and found.group().endswith("s"))):
            return None
        if not count and not (HALF_DOES.match(text, end) or (bounded and HALF_GOES_ON.match(text, end))):
            return None
    share = 100 * PARTS[(found["part"] or "half").lower()] * SMALL.get(count or "one", 1.0)
    return Numeral(Span(*found.span()), share, share, share, "fraction")
