"""The unit of a number that no noun stands behind: it is told before it, or behind the number that goes on from it.

"Of the 6,200 tenants, 5,100 were told"; "the number of databases rose to 34,000"; "four and six pages".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.numbers.noun_phrases import ATTACKING, ENDS, NOUNS, is_plural
from pipeline.extract.numbers.units import COUNTED, DETERMINERS
from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Numeral, Quantity, Span

# 48 of about 500 servers | 90 of the town's 140 lamps : between a part and its whole
PART_OF = re.compile(r" (?:out )?of (?:(?:the|its|their|all|these|those|her|his|our) )?(?:\w{1,20}['’]s )?")
# from 33 to 40 hours | hundreds - or even - millions of cards | hundreds, sometimes thousands of dollars |
# 20 current and 40 former pupils
JOINED = re.compile(
    r"""(?: [ ](?!was|were|are|have|had|did|said)[a-z]{3,12}(?<!ed)(?=[ ]and[ ]) )?
    (?: [ ]?[-–—]+[ ]? | ,?[ ] )
    (?: (?:and|or|to|if[ ]not|but)(?:[ ](?:even|perhaps|possibly|maybe))? | sometimes | even )[ ,–—-]{1,3}""",
    re.VERBOSE,
)
# "paid millions", "cost the company millions" are money; "tricked millions" are people
SPENT = re.compile(
    r"""(?: (?:worth|invest(?:ed|ing|s)?|paid|pay|paying|spent|spend|lost|los(?:e|es|ing)|stole|earn(?:ed|s|ing)?
          |sav(?:e|ed|ing)|made|making|netted|(?:raked|pulled|brought)[ ]in|demand(?:ed|s|ing)?|fined)(?:[ ]of|[ ]in)?
        | (?<!\w)cost(?:s|ing)?(?:[ ][\w'’-]{1,20}){0,4} ) (?:[ ]the)?[ ]$""",
    re.VERBOSE,
)
NEAR, REACH = 3, 25  # figures (or sentences) and words back in which a number without a noun finds one


def carried(document: Document, numeral: Numeral, start: int, before: Sequence[Quantity]) -> str:
    """The unit that a number without a noun takes from what was told before it; `item` where nothing is near."""
    if " out of " in document.text[numeral.span.start : numeral.span.end]:
        return "item"  # 9.8 out of 10
    plural = numeral.form == "plural"
    if plural and SPENT.search(document.text, max(0, start - 60), start):
        return next((quantity.unit for quantity in reversed(before[-NEAR:]) if quantity.rule == "money"), "USD")
    if plural and before and JOINED.fullmatch(document.text, before[-1].span.end, start):
        return before[-1].unit
    return _told(document, start, before) or ("person" if plural else "item")


def continued(text: str, found: list[Quantity]) -> list[Quantity]:
    """The figures, the bare ones with the unit of the next: "48 of about 500 servers", "four and six pages"."""
    for position in range(len(found) - 2, -1, -1):
        quantity, following = found[position : position + 2]
        if quantity.rule not in ("bare", "pronoun", "of") or following.rule not in ("noun", "of", "money", "percent"):
            continue
        end = quantity.number.end
        if PART_OF.fullmatch(text, end, following.span.start):
            span, noun = Span(quantity.span.start, end), Span(end, end)
            found[position] = quantity._replace(unit=following.unit, span=span, noun=noun)
        elif following.rule == "percent" and text.startswith(",", end):
            continue  # 4,500, or 12%
        elif quantity.rule == "bare" and JOINED.fullmatch(text, quantity.span.end, following.span.start):
            found[position] = quantity._replace(unit=following.unit)
    return found


def _told(document: Document, start: int, before: Sequence[Quantity]) -> str:
    """The unit of "the number of ..." before it, of a figure or a noun before it, or of a figure further off; or ""."""
    sentence, index = document.sentence_index(start), document.token_index(start)
    behind = range(index - 1, max(document.inside[sentence].start, index - REACH) - 1, -1)
    if unit := _numbered(document, behind) or _headed(document, behind):
        return unit
    near: list[tuple[int, str]] = []  # sentences back, unit
    for quantity in reversed(before[-NEAR:]):
        back = sentence - document.sentence_index(quantity.span.start)
        if quantity.unit in COUNTED or (quantity.unit == "item" and quantity.rule in ("noun", "of") and back == 0):
            near.append((back, quantity.unit))
    for back, unit in near:
        if back <= 1:
            return unit
    for position in behind:
        word = document.lower[position]
        named = document.words[position][0].isupper() and position > document.inside[sentence].start
        if word.endswith("s") and NOUNS.get(word) in COUNTED and not named:  # not "Wal-Mart Stores: 55,421"
            return NOUNS[word]
    return near[0][1] if near and near[0][0] <= NEAR else ""


def _headed(document: Document, behind: range) -> str:
    """The unit of what stands before a colon and the number in a line of a list: "States affected: 14"."""
    if not behind or document.lower[behind[0]] != ":":
        return ""
    line = document.text.rfind("\n", 0, document.tokens[behind[0]].start)
    label = [position for position in behind[1:5] if document.tokens[position].start > line]
    if len(label) > 3:
        return ""
    for position in label:
        word = document.lower[position]
        if word in NOUNS and is_plural(word) and (position == label[-1] or document.words[position].islower()):
            return NOUNS[word]
    return ""


def _numbered(document: Document, behind: range) -> str:
    """The unit of what "the number of databases", before the number, counts; or ""."""
    lower = document.lower
    for position in behind[:-1]:
        if lower[position] == "of" and lower[position - 1] in ("number", "numbers", "total"):
            for word in lower[position + 1 : min(position + 6, behind.start)]:
                if word in ENDS and word not in DETERMINERS:
                    break
                if word in ATTACKING:
                    return "item"  # the number of ransomware families
                if is_plural(word):
                    return NOUNS.get(word, "item")
    return ""
