"""Where sentences begin and end, of bounded length: what finders do for each sentence must stay small on any text.

The splitter is a library's; here its text is cut into pieces that it is quick on, and its sentences into those of a
reader. Tokens do not belong here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

import sentencex

from pipeline.extract.text.findings import Span

# Characters and quotation marks that the splitter is given at once, as its time grows with the square of the marks.
# Hardly a paragraph of news has more of either.
PIECE = 10_000
MARKS = 80
LONGEST = 1500  # characters of a sentence, twice the longest of some ten thousand of news; what is longer is cut
# The splitter panics on a stop behind a blank of more than one byte; one of one byte is as good.
PLAIN = dict.fromkeys((0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000), " ")
UNPLAIN = re.compile(f"[{''.join(map(chr, PLAIN))}]")
MARK = re.compile("[“”„\"«»‘’‹›']")
MARKS_ALONE = re.compile(MARK.pattern + "{1,2}")
LAST_BLANK = re.compile(r".*\s", re.DOTALL)
# 'It was bad. We know.' in one quotation: the splitter keeps a quotation whole, a reader does not.
STOP = re.compile(r"""[.!?](?<=[a-z0-9%)\]].)["'”’)]{0,2}\s+(?=["'“‘(\[]?[A-Z])""")
SHORTENED = re.compile(
    r"(?:^|\W)(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|Inc|Corp|Ltd|Co|No|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|etc|approx)\.\Z"
)


def split(text: str, paragraphs: tuple[Span, ...]) -> list[Span]:
    """Sentences without the white space around them, in order; none crosses a line end or is longer than `LONGEST`."""
    found: list[Span] = []
    plain = text.translate(PLAIN) if UNPLAIN.search(text) else text
    stops = _stops_in_quotations(text)
    for paragraph in paragraphs:
        for start, end in _pieces(plain, paragraph):
            first = start
            # From the stop right before the piece, behind which it may begin with blanks, to its last.
            low = bisect_left(stops, (max(paragraph.start, start - 1),))
            high = bisect_left(stops, (end,), low)
            within = [following for _, following in stops[low:high] if following < end]
            for stop in (*within, end):
                for sentence in _cut(text, first, stop):
                    if found and _closes(text, paragraph, found[-1], sentence):
                        found[-1] = Span(found[-1].start, sentence.end)
                    else:
                        found.append(sentence)
                first = stop
    return found


def _pieces(text: str, paragraph: Span) -> Iterator[tuple[int, int]]:
    """What the splitter takes for sentences, in stretches; each begins with the sentence that the last broke off."""
    at = paragraph.start
    while at < paragraph.end:
        stop = _stretch(text, at, paragraph.end)
        found = sentencex.get_sentence_boundaries("en", text[at:stop])
        pieces = [(at + piece["start_index"], at + piece["end_index"]) for piece in found]
        if stop < paragraph.end and pieces and pieces[-1][0] - at > (stop - at) // 2:
            stop = pieces.pop()[0]
        yield from pieces
        at = stop


def _stretch(text: str, start: int, end: int) -> int:
    """End of the stretch that begins at `start`: at white space if possible, and before its marks become too many."""
    if end - start <= MARKS:
        return end
    stop = min(end, start + PIECE)
    last = next(islice(MARK.finditer(text, start, stop), MARKS, None), None)
    if last is not None:
        stop = last.end()
    return _blank_before(text, start, stop) if stop < end else stop


def _blank_before(text: str, start: int, stop: int) -> int:
    """The end of the last white space in [start, stop), or `stop` where there is none in its second half."""
    blank = LAST_BLANK.match(text, (start + stop) // 2, stop)
    return blank.end() if blank else stop


def _stops_in_quotations(text: str) -> list[tuple[int, int]]:
    """Where a sentence may end though its quotation goes on: the offsets of its stop and of the next sentence."""
    return [
        stop.span()
        for stop in STOP.finditer(text)
        if not SHORTENED.search(text, max(0, stop.start() - 7), stop.start() + 1)
    ]


def _closes(text: str, paragraph: Span, before: Span, sentence: Span) -> bool:
    """Whether what was taken for a sentence is only the mark that closes the one before: 'We know. "'."""
    if sentence.end - sentence.start > 2 or not MARKS_ALONE.fullmatch(text, *sentence):
        return False
    return paragraph.start <= before.start and sentence.end - before.start <= LONGEST


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentence without the white space around it; more than one if it is too long, none if nothing is left."""
    while start < end:
        stop = end if end - start <= LONGEST else _blank_before(text, start, start + LONGEST)
        body = text[start:stop]
        first, last = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
        if first < last:
            yield Span(first, last)
        start = stop
