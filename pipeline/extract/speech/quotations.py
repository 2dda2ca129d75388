"""Where direct speech stands: pairs of quotation marks, of every kind and however carelessly set.

Glyphs and their surroundings both tell an opening mark from a closing one; a mark that was never closed ends where
the next one opens, or with its sentence. Who speaks, and what is too short to be speech, is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from pipeline.extract.text.document import Document
from pipeline.extract.text.findings import Span


class Quotation(NamedTuple):
    """The words between two marks, without the marks and the white space inside them."""

    span: Span
    outer: Span  # with the marks
    closed: bool  # False where the closing mark is missing


class Side(Enum):
    """What a mark may be, by its glyph and its neighbours."""

    OPENS = auto()
    CLOSES = auto()
    EITHER = auto()


class Mark(NamedTuple):
    """One quotation mark."""

    start: int
    end: int
    side: Side


# “He said”, "so", „so“, « ainsi », ``so'', &quot;so&quot;, ＂so＂
DOUBLE = re.compile(r"[“”„‟\"«»＂″]|``|''|&(?:quot|ldquo|rdquo|#34|#8220|#8221);")
# ‘so’, 'so', ‚so‘, ‹so›, `so'
SINGLE = re.compile(r"[‘’‚‛‹›'`]|&(?:apos|lsquo|rsquo|#39|#8216|#8217);")
OPENING = frozenset(("“", "„", "‟", "«", "``", "&ldquo;", "&#8220;"))
CLOSING = frozenset(("”", "»", "&rdquo;", "&#8221;"))
# A single mark that may open, at a word that may begin: "‘We are", "('we are"; and one that may close.
SINGLE_OPENING = re.compile(r"(?<![^\s(\[{<>—–\-/“\"])(?:[‘‚‛‹'`]|&(?:apos|lsquo|#39|#8216);)(?=\w)")
SINGLE_CLOSING = re.compile(r"(?<!\s)(?:[’‛›']|&(?:apos|rsquo|#39|#8217);)(?!\w)")
OWNER = re.compile(r"[sS][’']\s[a-z]")  # "the customers’ data"
BEFORE_OPENING = frozenset("([{<>—–-/‘'`“\"")
AFTER_CLOSING = frozenset(".,;:!?)]}>—–-’'”\"/…")
FULL_STOPS = frozenset(".!?")
SENTENCE_ENDS = frozenset(".!?…,;:”’\"'")
# Where speech without marks may begin: "Roe wrote: It is ..."
COLON = re.compile(r":\s+(?=[A-Z])")
# What says so before the colon: "Roe wrote", "as follows", "issued the following statement", "according to the note";
CUE = re.compile(
    r"""\b(?: said | says | wrote | writes | reads? | stated | states | crowed | tweeted | posted | saying | stating
           | reading
           | as\ follows
           | to\ the\ (?:message|statement|letter|note|email)
           | (?:mention|say|state|post|issue|release|display|read)(?:s|d|ed|ing)?\ the\ following(?:\ \w+)?
           | (?:said|wrote|sent)\ the\ following(?:\ \w+)?
         )\Z""",
    re.VERBOSE,
)
# and what says so behind any colon.
OWN_WORDS = re.compile(r"(?:We|I|Our|My|I'm|I’m|We're|We’re|We've|We’ve)\s")
# The attribution in a quotation whose closing mark is missing: "“We are sorry, a Roe spokesman said. “We ...".
TOLD = re.compile(r"(,)\s[^,.“”\"]{1,50}\b(?:said|says|added|told)\b[^,.“”\"]{0,40}\.\s*\Z")
TOLD_LENGTH = 100  # characters that such an attribution may have
# A sentence that tells of the speaker, within what is then no longer a quotation: "“We know. Roe said that ... “We".
NARRATED = re.compile(
    r"""(?<=[.!?]\ ) (?:He|She|They|[A-Z]\w+(?:\ [A-Z]\w+)?) \ (?:also\ |later\ )?
        (?:said|says|told|added|recommended|explained)\b
      | \b said\ [A-Z]""",
    re.VERBOSE,
)
NESTED = 40  # characters that a quotation within a quotation may have where nothing else shows that it is one
CUE_LENGTH = 50  # characters before the colon that a cue may have
OWN_VOICE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y|[Yy]ou|[Yy]our|WE|YOU|YOUR)\b")
# Words that lose their head to an apostrophe, which then looks like an opening mark: "'90s", "'em".
CLIPPED = re.compile(r"\d|(?:em|til|tis|twas|cause|n)\b")


def find(document: Document) -> list[Quotation]:
    """Quotations in the order of the text; none lies within another."""
    text = document.text
    doubles = list(_pair(document, [_mark(text, m) for m in DOUBLE.finditer(text)]))
    marked = sorted(doubles + list(_pair_single(text, doubles)))
    blocks = [b for b in _blocks(document) if not _lies_within(b, marked)]
    if not blocks:
        return marked
    return sorted(blocks + [q for q in marked if not _lies_within(q, blocks)])


def _lies_within(quotation: Quotation, others: list[Quotation]) -> bool:
    """Whether the quotation begins inside one of the others, which are in order."""
    at = bisect_right(others, quotation.span.start, key=lambda q: q.span.start)
    return at > 0 and quotation.span.start < others[at - 1].outer.end


def _blocks(document: Document) -> Iterator[Quotation]:
    """Speech without marks behind a colon: its first sentence and those behind that still speak as "we" or "you"."""
    text = document.text
    end = 0
    for colon in COLON.finditer(text):
        start = colon.end()
        if start < end:
            continue
        before = text[max(0, colon.start() - CUE_LENGTH) : colon.start()]
        if not OWN_WORDS.match(text, start) and not CUE.search(before):
            continue
        end = _end_of_voice(document, start, len(text))
        if end > start:
            yield Quotation(Span(start, end), Span(start, end), False)


def _end_of_voice(document: Document, start: int, ceiling: int) -> int:
    """Where speech without a closing mark ends: with its sentence, or the last near that speaks as "we" or "you"."""
    index = document.sentence_index(start)
    end = min(max(start, document.sentences[index].end), ceiling)
    for at in range(index + 1, len(document.sentences)):
        first, last = document.sentences[at]
        if first - document.sentences[at - 1].end > 1 or at > index + 2 or last > ceiling:
            break
        if OWN_VOICE.search(document.text, first, last):
            index, end = at, last
    return end


def _mark(text: str, match: re.Match[str]) -> Mark:
    """A double mark and the sides on which it may stand."""
    start, end = match.span()
    before, after, glyph = text[start - 1 : start], text[end : end + 1], match.group()
    free = not before or before.isspace() or before in BEFORE_OPENING
    ends = not after or after.isspace() or after in AFTER_CLOSING
    if glyph in OPENING:
        side = Side.CLOSES if not free and ends and glyph != "«" else Side.OPENS
    elif glyph in CLOSING:
        side = Side.OPENS if free and not ends and before.isspace() else Side.CLOSES
    elif free and not ends:
        side = Side.OPENS
    elif ends and not free:
        side = Side.CLOSES
    else:
        side = Side.EITHER
    return Mark(start, end, side)


def _pair(document: Document, marks: list[Mark]) -> Iterator[Quotation]:
    """Pairs of double marks; a mark that opens while another is open closes that one, unless it is nested."""
    text = document.text
    opened: Mark | None = None
    skip = 0
    for index, mark in enumerate(marks):
        if skip:
            skip -= 1
        elif opened is None:
            if mark.side is not Side.CLOSES:
                opened = mark
            elif (lost := _unopened(document, marks, index)) is not None:
                yield lost
        elif mark.side is not Side.OPENS:
            yield _quotation(text, opened[:2], mark[:2], closed=True)
            opened = None
        elif _ends_sentence(text, opened.end, mark.start):
            end = _end_before(document, opened.end, mark.start)
            yield _quotation(text, opened[:2], (end, end), closed=False)
            opened = mark
        elif _is_nested(marks, index):
            skip = 1
        else:
            yield _unclosed(document, opened, mark.start)
            opened = mark
    if opened is not None:
        yield _unclosed(document, opened, len(text))


def _pair_single(text: str, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Pairs of single marks outside the double ones; an apostrophe neither opens nor closes."""
    if not SINGLE_OPENING.search(text):
        return
    at = 0
    for start, end in [q.outer for q in doubles] + [(len(text), len(text))]:
        opened: re.Match[str] | None = None
        doubtful: re.Match[str] | None = None  # a closing mark that may be a possessive: "the customers’ data"
        for mark in SINGLE.finditer(text, at, start):
            if SINGLE_OPENING.match(text, mark.start()) and not CLIPPED.match(text, mark.end()):
                if opened and doubtful:
                    yield _quotation(text, opened.span(), doubtful.span(), closed=True)
                elif opened and text[opened.end() : mark.start()].rstrip()[-1:] in FULL_STOPS:  # each paragraph opens
                    yield _quotation(text, opened.span(), (mark.start(), mark.start()), closed=False)
                opened, doubtful = mark, None
            elif opened and SINGLE_CLOSING.match(text, mark.start()):
                if OWNER.match(text, mark.start() - 1):
                    doubtful = doubtful or mark
                    continue
                yield _quotation(text, opened.span(), mark.span(), closed=True)
                opened = doubtful = None
        if opened and doubtful:
            yield _quotation(text, opened.span(), doubtful.span(), closed=True)
        at = end


