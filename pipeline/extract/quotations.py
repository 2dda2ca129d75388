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

from pipeline.extract.document import Document
from pipeline.extract.findings import Span


NESTED = 40  # characters that a quotation within a quotation may have where nothing else shows that it is one


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
SINGLE_CLOSING = frozenset(("’", "›", "&rsquo;", "&#8217;"))
BEFORE_OPENING = frozenset("([{<>—–-/‘'`“\"")
AFTER_CLOSING = frozenset(".,;:!?)]}>—–-’'”\"/…")
SENTENCE_ENDS = frozenset(".!?…,;:”’\"'")
# What introduces speech without marks: "Roe wrote: It is ...", "issued the following statement: We are ...", any colon before "We ..."
BLOCK = re.compile(
    r"""(?: \b(?:said|says|wrote|writes|reads?|stated|states|crowed|tweeted|posted|saying|stating|reading)
          | \bas\ follows
          | \b(?:mentions|mentioned|says|said|states|stated|wrote|reads?|posted|posts|issued|released|sent|displayed|displaying|displays)\ the\ following(?:\ \w+)?
          | \bto\ the\ (?:message|statement|letter|note|email)
        ) :\s+ (?=[A-Z])
      | :\s+ (?=(?:We|I|Our|My|I'm|I’m|We're|We’re|We've|We’ve)\s)""",
    re.VERBOSE,
)
OWN_VOICE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y|[Yy]ou|[Yy]our|WE|YOU|YOUR)\b")
# Words that lose their head to an apostrophe, which then looks like an opening mark: "'90s", "'em".
CLIPPED = re.compile(r"\d|(?:em|til|tis|twas|cause|n)\b")


def find(document: Document) -> list[Quotation]:
    """Quotations in the order of the text; none lies within another."""
    text = document.text
    doubles = list(_pair(document, [_mark(text, m) for m in DOUBLE.finditer(text)]))
    marked = sorted(doubles + list(_pair_single(text, doubles)))
    blocks = [b for b in _blocks(document) if not any(q.outer.start < b.span.start < q.outer.end for q in _around(marked, b))]
    if not blocks:
        return marked
    return sorted(blocks + [q for q in marked if not any(b.span.overlaps(q.span) for b in _around(blocks, q))])


def _around(quotations: list[Quotation], other: Quotation) -> list[Quotation]:
    """The quotations before and at the start of another, in which it may lie."""
    at = bisect_right(quotations, other.span.start, key=lambda q: q.span.start)
    return quotations[max(0, at - 1) : at + 1]


def _blocks(document: Document) -> Iterator[Quotation]:
    """Speech without marks behind a colon: its first sentence and those behind that still speak as "we" or "you"."""
    end = 0
    for cue in BLOCK.finditer(document.text):
        start = cue.end()
        if start >= end and (end := _end_of_voice(document, start, len(document.text))) > start:
            yield Quotation(Span(start, end), Span(start, end), False)


def _end_of_voice(document: Document, start: int, ceiling: int) -> int:
    """Where speech without a closing mark ends: with its sentence, or the last one near that speaks as "we" or "you"."""
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
            yield _quotation(text, opened.start, opened.end, mark.start, mark.end, closed=True)
            opened = None
        elif _ends_sentence(text, opened.end, mark.start):
            yield _quotation(text, opened.start, opened.end, mark.start, mark.start, closed=False)
            opened = mark
        elif _is_nested(text, marks, index):
            skip = 1
        else:
            yield _unclosed(document, opened, mark.start)
            opened = mark
    if opened is not None:
        yield _unclosed(document, opened, len(text))


def _pair_single(text: str, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Pairs of single marks outside the double ones; an apostrophe neither opens nor closes."""
    at = 0
    for start, end in [q.outer for q in doubles] + [(len(text), len(text))]:
        opened: re.Match[str] | None = None
        doubtful: re.Match[str] | None = None  # a closing mark that may be a possessive: "the customers’ data"
        for mark in SINGLE.finditer(text, at, start):
            before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
            free = not before or before.isspace() or before in BEFORE_OPENING
            if free and mark.group() not in SINGLE_CLOSING and after.isalnum() and not CLIPPED.match(text, mark.end()):
                if opened and doubtful:
                    yield _quotation(text, opened.start(), opened.end(), doubtful.start(), doubtful.end(), closed=True)
                opened, doubtful = mark, None
            elif opened and not before.isspace() and not after.isalnum() and mark.group() != "‘":
                if before in "sS" and after.isspace() and text[mark.end() + 1 : mark.end() + 2].islower():
                    doubtful = doubtful or mark
                    continue
                yield _quotation(text, opened.start(), opened.end(), mark.start(), mark.end(), closed=True)
                opened = doubtful = None
        if opened and doubtful:
            yield _quotation(text, opened.start(), opened.end(), doubtful.start(), doubtful.end(), closed=True)
        at = end


def _quotation(text: str, start: int, first: int, last: int, end: int, *, closed: bool) -> Quotation:
    """A quotation without the white space inside its marks."""
    body = text[first:last]
    inner = Span(first + len(body) - len(body.lstrip()), first + len(body.rstrip()))
    return Quotation(inner if inner.start <= inner.end else Span(first, first), Span(start, end), closed)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether what stands before `end` closes a sentence: "... how far this has gone. “Us, together ..."."""
    body = text[max(start, end - 8) : end].rstrip()
    return not body or body[-1] in SENTENCE_ENDS


def _unopened(document: Document, marks: list[Mark], index: int) -> Quotation | None:
    """A sentence that only a closing mark shows to be speech: "They have lost all trust,” said Roe"; None for a stray mark."""
    mark = marks[index]
    if document.text[mark.start - 1 : mark.start] not in (",", ".", "!", "?"):
        return None
    start = document.sentence(mark.start - 1).start
    if index and start < marks[index - 1].end:
        return None
    return _quotation(document.text, start, start, mark.start, mark.end, closed=False)


def _is_nested(text: str, marks: list[Mark], index: int) -> bool:
    """Whether an opening mark within a quotation has its own closing mark: "... (known as “phishing”), including ..."."""
    follows = marks[index + 1 : index + 3]
    if not follows or follows[0].side is not Side.CLOSES:
        return False
    return len(follows) > 1 and follows[1].side is Side.CLOSES or follows[0].start - marks[index].end < NESTED


def _unclosed(document: Document, mark: Mark, ceiling: int) -> Quotation:
    """A quotation without a closing mark, before a next one that is none of its own."""
    end = _end_of_voice(document, mark.end, ceiling)
    return _quotation(document.text, mark.start, mark.end, end, end, closed=False)