def _quotation(text: str, opening: tuple[int, int], closing: tuple[int, int], *, closed: bool) -> Quotation:
    """What stands between two marks, given by their spans, without the white space inside them."""
    start, first = opening
    last, end = closing
    body = text[first:last]
    inner = Span(first + len(body) - len(body.lstrip()), first + len(body.rstrip()))
    return Quotation(inner if inner.start <= inner.end else Span(first, first), Span(start, end), closed)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether what stands before `end` closes a sentence: "... what it cost them. “We, too, ..."."""
    body = text[max(start, end - 8) : end].rstrip()
    return not body or body[-1] in SENTENCE_ENDS


def _unopened(document: Document, marks: list[Mark], index: int) -> Quotation | None:
    """A sentence that only its closing mark shows to be speech: "They lost it,” said Roe"; None for a stray mark."""
    mark = marks[index]
    if document.text[mark.start - 1 : mark.start] not in (",", ".", "!", "?"):
        return None
    start = document.sentence(mark.start - 1).start
    if index and start < marks[index - 1].end:
        return None
    return _quotation(document.text, (start, start), mark[:2], closed=False)


def _is_nested(marks: list[Mark], index: int) -> bool:
    """Whether an opening mark within a quotation has a closing one of its own: "(known as “phishing”), and"."""
    follows = marks[index + 1 : index + 3]
    if not follows or follows[0].side is not Side.CLOSES:
        return False
    closes_both = len(follows) > 1 and follows[1].side is Side.CLOSES
    return closes_both or follows[0].start - marks[index].end < NESTED


def _end_before(document: Document, start: int, ceiling: int) -> int:
    """Where a quotation ends that the next one follows: there, or before its attribution, or before narrative."""
    text = document.text
    if told := TOLD.search(text, max(start, ceiling - TOLD_LENGTH), ceiling):
        return told.end(1)
    narrated = NARRATED.search(text, start, ceiling)
    end = document.sentence(narrated.start()).start if narrated else ceiling
    return end if end > start else ceiling


def _unclosed(document: Document, mark: Mark, ceiling: int) -> Quotation:
    """A quotation without a closing mark, before a next one that is none of its own."""
    end = _end_of_voice(document, mark.end, ceiling)
    return _quotation(document.text, mark[:2], (end, end), closed=False)
